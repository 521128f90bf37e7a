/**
 * An update as a line of `metrics.jsonl`. JSON has no NaN, Infinity or -0, so they are written as the strings "NaN",
 * "Infinity" and "-0".
 */

import type { Update } from "../training/types.js";
import { FileError } from "./file-error.js";

export function encodeUpdate(update: Update): string {
  return JSON.stringify(update, (_, value: unknown) =>
    typeof value !== "number" ? value : Object.is(value, -0) ? "-0" : Number.isFinite(value) ? value : String(value),
  );
}

const HAS_WRITTEN_NUMBER = /"(?:NaN|-?Infinity|-0)"/;

/** @throws FileError about `where` unless `text` is the line of an update */
export function decodeUpdate(text: string, where: string): Update {
  try {
    // With a function that converts each value, JSON.parse is several times as slow; few lines need it.
    const numbers = (_: string, value: unknown) => (typeof value === "string" ? Number(value) : value);
    const update = JSON.parse(text, HAS_WRITTEN_NUMBER.test(text) ? numbers : undefined) as Update;
    if (Number.isSafeInteger(update.update) && Number.isSafeInteger(update.episodes)) return update;
  } catch {
    // Falls through: not JSON, or JSON of something else.
  }
  throw new FileError(where, "is not the record of an update");
}
