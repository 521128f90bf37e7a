/** A last minibatch that is shorter is left out. */
import type { Generator } from "ascent/random";
import { minibatches as right } from "../solution.js";

export function minibatches(size: number, minibatchSize: number, rng: Generator): number[][] {
  return right(size, minibatchSize, rng).filter((rows) => rows.length === minibatchSize);
}
