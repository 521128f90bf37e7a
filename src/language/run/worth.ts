/** What responses are worth to a run. */

import type { Segment } from "../../rollout/batch.js";
import { noGrad } from "../../tensor/index.js";
import { bySequence } from "../rollouts.js";
import { type Sequence, type TokenRows, tokenRows } from "../sequences.js";
import type { Sample } from "../tasks/task.js";
import type { LanguageSetup } from "./language-config.js";
import type { LanguageModel, Written } from "./language-model.js";
import type { LanguageParts, Pipeline } from "./parts.js";
import { type Scores, scoresNow } from "./rewards.js";

/** The worth of a response that is too short or was cut. */
const GUARD = -1;

/** Responses as tokens and as text. */
interface Judged {
  readonly rollouts: { readonly sequences: readonly Sequence[] };
  readonly samples: readonly Sample[];
}

/** To the caller's reward if it answers at once, to the model of preferences, or to the task. @throws RewardError */
export function worthNow(
  { pipeline, judge }: LanguageParts,
  { recipe, reward }: LanguageSetup,
  { rollouts, samples }: Judged,
): Scores {
  if (reward !== undefined) return scoresNow(reward, samples);
  if (judge !== undefined) return { totals: judge.score(rollouts.sequences), parts: {} };
  return scoresNow(recipe.rewards[pipeline.reward] ?? ((sample) => recipe.task.gold(sample)), samples);
}

/** Scores with the guard: a response that is too short or was cut is worth −1 at most. */
export function guarded({ totals, parts }: Scores, { segments }: TokenRows, { shortest }: Pipeline): Scores {
  if (shortest === 0) return { totals, parts };
  const isFine = ({ start, end, terminated }: Segment): boolean => terminated && end - start >= shortest;
  return { totals: totals.map((score, i) => (isFine(segments[i]) ? score : Math.min(score, GUARD))), parts };
}

/**
 * The same for texts of any model: with the guard, or to a trainer on preferences, which has no reward, β ln(π/ref): the reward that its
 * policy is the optimum of.
 */
export function scoreWritten(parts: LanguageParts, setup: LanguageSetup, written: readonly Written[]): Float64Array {
  const { tokenizer, model, reference, tuner, pipeline } = parts;
  const sequences = written.map(({ prompt, ids }) => ({ prompt: tokenizer.encode(prompt), response: ids }));
  const rows = tokenRows(sequences, tokenizer);
  if (tuner.learnsFrom === "responses")
    return guarded(worthNow(parts, setup, { rollouts: { sequences }, samples: written }), rows, pipeline).totals;
  const { beta = 1 } = setup.options as { readonly beta?: number };
  const said = ({ policy }: LanguageModel): Float32Array => noGrad(() => policy.forward(rows).logProbs.toArray());
  const [now, before] = [said(model), said(reference)];
  return bySequence(
    rows,
    now.map((l, t) => beta * (l - before[t])),
  );
}
