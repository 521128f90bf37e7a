import { expect, it } from "vitest";
import { address, allocate } from "./heap.js";
import { kernels } from "./kernels.js";
import { exp, log, log1p, tanh } from "./maths.js";
import { f32 } from "./memory.js";

const COUNT = 1 << 16;
/** The elements of one call: whole vectors and a remainder. */
const CHUNK = 4093;

/** The values of `op` (see elementwise.h) at float32 arguments. */
function valuesOf(op: number, x: Float32Array): Float32Array {
  const place = address(allocate(8 * CHUNK));
  const y = new Float32Array(x.length);
  for (let done = 0; done < x.length; done += CHUNK) {
    const some = x.subarray(done, done + CHUNK);
    f32.set(some, place / 4);
    kernels.unary(op, place + 4 * CHUNK, place, some.length, 0, 0);
    y.set(f32.subarray(place / 4 + CHUNK, place / 4 + CHUNK + some.length), done);
  }
  return y;
}

/** Every exponent with both signs, about 128 numbers between adjacent powers of two. */
function grid(): Float32Array {
  const bits = Uint32Array.from({ length: COUNT }, (_, i) => i * 65536 + ((i * 40503) & 0xffff));
  return new Float32Array(bits.buffer);
}

/** The distance from a float32 of this size to the next one. */
function ulp(y: number): number {
  return 2 ** Math.max(Math.floor(Math.log2(Math.max(Math.abs(y), 2 ** -149))) - 23, -149);
}

const logistic = (x: number): number => 1 / (1 + exp(-x));
const gelu = (x: number): number => (x < -30 ? -0 : x * logistic(1.5957691216057308 * (x + 0.044715 * x ** 3)));

it.each<[string, number, (x: number) => number, number]>([
  ["exp", 0, exp, 0.78],
  ["log", 1, log, 0.78],
  ["tanh", 2, tanh, 0.89],
  ["softplus", 4, (x) => Math.max(x, 0) + log1p(exp(-Math.abs(x))), 0.51],
  ["gelu", 7, gelu, 0.51],
])("%s in float32 is within its bound of the true value, for numbers of every size", (_, op, truth, bound) => {
  const x = grid();
  const y = valuesOf(op, x);
  const wrong: number[][] = [];
  let worst = 0;
  for (let i = 0; i < x.length; i++) {
    const t = truth(x[i]);
    const rounded = Math.fround(t);
    if (Number.isFinite(rounded)) worst = Math.max(worst, Math.abs(y[i] - t) / ulp(t));
    else if (!Object.is(y[i], rounded)) wrong.push([x[i], y[i], rounded]);
  }
  expect(wrong).toEqual([]);
  expect(worst).toBeGreaterThan(0.4);
  expect(worst).toBeLessThan(bound);
});

it("zeros keep their sign, and infinities give the limits", () => {
  const x = Float32Array.of(0, -0, Infinity, -Infinity);
  const results = [0, 1, 2, 4, 7].map((op) => Array.from(valuesOf(op, x)));
  const log2 = Math.fround(Math.LN2);
  expect(results).toEqual([
    [1, 1, Infinity, 0],
    [-Infinity, -Infinity, Infinity, Number.NaN],
    [0, -0, 1, -1],
    [log2, log2, Infinity, 0],
    [0, -0, Infinity, -0],
  ]);
});
