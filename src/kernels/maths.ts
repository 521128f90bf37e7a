/** Deterministic float64 functions: the same bits in every engine. */

import { wasm } from "./memory.js";

type Function1 = (x: number) => number;

export const exp: Function1 = wasm.exp as Function1;
export const log: Function1 = wasm.log as Function1;
export const log1p: Function1 = wasm.log1p as Function1;
export const sin: Function1 = wasm.sin as Function1;
export const cos: Function1 = wasm.cos as Function1;
/** Sines and cosines of n numbers in kernel memory, given by byte addresses. */
export const sinCos: (sinAddress: number, cosAddress: number, xAddress: number, n: number) => void = wasm.sin_cos as never;
