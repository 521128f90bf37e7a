/** Each minibatch is drawn anew. */
import type { Generator } from "ascent/random";

export function minibatches(size: number, minibatchSize: number, rng: Generator): number[][] {
  const count = Math.ceil(size / minibatchSize);
  return Array.from({ length: count }, () => Array.from({ length: minibatchSize }, () => rng.integers(size)));
}
