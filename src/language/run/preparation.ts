/** The stages before tuning: texts, preferences, and a reward model that learns from them. */

import type { Diagnostics } from "../../algorithms/algorithm.js";
import { ConfigError } from "../../errors.js";
import { noGrad } from "../../tensor/index.js";
import type { LanguageTask, Sample } from "../tasks/task.js";
import type { Pairs } from "../trainers/pairs.js";
import type { LanguageLearner } from "../trainers/trainer.js";
import type { Written } from "./language-model.js";
import type { LanguageParts } from "./parts.js";
import { type Judge, judged, type Preference, pairOf, preferring } from "./preferences.js";
import type { Collected, Worked } from "./stages.js";

/** Responses on which a learned reward is scaled. */
const SCALED_ON = 256;
/** An update that only draws. */
const IDLE: Diagnostics = { loss: 0, entropy: 0, gradientNorm: 0, learningRate: 0 };

/** Next-token prediction on fresh texts. `share` is the used share of the stage. */
export function readTexts(
  { pipeline, tokenizer, rngs, learners }: LanguageParts,
  task: LanguageTask,
  share: number,
): Worked {
  const sequences = Array.from({ length: pipeline.textBatch }, () => {
    const { prompt, response } = task.example(rngs.texts);
    return { prompt: tokenizer.encode(prompt), response: [...tokenizer.encode(response), tokenizer.end] };
  });
  const learned = learners.texts.update({ sequences, special: tokenizer }, share);
  return { learned, tokens: sequences.reduce((n, { response }) => n + response.length, 0) };
}

/** The reference becomes what the texts have made of the policy, and so does the trunk of the judge before it learns. */
export function copyReference({ model, reference, judge }: LanguageParts): void {
  const learned = new Map(model.policy.parameters().map((tensor) => [tensor.name, tensor]));
  for (const copy of [...reference.policy.parameters(), ...(judge?.parameters() ?? [])]) {
    const source = learned.get(copy.name);
    if (source !== undefined) copy.set(source.toArray());
  }
}

/** Draws so many pairs, which a simulated judge compares. */
export function drawPairs(parts: LanguageParts, task: LanguageTask, count: number): Collected {
  const { pipeline, rngs } = parts;
  const drawn = twoResponses(parts, task, count);
  const choose = { gold: (sample: Sample) => task.gold(sample), noise: pipeline.labelNoise };
  const preferences = Array.from({ length: count }, (_, i) =>
    judged([drawn[2 * i], drawn[2 * i + 1]], choose, rngs.pairs),
  );
  return { learned: IDLE, tokens: drawn.reduce((n, { ids }) => n + ids.length, 0), preferences };
}

/** Asks a judge about one pair. Without an answer nothing has happened: the same pair comes again. @throws ConfigError */
export async function askAbout(parts: LanguageParts, task: LanguageTask, judge: Judge): Promise<Collected | undefined> {
  const { pairs } = parts.rngs;
  const before = pairs.snapshot();
  const [a, b] = twoResponses(parts, task, 1);
  const better = await judge({ prompt: a.prompt, response: a.response }, { prompt: b.prompt, response: b.response });
  if (better === undefined) {
    pairs.restore(before);
    return undefined;
  }
  if (better !== 0 && better !== 1)
    throw new ConfigError({ field: "judge", given: better, allowed: "a function that gives 0, 1 or undefined" });
  return { learned: IDLE, tokens: a.ids.length + b.ids.length, preferences: [preferring(better, a, b)] };
}

/** Two responses of the reference to each of so many prompts, one after another. */
function twoResponses({ pipeline, reference, rngs }: LanguageParts, task: LanguageTask, count: number): Written[] {
  const prompts = Array.from({ length: count }, () => task.prompt(rngs.pairs)).flatMap((prompt) => [prompt, prompt]);
  return reference.write(prompts, { temperature: pipeline.temperature }, rngs.pairs);
}

/** These preferences as tokens go to a learner: the reward model's, or that of a policy. */
export function learnPairs(
  { tokenizer, reference }: LanguageParts,
  learner: LanguageLearner<Pairs> | undefined,
  preferences: readonly Preference[],
  share: number,
): Worked {
  const { context } = reference.gpt.config;
  const pairs = preferences.map((preference) => pairOf(preference, tokenizer, context));
  const learned = learner?.update({ pairs, special: tokenizer }, share) ?? IDLE;
  return { learned, tokens: pairs.reduce((n, { chosen, rejected }) => n + chosen.length + rejected.length, 0) };
}

/** Scales the learned reward so that responses of the reference have mean 0 and deviation 1. */
export function scaleJudge({ pipeline, tokenizer, reference, judge, rngs }: LanguageParts, task: LanguageTask): void {
  const prompts = Array.from({ length: SCALED_ON }, () => tokenizer.encode(task.prompt(rngs.pairs)));
  const sampling = { end: tokenizer.end, temperature: pipeline.temperature };
  judge?.normaliseOn(noGrad(() => reference.policy.sample(prompts, sampling, rngs.pairs)));
}
