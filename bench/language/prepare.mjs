/**
 * `node bench/language/prepare.mjs` writes what all contestants begin with: weights and texts for training, a policy that
 * writes reviews, a reward model, and one batch of responses, on which all must come to the same losses.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { createRewardLearner, drawRollouts, gpt, gptPolicy, rewardModel } from "../../dist/language/index.js";
import { defaultRng } from "../../dist/random/index.js";
import {
  flat,
  PPO,
  SFT,
  SIZES,
  sampleTexts,
  special,
  TASK,
  task,
  texts,
  tokenizer,
  WORK,
  WRITERS,
  write,
  writer,
} from "./workload.mjs";

/** Steps of the reward model on pairs of reviews, of which the friendlier one is preferred. */
const PAIRS_SEEN = 100;

mkdirSync(WORK, { recursive: true });
for (const [name, size] of Object.entries(SIZES)) {
  write(`${name}.f32`, flat(gpt(size, defaultRng(3)).parameters()));
  write(`${name}.i32`, Int32Array.from(texts(size), Number));
}

const policy = writer();
write("policy.f32", flat(policy.parameters()));

const judge = rewardModel(gpt(TASK, defaultRng(7)), special, defaultRng(8));
const learner = createRewardLearner(judge, { rng: defaultRng(0), options: { learningRate: 1e-3 } });
const rng = defaultRng(9);
const worth = ({ prompt, response }) =>
  task.gold({ prompt: tokenizer.decode(prompt), response: tokenizer.decode(response) });
for (let i = 0; i < PAIRS_SEEN; i++) {
  const [first, second] = [sampleTexts(rng, 32), sampleTexts(rng, 32)];
  const pairs = first.map((one, j) => {
    const [chosen, rejected] = worth(one) >= worth(second[j]) ? [one, second[j]] : [second[j], one];
    return { prompt: chosen.prompt, chosen: chosen.response, rejected: rejected.response };
  });
  learner.update({ pairs, special }, i / PAIRS_SEEN);
}
judge.normaliseOn(sampleTexts(rng, 256));
write("judge.f32", flat([...judge.parameters(), ...judge.scale.values()]));

const prompts = Array.from({ length: TASK.rows }, () => tokenizer.encode(task.prompt(rng)));
const own = gptPolicy(policy);
const sampling = { ...special };
const { sequences } = drawRollouts(
  prompts,
  { policy: own, reference: own, samplesPerPrompt: 1, sampling, rng },
  () => 0,
);
const given = { sizes: SIZES, sft: SFT, writers: WRITERS, task: TASK, ppo: PPO, prompts, sequences };
writeFileSync(`${WORK}workload.json`, JSON.stringify(given));
