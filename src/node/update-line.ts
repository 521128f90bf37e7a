/**
 * An update as a line of `metrics.jsonl`. JSON has no NaN and no Infinity, so they are written as the strings "NaN" and
 * "Infinity".
 */

import type { Update } from "../training/types.js";
import { FileError } from "./file-error.js";

/** A value between quotes, and not the name of one. */
const WRITTEN_MINUS_ZERO = /"-0"(?!:)/g;

export function encodeUpdate(update: Update): string {
  return encodeNumbers(update);
}

/** JSON of objects of numbers, in which no number is lost. */
export function encodeNumbers(record: object): string {
  let hasMinusZero = false;
  const json = JSON.stringify(record, (_, value: unknown) => {
    if (typeof value !== "number" || Number.isFinite(value)) {
      if (!Object.is(value, -0)) return value;
      hasMinusZero = true;
      return "-0";
    }
    return String(value);
  });
  // JSON has -0, but JSON.stringify writes it as 0.
  return hasMinusZero ? json.replaceAll(WRITTEN_MINUS_ZERO, "-0") : json;
}

/** Earlier versions wrote -0 as text too. */
const HAS_WRITTEN_NUMBER = /"(?:NaN|-?Infinity|-0)"/;

/** @throws FileError about `where` unless `text` is the line of an update */
export function decodeUpdate(text: string, where: string): Update {
  try {
    // Earlier versions wrote no `info`.
    const update = decodeNumbers(text) as Omit<Update, "info"> & Partial<Update>;
    if (Number.isSafeInteger(update.update) && Number.isSafeInteger(update.episodes)) return { info: {}, ...update };
  } catch {
    // Falls through: not JSON, or JSON of something else.
  }
  throw new FileError(where, "is not the record of an update");
}

/** @throws SyntaxError */
export function decodeNumbers(text: string): unknown {
  // With a function that converts each value, JSON.parse is several times as slow; few lines need it.
  const numbers = (_: string, value: unknown) => (typeof value === "string" ? Number(value) : value);
  return JSON.parse(text, HAS_WRITTEN_NUMBER.test(text) ? numbers : undefined);
}
