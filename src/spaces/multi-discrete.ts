import { ConfigError } from "../errors.js";
import type { Space } from "./space.js";

/** Several whole numbers. Element `i` is one of `start[i], …, start[i] + nvec[i] - 1`. */
export interface MultiDiscrete extends Space<Int32Array> {
  readonly kind: "multi-discrete";
  readonly nvec: readonly number[];
  readonly start: readonly number[];
}

/**
 * `multiDiscrete([5, 2, 2])`, such as the buttons of a game pad. Samples are Gymnasium's for the same state of the
 * generator.
 *
 * @throws ConfigError if a count or a start is not a whole number that is allowed
 */
export function multiDiscrete(
  nvec: readonly number[],
  { start = nvec.map(() => 0) }: { start?: readonly number[] } = {},
): MultiDiscrete {
  if (nvec.length === 0 || !nvec.every((n) => Number.isInteger(n) && n >= 1 && n <= 2 ** 31))
    throw new ConfigError({ field: "multiDiscrete.nvec", given: nvec, allowed: "whole numbers of at least 1" });
  if (start.length !== nvec.length || !start.every((first, i) => (first | 0) === first && first + nvec[i] <= 2 ** 31))
    throw new ConfigError({ field: "multiDiscrete.start", given: start, allowed: `${nvec.length} whole numbers` });
  return {
    kind: "multi-discrete",
    shape: [nvec.length],
    nvec: [...nvec],
    start: [...start],
    sample: (rng) => Int32Array.from(nvec, (n, i) => Math.floor(rng.random() * n) + start[i]),
    contains: (value): value is Int32Array =>
      value instanceof Int32Array &&
      value.length === nvec.length &&
      value.every((element, i) => element >= start[i] && element < start[i] + nvec[i]),
    toString: () => {
      const starts = start.every((first) => first === 0) ? "" : `, start=[${start.join(", ")}]`;
      return `MultiDiscrete([${nvec.join(", ")}]${starts})`;
    },
  };
}
