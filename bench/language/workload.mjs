/** The work of bench/language: sizes, texts, and what ours.mjs, torch_gpt.py and plain.c read from files. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  characterTokenizer,
  createLearner,
  gpt,
  gptConfig,
  gptPolicy,
  sentiment,
  sft,
} from "../../dist/language/index.js";
import { defaultRng } from "../../dist/random/index.js";

export const WORK = fileURLToPath(new URL("../.work/language/", import.meta.url));

/** 65 tokens, as many as a text of Shakespeare's has characters; a context of 64. `rows` texts of `length` tokens are a batch. */
const named = (size) => gptConfig(size, { vocabulary: 65, context: 64 });
export const SIZES = {
  nano: { ...named("nano"), rows: 64, length: 32 },
  micro: { ...named("micro"), rows: 16, length: 64 },
};
export const SFT = { learningRate: 1e-3, finalLearningRate: 1, warmup: 0, weightDecay: 0.1, maxGradNorm: 1 };
/** Texts that are written side by side. */
export const WRITERS = 64;

/** The sentiment task: 64 responses an update, four epochs. */
export const task = sentiment;
export const tokenizer = characterTokenizer(task.alphabet);
export const special = { end: tokenizer.end, pad: tokenizer.pad };
export const TASK = {
  ...gptConfig("nano", { vocabulary: tokenizer.size, context: task.longest + 1 }),
  ...special,
  rows: 64,
};
export const PPO = { beta: 0.1, epochs: 4, learningRate: 3e-4 };
/** Steps of learning to write before, so that responses have the length that they have in earnest. */
const TEXTS_SEEN = 300;

/** Layers, products and attention: operations for a token of a forward pass that looks back on `length` positions. */
export function forwardFlops({ layers, width, vocabulary }, length) {
  const weights = 12 * layers * width ** 2 + vocabulary * width;
  return 2 * weights + 4 * layers * width * length;
}

/** Next-token prediction on uniformly drawn ids: what a step costs does not depend on them. */
export function texts({ vocabulary, rows, length }) {
  return defaultRng(1).integers(0, vocabulary, rows * length);
}

export function sampleTexts(rng, count) {
  return Array.from({ length: count }, () => {
    const { prompt, response } = task.example(rng);
    return { prompt: tokenizer.encode(prompt), response: [...tokenizer.encode(response), special.end] };
  });
}

/** A GPT that has learned to write reviews. */
export function writer() {
  const model = gpt(TASK, defaultRng(5));
  const policy = gptPolicy(model);
  const learner = createLearner(sft, { policy, rng: defaultRng(0), options: { learningRate: 3e-3 } });
  const rng = defaultRng(6);
  for (let i = 0; i < TEXTS_SEEN; i++)
    learner.update({ sequences: sampleTexts(rng, TASK.rows), special }, i / TEXTS_SEEN);
  return model;
}

/** All parameters as float32, one after another. */
export function flat(parameters) {
  const numbers = new Float32Array(parameters.reduce((sum, { size }) => sum + size, 0));
  let at = 0;
  for (const parameter of parameters) {
    numbers.set(parameter.toArray(), at);
    at += parameter.size;
  }
  return numbers;
}

/** Writes numbers into parameters, the inverse of `flat`. */
export function fill(parameters, numbers) {
  let at = 0;
  for (const parameter of parameters) {
    parameter.set(numbers.subarray(at, at + parameter.size));
    at += parameter.size;
  }
}

export function write(name, numbers) {
  writeFileSync(`${WORK}${name}`, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
}
