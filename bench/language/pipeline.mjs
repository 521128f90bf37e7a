/** What the tasks with text share: a GPT on characters that reads and writes samples of a task, and a copy of it. */
import { characterTokenizer, createLearner, gpt, gptPolicy, sft } from "../../dist/language/index.js";
import { defaultRng } from "../../dist/random/index.js";

/** A GPT of two layers, 64 wide, for a task, and what translates between samples and ids. */
export function writer(task, rng) {
  const tokenizer = characterTokenizer(task.alphabet);
  const special = { end: tokenizer.end, pad: tokenizer.pad };
  // The longest text and the end.
  const config = { layers: 2, heads: 4, width: 64, vocabulary: tokenizer.size, context: task.longest + 1 };
  const model = gpt(config, rng);
  return {
    special,
    model,
    policy: gptPolicy(model),
    promptOf: (text) => tokenizer.encode(text),
    /** A sample as a sequence, with the end unless the sample says that it was cut. */
    sequenceOf: ({ prompt, response, ended = true }) => ({
      prompt: tokenizer.encode(prompt),
      response: [...tokenizer.encode(response), ...(ended ? [special.end] : [])],
    }),
    /** A sequence as text, and whether it has ended. */
    sampleOf({ prompt, response }) {
      const ended = response.at(-1) === special.end;
      const said = ended ? response.slice(0, -1) : response;
      return { prompt: tokenizer.decode(prompt), response: tokenizer.decode(said), ended };
    },
  };
}

/** The same model again, with tensors of its own. */
export function copyOf(model) {
  const copy = gpt(model.config, defaultRng(0));
  const learned = model.parameters();
  copy.parameters().forEach((parameter, i) => void parameter.set(learned[i].toArray()));
  return copy;
}

/** Learns the language of a task from examples. Returns the losses. */
export function learnLanguage({ policy, special, sequenceOf }, task, { steps, batch, ...options }, rng) {
  const learner = createLearner(sft, { policy, options, rng });
  return Array.from({ length: steps }, (_, step) => {
    const sequences = Array.from({ length: batch }, () => sequenceOf(task.example(rng)));
    return learner.update({ sequences, special }, step / steps).loss;
  });
}

export function mean(values) {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

/** Processor seconds since `before`, a `process.cpuUsage()`. */
export function processorSeconds(before) {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
