/**
 * Deterministic float64 functions: the same bits in every engine, on every machine.
 *
 * `Math.exp` and similar functions may round differently in different engines. The functions here are compiled into the
 * WebAssembly module from plain IEEE operations. Special values are those of IEEE 754 and C (so `pow(1, NaN)` is 1).
 */

import { wasm } from "./memory.js";

type Function1 = (x: number) => number;

// The module's own exports without wrappers, so that the engine calls them directly.
/** eˣ */
export const exp: Function1 = wasm.exp as Function1;
/** exp(x) - 1, accurate for small x too. */
export const expm1: Function1 = wasm.expm1 as Function1;
/** ln x */
export const log: Function1 = wasm.log as Function1;
/** log(1 + x), accurate for small x too. */
export const log1p: Function1 = wasm.log1p as Function1;
/** The sine of an angle in radians. */
export const sin: Function1 = wasm.sin as Function1;
/** The cosine of an angle in radians. */
export const cos: Function1 = wasm.cos as Function1;
/** The tangent of an angle in radians. */
export const tan: Function1 = wasm.tan as Function1;
/** The arcsine in radians, from -π/2 to π/2. */
export const asin: Function1 = wasm.asin as Function1;
/** The arccosine in radians, from 0 to π. */
export const acos: Function1 = wasm.acos as Function1;
/** The arctangent in radians, from -π/2 to π/2. */
export const atan: Function1 = wasm.atan as Function1;
/** (eˣ - e⁻ˣ) / 2 */
export const sinh: Function1 = wasm.sinh as Function1;
/** (eˣ + e⁻ˣ) / 2 */
export const cosh: Function1 = wasm.cosh as Function1;
/** (eˣ - e⁻ˣ) / (eˣ + e⁻ˣ) */
export const tanh: Function1 = wasm.tanh as Function1;
/** x to the power of y. */
export const pow: (x: number, y: number) => number = wasm.pow as never;
/** The angle of the point (x, y) in radians, from -π to π. */
export const atan2: (y: number, x: number) => number = wasm.atan2 as never;

/** Sines and cosines of `n` float64 at byte addresses in kernel memory, with the bits of `sin` and `cos`. */
export const sinCos: (sinAddress: number, cosAddress: number, xAddress: number, n: number) => void =
  wasm.sin_cos as never;
