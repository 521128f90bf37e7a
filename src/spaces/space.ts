import type { Generator } from "../random/generator.js";

/** The set of values an observation or an action may take. Names and meanings follow Gymnasium's spaces. */
export interface Space<T> {
  readonly kind: "discrete" | "box" | "multi-discrete" | "multi-binary" | "tuple" | "dict";
  /** Shape of one value: `[]` for a single number. */
  readonly shape: readonly number[];
  /** Draws a value uniformly (from a standard normal or a shifted exponential where a bound is infinite). */
  sample(rng: Generator): T;
  contains(value: unknown): value is T;
  /** A readable line, such as `Box([-4.8, …], [4.8, …], [4])`. */
  toString(): string;
}
