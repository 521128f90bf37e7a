/**
 * Ranges from which a sweep draws a setting. In a program they are functions, and in JSON and flags the same as text:
 * `log(1e-5, 1e-1)`.
 */

import { ConfigError, nearest } from "../errors.js";
import { exp, log as ln } from "../kernels/maths.js";
import type { Range } from "../options.js";

export type { Range };

type Scale = Range["scale"];

/** Numbers between two bounds. */
export const linear = (from: number, to: number): Range => checkRange({ scale: "linear", from, to });
/** Positive numbers, as many between 1e-4 and 1e-3 as between 1e-3 and 1e-2. */
export const log = (from: number, to: number): Range => checkRange({ scale: "log", from, to });
/** Numbers below 1, as many between 0.9 and 0.99 as between 0.99 and 0.999. */
export const oneMinusLog = (from: number, to: number): Range => checkRange({ scale: "one-minus-log", from, to });
/** Whole numbers, both bounds included. */
export const integer = (from: number, to: number): Range => checkRange({ scale: "integer", from, to });
/** Powers of two, both bounds included: 64, 128, 256 … */
export const powersOfTwo = (from: number, to: number): Range => checkRange({ scale: "powers-of-two", from, to });

const BOUNDS: Readonly<Record<Scale, readonly [meaning: string, holds: (bound: number) => boolean]>> = {
  linear: ["finite numbers", () => true],
  log: ["positive numbers", (bound) => bound > 0],
  "one-minus-log": ["numbers below 1", (bound) => bound < 1],
  integer: ["whole numbers", Number.isSafeInteger],
  "powers-of-two": ["powers of two, such as 64", (bound) => bound > 0 && Number.isInteger(exponentOf(bound))],
};

export const SCALES: readonly string[] = Object.keys(BOUNDS);
export const RANGE_MEANING = `a range, such as log(1e-5, 1e-1): ${SCALES.join(", ")}`;
/** A range as text. */
export const RANGE_TEXT: RegExp = new RegExp(
  String.raw`^\s*(${SCALES.join("|")})\s*\(\s*[^,()\s]+\s*,\s*[^,()\s]+\s*\)\s*$`,
);

/** @throws ConfigError unless the bounds fit the scale and are in order */
export function checkRange(range: Range, field = "range"): Range {
  const { scale, from, to } = range;
  if (typeof scale !== "string" || !Object.hasOwn(BOUNDS, scale))
    throw new ConfigError({
      field,
      given: range,
      allowed: RANGE_MEANING,
      nearest: nearest(scale, Object.keys(BOUNDS)),
    });
  const [meaning, holds] = BOUNDS[scale];
  const fits = [from, to].every((bound) => typeof bound === "number" && Number.isFinite(bound) && holds(bound));
  if (fits && from < to) return range;
  throw new ConfigError({ field, given: rangeText(range), allowed: `${scale}(from, to) with from < to, ${meaning}` });
}

/** Reads `log(1e-5, 1e-1)`. @throws ConfigError */
export function parseRange(text: string, field: string): Range {
  const [, scale, from, to] = /^\s*([\w-]+)\s*\(\s*([^,()\s]+)\s*,\s*([^,()\s]+)\s*\)\s*$/.exec(text) ?? [];
  if (scale === undefined) throw new ConfigError({ field, given: text, allowed: RANGE_MEANING });
  const known = Object.keys(BOUNDS).find((name): name is Scale => name === scale);
  if (known !== undefined) return checkRange({ scale: known, from: Number(from), to: Number(to) }, field);
  throw new ConfigError({ field, given: text, allowed: RANGE_MEANING, nearest: nearest(scale, Object.keys(BOUNDS)) });
}

/** `log(1e-5, 0.1)`: what `parseRange` reads. */
export function rangeText({ scale, from, to }: Range): string {
  return `${scale}(${from}, ${to})`;
}

/**
 * The value at a share of the range, from 0 up to but not including 1. Real numbers have four significant digits (for
 * "one-minus-log", their distance to 1 has), so that a good one can be typed again.
 */
export function valueAt({ scale, from, to }: Range, share: number): number {
  const between = (a: number, b: number): number => a + share * (b - a);
  const whole = (a: number, b: number): number => a + Math.floor(share * (b - a + 1));
  switch (scale) {
    case "linear":
      return within(from, to, short(between(from, to)));
    case "log":
      return within(from, to, short(exp(between(ln(from), ln(to)))));
    case "one-minus-log": {
      const distance = short(exp(between(ln(1 - from), ln(1 - to))));
      return within(from, to, Number((1 - distance).toPrecision(15)));
    }
    case "integer":
      return whole(from, to);
    case "powers-of-two":
      return 2 ** whole(exponentOf(from), exponentOf(to));
  }
}

const short = (value: number): number => Number(value.toPrecision(4));
const within = (from: number, to: number, value: number): number => Math.min(to, Math.max(from, value));

/** k if the number is 2ᵏ, or else a fraction. */
function exponentOf(value: number): number {
  let exponent = 0;
  let rest = value;
  for (; rest >= 2 && Number.isFinite(rest); rest /= 2) exponent++;
  return rest === 1 ? exponent : exponent + 0.5;
}
