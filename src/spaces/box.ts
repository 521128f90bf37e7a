import { ConfigError } from "../errors.js";
import type { Generator } from "../random/generator.js";
import type { Space } from "./space.js";

/** Arrays of float32 numbers. Each element has a lower and an upper bound, which may be infinite. */
export interface Box extends Space<Float32Array> {
  readonly kind: "box";
  /** One bound per element, in row-major order. */
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** Whether a space is a box. */
export function isBox(space: Space<unknown>): space is Box {
  return space.kind === "box";
}

/**
 * `box({ low: -1, high: 1, shape: [3] })`, or with bounds per element, `box({ low: [-1, -8], high: [1, 8] })`.
 * A value is a flat `Float32Array`, whatever the shape.
 *
 * Samples are Gymnasium's for the same state of the generator: normal if both bounds are infinite, uniform between
 * finite bounds, and a shifted exponential if one bound is infinite.
 *
 * @throws ConfigError if the shape and the bounds do not fit, a lower bound exceeds its upper bound, no finite number
 * lies between them, or a bound is finite but no float32
 */
export function box({
  low,
  high,
  shape = inferredShape(low, high),
}: {
  low: number | ArrayLike<number>;
  high: number | ArrayLike<number>;
  shape?: readonly number[];
}): Box {
  if (!shape.every((length) => Number.isSafeInteger(length) && length >= 1))
    throw new ConfigError({ field: "box.shape", given: shape, allowed: "whole numbers of at least 1" });
  const size = shape.reduce((product, length) => product * length, 1);
  const lows = bounds("box.low", low, size);
  const highs = bounds("box.high", high, size);
  for (let i = 0; i < size; i++) {
    if (lows[i] === Infinity)
      throw new ConfigError({ field: `box.low[${i}]`, given: Infinity, allowed: "a bound with numbers above it" });
    if (highs[i] === -Infinity)
      throw new ConfigError({ field: `box.high[${i}]`, given: -Infinity, allowed: "a bound with numbers below it" });
    if (lows[i] > highs[i])
      throw new ConfigError({ field: `box.low[${i}]`, given: lows[i], allowed: `at most box.high[${i}], ${highs[i]}` });
  }
  return {
    kind: "box",
    shape: [...shape],
    low: lows,
    high: highs,
    sample: (rng) => sampleBox(rng, lows, highs),
    contains: (value): value is Float32Array => value instanceof Float32Array && within(value, lows, highs),
    toString: () => `Box(${shortBounds(lows)}, ${shortBounds(highs)}, [${shape.join(", ")}])`,
  };
}

function inferredShape(low: number | ArrayLike<number>, high: number | ArrayLike<number>): readonly number[] {
  if (typeof low !== "number") return [low.length];
  return typeof high === "number" ? [1] : [high.length];
}

function bounds(field: string, bound: number | ArrayLike<number>, size: number): Float32Array {
  const values = typeof bound === "number" ? new Float32Array(size).fill(bound) : Float32Array.from(bound);
  if (values.length !== size || values.some(Number.isNaN))
    throw new ConfigError({ field, given: bound, allowed: `a number, or ${size} numbers` });
  for (let i = 0; i < size; i++) {
    const exact = typeof bound === "number" ? bound : bound[i];
    if (Number.isFinite(exact) && !Number.isFinite(values[i])) {
      const allowed = "a float32, from -3.4e38 to 3.4e38, or Infinity or -Infinity for no bound";
      throw new ConfigError({ field: `${field}[${i}]`, given: exact, allowed });
    }
  }
  return values;
}

function within(value: Float32Array, low: Float32Array, high: Float32Array): boolean {
  if (value.length !== low.length) return false;
  for (let i = 0; i < value.length; i++) {
    if (!(value[i] >= low[i] && value[i] <= high[i])) return false;
  }
  return true;
}

/**
 * Gymnasium draws the elements in four groups, by the kind of their bounds. The order decides which element gets which
 * draw.
 */
function sampleBox(rng: Generator, low: Float32Array, high: Float32Array): Float32Array {
  const sample = new Float32Array(low.length);
  const fill = (belongs: (below: boolean, above: boolean) => boolean, draw: (i: number) => number): void => {
    for (let i = 0; i < low.length; i++) {
      if (belongs(low[i] > -Infinity, high[i] < Infinity)) sample[i] = draw(i);
    }
  };
  fill(
    (below, above) => !below && !above,
    () => rng.standardNormal(),
  );
  fill(
    (below, above) => below && !above,
    (i) => rng.standardExponential() + low[i],
  );
  fill(
    (below, above) => !below && above,
    (i) => -rng.standardExponential() + high[i],
  );
  fill(
    (below, above) => below && above,
    (i) => rng.uniform(low[i], high[i]),
  );
  return sample;
}

function shortBounds(values: Float32Array): string {
  const texts = Array.from(values, shortFloat32);
  return texts.every((text) => text === texts[0]) ? texts[0] : `[${texts.join(", ")}]`;
}

/** The shortest decimal that reads back as the same float32: 0.07 and not 0.07000000029802322. */
export function shortFloat32(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}
