import type { Generator } from "../random/generator.js";

/** The set of values an observation or an action may take. Names and meanings follow Gymnasium's spaces. */
export interface Space<T> {
  readonly kind: "discrete" | "box" | "multi-discrete" | "multi-binary" | "tuple";
  /** Shape of one value: `[]` for a single number. */
  readonly shape: readonly number[];
  /** A value drawn uniformly (from a standard normal or a shifted exponential where a bound is infinite). */
  sample(rng: Generator): T;
  contains(value: unknown): value is T;
  /** One line that a person can read, such as `Box([-4.8, …], [4.8, …], [4])`. */
  toString(): string;
}
