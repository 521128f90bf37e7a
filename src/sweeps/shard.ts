/** A fixed part of a sweep, for machines that know of each other only by number. */

import { ConfigError } from "../errors.js";

/** Part `part` of `of` parts, counted from 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

/** Reads `3/16`. @throws ConfigError */
export function parseShard(text: string): Shard {
  const [, part, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  if (part === undefined || Number(part) < 1 || Number(part) > Number(of))
    throw new ConfigError({
      field: "shard",
      given: text,
      allowed: "a part and their number, such as 3/16, from 1/16 to 16/16",
    });
  return { part: Number(part), of: Number(of) };
}

/** Every `of`-th run from the `part`-th on, so that a part has cells from the whole map. */
export function shardOf<T>(runs: readonly T[], { part, of }: Shard): T[] {
  return runs.filter((_, i) => i % of === part - 1);
}
