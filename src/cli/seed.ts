import { ConfigError } from "../errors.js";

export const SEED_MEANING = "a whole number from 0 to 2^128 - 1";

/** A seed as it was typed; a bigint holds all its digits. @throws ConfigError */
export function readSeed(typed: string | undefined): bigint | undefined {
  if (typed === undefined) return undefined;
  const seed = /^\d{1,39}$/.test(typed) ? BigInt(typed) : -1n;
  if (seed >= 0n && seed < 1n << 128n) return seed;
  throw new ConfigError({ field: "--seed", given: typed, allowed: SEED_MEANING });
}
