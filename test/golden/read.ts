/** Golden data: what PyTorch, Gymnasium and NumPy answered, as the scripts beside this file stored it. */

import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { indices, parameter, type Tensor, tensor } from "../../src/tensor/index.js";

/** A tensor on disk, row-major. */
export interface Stored {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), "utf8")) as T;
}

export const constantOf = ({ data, shape }: Stored): Tensor => tensor(Float32Array.from(data), shape);
export const indicesOf = ({ data, shape }: Stored): Tensor => indices(Int32Array.from(data), shape);
export const parametersOf = (stored: readonly Stored[]): Tensor[] => stored.map((one) => parameter(constantOf(one)));

/** Equal in shape, and in each number within `tolerance`, relative to the largest number or to 1. */
export function expectClose(actual: Tensor | undefined, { shape, data }: Stored, tolerance = 1e-6): void {
  expect(actual?.shape).toEqual(shape);
  const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  (actual as Tensor).toArray().forEach((value, i) => {
    if (!(Math.abs(value - data[i]) <= tolerance * largest)) {
      expect.fail(`element ${i} is ${value}, expected ${data[i]} within ${tolerance} of ${largest}`);
    }
  });
}

/** One number within `tolerance` of another, relative to it or to 1. */
export function expectNear(actual: number, expected: number, tolerance = 1e-6): void {
  if (!(Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)))) {
    expect.fail(`got ${actual}, expected ${expected} within ${tolerance}`);
  }
}
