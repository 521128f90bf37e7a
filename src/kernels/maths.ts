/**
 * Deterministic float64 functions: the same bits in every engine, on every machine.
 *
 * `Math.exp` and similar functions may round differently in different engines. The functions here are compiled into the
 * WebAssembly module from plain IEEE operations. Special values are those of IEEE 754 and C (so `pow(1, NaN)` is 1).
 */

import { numbers } from "./numbers.js";

type Function1 = (x: number) => number;

// The module's own exports without wrappers, so that the engine calls them directly.
/** eˣ */
export const exp: Function1 = numbers.exp as Function1;
/** exp(x) - 1, accurate for small x too. */
export const expm1: Function1 = numbers.expm1 as Function1;
/** ln x */
export const log: Function1 = numbers.log as Function1;
/** log(1 + x), accurate for small x too. */
export const log1p: Function1 = numbers.log1p as Function1;
/** The sine of an angle in radians. */
export const sin: Function1 = numbers.sin as Function1;
/** The cosine of an angle in radians. */
export const cos: Function1 = numbers.cos as Function1;
/** The tangent of an angle in radians. */
export const tan: Function1 = numbers.tan as Function1;
/** The arcsine in radians, from -π/2 to π/2. */
export const asin: Function1 = numbers.asin as Function1;
/** The arccosine in radians, from 0 to π. */
export const acos: Function1 = numbers.acos as Function1;
/** The arctangent in radians, from -π/2 to π/2. */
export const atan: Function1 = numbers.atan as Function1;
/** (eˣ - e⁻ˣ) / 2 */
export const sinh: Function1 = numbers.sinh as Function1;
/** (eˣ + e⁻ˣ) / 2 */
export const cosh: Function1 = numbers.cosh as Function1;
/** (eˣ - e⁻ˣ) / (eˣ + e⁻ˣ) */
export const tanh: Function1 = numbers.tanh as Function1;
/** x to the power of y. */
export const pow: (x: number, y: number) => number = numbers.pow as never;
/** The angle of the point (x, y) in radians, from -π to π. */
export const atan2: (y: number, x: number) => number = numbers.atan2 as never;

/** Sines and cosines of `n` float64 at byte addresses in kernel memory, with the bits of `sin` and `cos`. */
export const sinCos: (sinAddress: number, cosAddress: number, xAddress: number, n: number) => void =
  numbers.sin_cos as never;
