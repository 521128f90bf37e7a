/** The last stage: responses are drawn and scored, and learned from unless the trainer learns from preferences. */

import type { Diagnostics } from "../../algorithms/algorithm.js";
import { expm1 } from "../../kernels/maths.js";
import type { Segment } from "../../rollout/batch.js";
import { noGrad } from "../../tensor/index.js";
import type { Update } from "../../training/types.js";
import { bySequence, drawRollouts, klByToken, type Rollouts } from "../rollouts.js";
import type { Sequence, TokenRows } from "../sequences.js";
import type { LanguageTask, Sample } from "../tasks/task.js";
import type { LanguageSetup } from "./language-config.js";
import { type LanguageModel, textOf } from "./language-model.js";
import type { LanguageParts, Pipeline } from "./parts.js";
import { type Scores, scoresNow } from "./rewards.js";
import type { Worked } from "./stages.js";

/** The worth of a response that is too short or was cut. */
const GUARD = -1;

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

/** What responses are worth to the task, or to the model of preferences. */
export function worth(
  { pipeline, judge }: LanguageParts,
  { recipe }: LanguageSetup,
  { sequences, samples }: { readonly sequences: readonly Sequence[]; readonly samples: readonly Sample[] },
): Scores {
  if (judge !== undefined) return { totals: judge.score(sequences), parts: {} };
  return scoresNow(recipe.rewards[pipeline.reward] ?? ((sample) => recipe.task.gold(sample)), samples);
}

/** What an update of tuning tells. */
export interface Tuned extends Worked, Pick<Update, "returns" | "lengths" | "info"> {
  readonly rollouts: Rollouts;
  readonly responses: readonly ScoredResponse[];
}

/** Scores with the guard: a response that is too short or was cut is worth −1 at most. */
export function guarded({ totals, parts }: Scores, { segments }: TokenRows, { shortest }: Pipeline): Scores {
  if (shortest === 0) return { totals, parts };
  const isFine = ({ start, end, terminated }: Segment): boolean => terminated && end - start >= shortest;
  return { totals: totals.map((score, i) => (isFine(segments[i]) ? score : Math.min(score, GUARD))), parts };
}

/** Learns, and tells of responses that were drawn before. `first` says whether no update of this stage was before. */
export function tune(
  { model }: LanguageParts,
  task: LanguageTask,
  { rollouts: drawn, samples }: Drawn,
  { totals: scores, parts }: Scores,
  { first, learn }: { readonly first: boolean; readonly learn: (rollouts: Rollouts) => Diagnostics },
): Tuned {
  const { rows } = drawn;
  const { segments } = rows;
  const rollouts = { ...drawn, scores };
  const kl = bySequence(rows, klByToken(rollouts, "k1"));
  const error: Readonly<Record<string, number>> = first ? { ratioError: ratioError(model, rollouts) } : {};
  const learned = learn(rollouts);
  const mean = (of: (i: number) => number): number => samples.reduce((sum, _, i) => sum + of(i), 0) / samples.length;
  return {
    learned: { ...learned, kl: mean((i) => kl[i]), ...error },
    tokens: rows.targets.length,
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
