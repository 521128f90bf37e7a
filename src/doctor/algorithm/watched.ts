/** An algorithm under watch: it learns as before, and what its V has become can be read. */

import type { Algorithm, Diagnostics, Learner } from "../../algorithms/algorithm.js";
import type { Batch } from "../../rollout/batch.js";
import { isStepwise } from "../../training/learning.js";
import type { ValueTarget } from "./probe.js";

/** Rewards of a world are further apart, as parts of its largest one. The learner's scale changes a little from step to step. */
const NEAR = 0.25;

/** What a watched run shows. */
export interface Watch {
  learner: Learner | undefined;
  /** The latest V of the states of each target, in the units of the environment's rewards. */
  readonly values: Map<ValueTarget, number>;
}

/** A copy of the algorithm, under a name of its own because names belong to one object. */
export function watched(algorithm: Algorithm, watch: Watch, targets: readonly ValueTarget[]): Algorithm {
  return {
    ...algorithm,
    name: `${algorithm.name}.probed`,
    create(context) {
      const learner = algorithm.create(context);
      watch.learner = learner;
      const { policy, rewardScaling, weights, optimizers, valuesOf } = learner;
      if (valuesOf === undefined || targets.length === 0) return learner;
      return {
        policy,
        rewardScaling,
        weights,
        optimizers,
        update(batch, progress) {
          const diagnostics = completed(learner.update(batch, progress));
          noteValues(batch, valuesOf(batch), watch.values, targets);
          return diagnostics;
        },
      };
    },
  };
}

function completed(updated: Diagnostics | Iterator<void, Diagnostics>): Diagnostics {
  if (!isStepwise(updated)) return updated;
  for (;;) {
    const { done, value } = updated.next();
    if (done) return value;
  }
}

/** The mean of V over the rows of each target. A row belongs to the target whose reward it earned. */
function noteValues(
  { rewards }: Batch,
  V: Float32Array,
  values: Map<ValueTarget, number>,
  targets: readonly ValueTarget[],
): void {
  // The largest reward of the world is 1, so this is the factor by which the learner scales rewards.
  const scale = rewards.reduce((most, reward) => Math.max(most, Math.abs(reward)), 0);
  if (scale === 0) return;
  for (const target of targets) {
    const rows = V.filter((_, t) => Math.abs(rewards[t] / scale - target.reward) < NEAR);
    if (rows.length > 0) values.set(target, rows.reduce((sum, v) => sum + v, 0) / rows.length / scale);
  }
}
