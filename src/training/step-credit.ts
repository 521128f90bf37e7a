/** What an update made of each step of its batch: for pages and programs that show how credit is given. */

import type { Credit, Learner } from "../algorithms/algorithm.js";
import type { Batch, Segment } from "../rollout/batch.js";
import { noGrad } from "../tensor/index.js";

/** The steps of a batch, one number a row, and how much likelier the update made each action. */
export interface StepCredit extends Partial<Credit> {
  /** Which rows belong to one episode, and how it ended. */
  readonly segments: readonly Segment[];
  /** The actions as drawn, row by row: one number each, or as many as the action has. */
  readonly actions: ArrayLike<number>;
  /** Rewards as the algorithm saw them: scaled, if it scales them. */
  readonly rewards: Float64Array;
  /** log π(aₜ|sₜ) when the action was drawn. */
  readonly logProbs: ArrayLike<number>;
  /** log π(aₜ|sₜ) after the update. Their difference is the logarithm of the ratio. */
  readonly newLogProbs: ArrayLike<number>;
}

/** Watches one update: `explain` is for the algorithm, and `credit()` is to be called before the batch is released. */
export function watchCredit(batch: Batch, learner: Learner): { explain(credit: Credit): void; credit(): StepCredit } {
  let given: Partial<Credit> = {};
  const { segments } = batch;
  const before = { segments, actions: copyOf(batch.actions.toArray()), rewards: batch.rewards.slice() };
  const logProbs = copyOf(batch.logProbs.toArray());
  return {
    explain({ returns, baseline, advantages, lossParts, clipRange }) {
      given = {
        returns: returns.slice(),
        baseline: baseline && Float32Array.from(baseline),
        advantages: advantages.slice(),
        lossParts: lossParts?.map((part) => ({ ...part })),
        clipRange,
      };
    },
    credit() {
      const after = noGrad(() => learner.policy.distribution(batch).logProb(batch.actions).toArray());
      return { ...before, ...given, logProbs, newLogProbs: copyOf(after) };
    },
  };
}

function copyOf(numbers: ArrayLike<number>): Float64Array {
  return Float64Array.from(numbers);
}
