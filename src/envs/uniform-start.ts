import { ConfigError } from "../errors.js";
import type { Generator } from "../random/generator.js";

/** One number of a starting state, drawn uniformly from the interval that `reset` was given. */
export function uniformStart(rng: Generator, { low, high }: { low: number; high: number }): number {
  if (low > high) throw new ConfigError({ field: "reset.options.low", given: low, allowed: `at most high, ${high}` });
  return rng.uniform(low, high);
}
