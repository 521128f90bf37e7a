import { ConfigError } from "../errors.js";
import type { Generator } from "../random/generator.js";

/** Draws one number of a starting state uniformly from the interval given to `reset`. */
export function uniformStart(rng: Generator, { low, high }: { low: number; high: number }): number {
  if (low > high) throw new ConfigError({ field: "reset.options.low", given: low, allowed: `at most high, ${high}` });
  return rng.uniform(low, high);
}
