/**
 * Divides a batch into shards of consecutive copies, and joins their snapshots. A joined snapshot has the same bytes as one
 * from `batch` or `sideBySide`, so it does not depend on the number of shards.
 */

import { ConfigError } from "../../errors.js";
import type { Json } from "../env.js";

/** Copies `first` to `first + count - 1` of a batch. */
export interface Shard {
  readonly first: number;
  readonly count: number;
}

/** Divides `n` copies into `parts` shards, or `n` if that is fewer. Their sizes differ by at most one. */
export function shardsOf(n: number, parts: number): Shard[] {
  const many = Math.min(n, parts);
  const start = (k: number): number => Math.floor((k * n) / many);
  return Array.from({ length: many }, (_, k) => ({ first: start(k), count: start(k + 1) - start(k) }));
}

/** Numbers in the format of `packFloats`. */
type Packed = readonly Json[];
type Fields = { readonly [field: string]: Json };

/** Joins the snapshots of the shards, in their order, to one of all copies. */
export function joinSnapshots(parts: readonly Json[], shards: readonly Shard[]): Json {
  const fields = parts as readonly Fields[];
  const joined = Object.entries(fields[0]).map(([name, value]): [string, Json] => {
    if (!Array.isArray(value)) return [name, value];
    const lists = fields.map((part) => part[name] as Packed);
    if (name === "envs" || name === "rngs") return [name, lists.flat()];
    return [
      name,
      value.map((_, column) => joinColumn(columnsOf(lists, column), sectionsIn(name, lists, column, shards))),
    ];
  });
  return Object.fromEntries(joined);
}

/** Splits a snapshot of all `n` copies into those of the shards. @throws ConfigError if it has another number of copies */
export function splitSnapshot(whole: Json, n: number, shards: readonly Shard[]): Json[] {
  if (typeof whole !== "object" || whole === null || Array.isArray(whole))
    throw new ConfigError({ field: "snapshot", given: whole, allowed: "a snapshot of a batch" });
  const entries = Object.entries(whole as Fields);
  return shards.map((shard) => Object.fromEntries(entries.map(([name, value]) => [name, part(name, value, n, shard)])));
}

function part(name: string, value: Json, n: number, { first, count }: Shard): Json {
  if (!Array.isArray(value)) return value;
  if (name === "envs" || name === "rngs") {
    requireCopies(name, value, value.length === n, n);
    return value.slice(first, first + count);
  }
  return value.map((column: Json, k) => {
    if (!Array.isArray(column) || column.length % n !== 0) return requireCopies(name, column, false, n);
    const each = column.length / n;
    const sections = isRows(name, k, value.length) ? 1 : each;
    const width = each / sections;
    return Array.from({ length: sections }, (_, s) =>
      column.slice((s * n + first) * width, (s * n + first + count) * width),
    ).flat();
  });
}

function requireCopies(name: string, given: Json, fits: boolean, n: number): never | Json {
  if (!fits) throw new ConfigError({ field: `snapshot.${name}`, given, allowed: `that of ${n} copies` });
  return given;
}

/**
 * Observations are stored in rows, copy by copy. The state of equations is a structure of arrays: with k numbers per copy,
 * it has k sections with one number for each copy. The last column of `state` holds the observations.
 */
function isRows(name: string, column: number, columns: number): boolean {
  return name === "observations" || column === columns - 1;
}

function columnsOf(lists: readonly Packed[], column: number): Packed[] {
  return lists.map((list) => list[column] as Packed);
}

function sectionsIn(name: string, lists: readonly Packed[], column: number, shards: readonly Shard[]): number {
  return isRows(name, column, lists[0].length) ? 1 : (lists[0][column] as Packed).length / shards[0].count;
}

function joinColumn(columns: readonly Packed[], sections: number): Packed {
  return Array.from({ length: sections }, (_, s) =>
    columns.flatMap((column) => column.slice((s * column.length) / sections, ((s + 1) * column.length) / sections)),
  ).flat();
}
