/** Finds what JSON would lose of a snapshot, so that it is refused when it is saved and not when it is needed. */

import { ConfigError } from "../errors.js";
import type { Json } from "./env.js";

/** A part of a value that JSON can't hold. */
export interface JsonFault {
  /** Where it is, such as `snapshot().position[2]`. */
  readonly place: string;
  readonly value: unknown;
}

/** What `jsonFault` accepts, for messages. */
const JSON_VALUES = "what JSON holds: null, true, false, finite numbers, texts, and lists and plain objects of these";

/** Returns a snapshot as it is. @throws ConfigError naming a part that JSON can't hold */
export function requireJson(snapshot: Json): Json {
  const fault = jsonFault(snapshot, "snapshot()");
  if (fault === undefined) return snapshot;
  throw new ConfigError({ field: fault.place, given: fault.value, allowed: JSON_VALUES });
}

/** Deeper values can't be written: `JSON.stringify` calls itself for each level. */
const DEEPEST = 500;

/**
 * The first part of a value that would not come back from JSON: NaN, an infinity, a function, a bigint, `undefined` outside
 * an object's fields, a Map, a typed array and the like, an object within itself, or nesting deeper than 500.
 */
export function jsonFault(value: unknown, place: string, around: readonly unknown[] = []): JsonFault | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value))
    return undefined;
  if (typeof value !== "object" || !isPlain(value) || around.includes(value) || around.length >= DEEPEST)
    return { place, value };
  const inside = [...around, value];
  const parts = Array.isArray(value)
    ? Array.from(value, (part, i): [string, unknown] => [`${place}[${i}]`, part])
    : Object.entries(value).map(([name, part]): [string, unknown] => [`${place}.${name}`, part]);
  for (const [name, part] of parts) {
    // A field that is undefined reads as undefined again.
    const fault = part === undefined && !Array.isArray(value) ? undefined : jsonFault(part, name, inside);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Lists, and objects that are neither a Map, a Date, a typed array or the like, nor say how they want to be written. */
function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  return Object.prototype.toString.call(value) === "[object Object]" && !("toJSON" in value);
}
