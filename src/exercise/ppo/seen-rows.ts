/** Which steps an update takes into its minibatches, read from what it asks the policy about. */

import type { Mlp } from "../../nn/index.js";
import { Tensor } from "../../tensor/index.js";
import { type Learner, smallLearner } from "../small-networks.js";
import type { Rows } from "./passes.js";

/**
 * The order of the steps in each pass of an update over these observations, which differ. Undefined if the update asks about
 * some of them more often than about others, so that no order can be told.
 */
export function ordersSeen(
  update: (learner: Learner) => void,
  observations: readonly Float32Array[],
): readonly Rows[] | undefined {
  const learner = smallLearner();
  const seen: number[] = [];
  const forward: Mlp["forward"] = (x, trace) => {
    seen.push(...rowsOf(x, observations));
    return learner.policy.forward(x, trace);
  };
  update({ ...learner, policy: { ...learner.policy, forward } });
  const size = observations.length;
  const orders = Array.from({ length: seen.length / size }, (_, i) => seen.slice(i * size, (i + 1) * size));
  const isWhole = (order: Rows): boolean => new Set(order).size === size && !order.includes(-1);
  return seen.length % size === 0 && orders.every(isWhole) ? orders : undefined;
}

/** The rows of these inputs among the observations, -1 for one that is none of them. */
function rowsOf(x: Tensor | ArrayLike<number>, observations: readonly Float32Array[]): number[] {
  const numbers = Array.from(x instanceof Tensor ? x.toArray() : x);
  const width = observations[0].length;
  return Array.from({ length: numbers.length / width }, (_, i) =>
    observations.findIndex((one) => one.every((value, j) => value === numbers[i * width + j])),
  );
}
