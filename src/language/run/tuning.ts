/** The last stage: responses are drawn and scored, and learned from unless the trainer learns from preferences. */

import { expm1 } from "../../kernels/maths.js";
import { noGrad } from "../../tensor/index.js";
import type { Update } from "../../training/types.js";
import { bySequence, drawRollouts, klByToken, type Rollouts } from "../rollouts.js";
import type { LanguageTask, Sample } from "../tasks/task.js";
import type { Pairs } from "../trainers/pairs.js";
import type { LanguageLearner } from "../trainers/trainer.js";
import { type LanguageModel, textOf } from "./language-model.js";
import type { LanguageParts } from "./parts.js";
import type { Preference } from "./preferences.js";
import { learnPairs } from "./preparation.js";
import type { Scores } from "./rewards.js";
import type { Worked } from "./stages.js";
import { guarded } from "./worth.js";

/** A response with its reward, and with its share of the divergence from the reference, in nats. */
export interface ScoredResponse extends Sample {
  readonly score: number;
  readonly kl: number;
}

/** Responses that nobody has scored yet, as tokens and as text. */
export interface Drawn {
  readonly rollouts: Rollouts;
  readonly samples: readonly Sample[];
}

/** Draws responses to so many fresh prompts. */
export function draw(
  { pipeline, tokenizer, model, reference, rngs, samplesPerPrompt }: LanguageParts,
  task: LanguageTask,
  count: number = pipeline.prompts,
): Drawn {
  const prompts = Array.from({ length: count }, () => tokenizer.encode(task.prompt(rngs.responses)));
  const sampling = { end: tokenizer.end, pad: tokenizer.pad, temperature: pipeline.temperature };
  const parts = { policy: model.policy, reference: reference.policy, samplesPerPrompt };
  const rollouts = drawRollouts(prompts, { ...parts, sampling, rng: rngs.responses }, () => 0);
  const samples = rollouts.sequences.map(({ prompt, response }) => ({
    prompt: tokenizer.decode(prompt),
    response: textOf(tokenizer, response),
  }));
  return { rollouts, samples };
}

/** What an update of tuning tells. */
export interface Tuned extends Worked, Pick<Update, "returns" | "lengths" | "info"> {
  readonly rollouts: Rollouts;
  readonly responses: readonly ScoredResponse[];
}

/** Where in the stage an update is. */
export interface TuningPlace {
  /** The used share of the stage. */
  readonly share: number;
  /** Whether no update of this stage was before. */
  readonly first: boolean;
}

/** Learns from responses with their scores, on which the guard is put first. */
export function tuneOnResponses(
  parts: LanguageParts,
  task: LanguageTask,
  learner: LanguageLearner<Rollouts>,
  { drawn, scores }: { readonly drawn: Drawn; readonly scores: Scores },
  { share, first }: TuningPlace,
): Tuned {
  const worth = guarded(scores, drawn.rollouts.rows, parts.pipeline);
  return tune(parts, task, { drawn, scores: worth, first }, (rollouts) => ({
    learned: learner.update(rollouts, share),
    tokens: 0,
  }));
}

/**
 * Learns from pairs. Beside them the policy writes as many responses as it learns from, so that one sees what becomes of it: learning
 * never sees them, nor their gold scores, which are the returns.
 */
export function tuneOnPairs(
  parts: LanguageParts,
  task: LanguageTask,
  learner: LanguageLearner<Pairs>,
  pairs: readonly Preference[],
  { share, first }: TuningPlace,
): Tuned {
  const drawn = draw(parts, task, 2 * pairs.length);
  const scores = { totals: Float64Array.from(drawn.samples, (sample) => task.gold(sample)), parts: {} };
  return tune(parts, task, { drawn, scores, first }, () => learnPairs(parts, learner, pairs, share));
}

/** Learns, and tells of responses that were drawn before. */
function tune(
  { model }: LanguageParts,
  task: LanguageTask,
  {
    drawn: { rollouts: drawn, samples },
    scores: { totals: scores, parts },
    first,
  }: { readonly drawn: Drawn; readonly scores: Scores; readonly first: boolean },
  learn: (rollouts: Rollouts) => Worked,
): Tuned {
  const { rows } = drawn;
  const { segments } = rows;
  const rollouts = { ...drawn, scores };
  const kl = bySequence(rows, klByToken(rollouts, "k1"));
  const error: Readonly<Record<string, number>> = first ? { ratioError: ratioError(model, rollouts) } : {};
  const { learned, tokens } = learn(rollouts);
  const mean = (of: (i: number) => number): number => samples.reduce((sum, _, i) => sum + of(i), 0) / samples.length;
  return {
    learned: { ...learned, kl: mean((i) => kl[i]), ...error },
    tokens: tokens + rows.targets.length,
    returns: [...scores],
    lengths: segments.map(({ start, end }) => end - start),
    info: {
      gold: mean((i) => task.gold(samples[i])),
      valid: mean((i) => Number(task.isValid(samples[i]))),
      ended: mean((i) => Number(segments[i].terminated)),
      ...parts,
    },
    rollouts,
    responses: samples.map((sample, i) => ({ ...sample, score: scores[i], kl: kl[i] })),
  };
}

/** The largest distance of π(y)/π_old(y) from 1 before a step: 0, unless tokens are scored otherwise than they are drawn. */
function ratioError(model: LanguageModel, { rows, logProbs, temperature }: Rollouts): number {
  const now = noGrad(() => model.policy.forward(rows, temperature).logProbs.toArray());
  return logProbs.reduce((most, old, t) => Math.max(most, Math.abs(expm1(now[t] - old))), 0);
}
