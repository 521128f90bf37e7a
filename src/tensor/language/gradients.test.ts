/** Gradients against finite differences, at sizes that leave every remainder modulo sixteen lanes. */

import { describe, expect, test } from "vitest";
import { defaultRng } from "../../random/index.js";
import { gradientCheck, indices, parameter, reshape, type Shape, type Tensor, tensor } from "../index.js";
import * as library from "./index.js";
import { batchedMatmul, causalAttention, embedding, layerNorm, segmentSum, tokenLogProbs } from "./index.js";

const LENGTHS = [1, 3, 15, 16, 17, 33];
const rng = defaultRng(1);
const covered = new Set<string>();

const product = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);

function some(shape: Shape, name?: string): Tensor {
  return parameter(tensor(rng.uniform(-1.5, 1.5, product(shape)), shape), name);
}

/** A loss that gives each number its own weight, scaled so that its rounding does not hide errors. */
function expectGradient(compute: () => Tensor, parameters: readonly Tensor[]): void {
  const weights = defaultRng(2);
  const { shape, size } = compute();
  const by = tensor(
    weights.uniform(-1, 1, size).map((weight) => (2 * weight) / Math.sqrt(size)),
    shape,
  );
  gradientCheck(() => compute().mul(by).sum(), parameters);
}

covered.add("embedding");
test("embedding, of ids of any shape, with repeated ones", () => {
  for (const n of LENGTHS) {
    const table = some([4, n]);
    for (const shape of [[], [5], [2, 3]]) {
      const ids = indices(Int32Array.from(rng.integers(0, 4, product(shape))), shape);
      expectGradient(() => embedding(table, ids), [table]);
    }
  }
});

covered.add("segmentSum");
test("segmentSum, of spans that overlap, are empty, or leave numbers out", () => {
  const x = some([9]);
  const spans = [
    { start: 0, end: 3 },
    { start: 2, end: 7 },
    { start: 4, end: 4 },
  ];
  expectGradient(() => segmentSum(x, spans), [x]);
  const values = [...x.toArray()];
  const sums = spans.map(({ start, end }) => Math.fround(values.slice(start, end).reduce((a, b) => a + b, 0)));
  expect([...segmentSum(x, spans).toArray()]).toEqual(sums);
});

covered.add("layerNorm");
test("layerNorm, of rows of every length", () => {
  for (const n of LENGTHS) {
    const x = some([3, n], "x");
    const gain = some([n], "gain");
    const bias = some([n], "bias");
    expectGradient(() => layerNorm(x, gain, bias, 0.1), [x, gain, bias]);
  }
  const x = some([2, 17, 5]);
  const gain = some([5]);
  const bias = some([5]);
  expectGradient(() => layerNorm(x, gain, bias, 0.1), [x, gain, bias]);
});

describe("causalAttention", () => {
  covered.add("causalAttention");
  test("of sequences and heads of every length", () => {
    for (const steps of LENGTHS) {
      for (const [batch, heads, width] of [
        [1, 1, 1],
        [2, 2, 3],
        [1, 1, 16],
      ]) {
        if (steps * width > 300) continue;
        const qkv = some([batch, steps, 3 * heads * width]);
        expectGradient(() => causalAttention(qkv, heads), [qkv]);
      }
    }
  });

  test("of rows without an axis of their own for sequences", () => {
    const qkv = some([2 * 5, 12]);
    expectGradient(() => causalAttention(qkv, 2, 5), [qkv]);
  });

  test("that is used twice", () => {
    const qkv = some([1, 4, 9]);
    expectGradient(() => causalAttention(qkv, 1).mul(causalAttention(qkv, 3)), [qkv]);
  });
});

describe("tokenLogProbs", () => {
  covered.add("tokenLogProbs");
  test("of vocabularies of every size, with padding, with and without a bias", () => {
    for (const v of LENGTHS) {
      for (const temperature of [1, 0.8]) {
        const h = some([4, 3], "h");
        const w = some([v, 3], "w");
        const bias = some([v], "bias");
        const targets = indices([v - 1, -1, 0, v >> 1]);
        expectGradient(() => tokenLogProbs(h, w, targets, { temperature, bias }), [h, w, bias]);
        expectGradient(() => tokenLogProbs(h, w, targets, { temperature }), [h, w]);
      }
    }
  });

  test("of more rows than a unit of work has", () => {
    const h = some([35, 2]);
    const w = some([5, 2]);
    const targets = indices(Int32Array.from(rng.integers(-1, 5, 35)));
    expectGradient(() => tokenLogProbs(h, w, targets), [h, w]);
  });

  test("with the table of the embedding as weights", () => {
    const table = some([6, 4]);
    const ids = indices([5, 0, 3, 3]);
    const targets = indices([0, 3, 3, 1]);
    expectGradient(() => tokenLogProbs(embedding(table, ids), table, targets), [table]);
  });
});

covered.add("batchedMatmul");
test("batchedMatmul, with each operand as it is and transposed", () => {
  for (const n of LENGTHS) {
    for (const transposed of [{}, { a: true }, { c: true }, { a: true, c: true }]) {
      const a = some(transposed.a ? [2, 5, 3] : [2, 3, 5]);
      const c = some(transposed.c ? [2, n, 5] : [2, 5, n]);
      expectGradient(() => batchedMatmul(a, c, transposed), [a, c]);
    }
  }
  const a = some([2, 3, 3]);
  expectGradient(() => batchedMatmul(a, a, { c: true }), [a]);
});

test("a transformer's block, with residual connections that add to a gradient", () => {
  const table = some([7, 8]);
  const gain = some([8]);
  const bias = some([8]);
  const w = some([8, 24]);
  const ids = indices([0, 3, 1, 6, 6, 2], [2, 3]);
  const targets = indices([3, 1, -1, 6, 2, -1]);
  const compute = (): Tensor => {
    const x = reshape(embedding(table, ids), [6, 8]);
    const y = x.add(causalAttention(layerNorm(x, gain, bias, 0.1).matmul(w), 2, 3));
    return tokenLogProbs(layerNorm(y, gain, bias, 0.1), table, targets, { temperature: 2 });
  };
  expectGradient(compute, [table, gain, bias, w]);
});

test("every operation with a gradient is tested", () => {
  const others = ["decoder", "sampleTokens", "tokenLogits"];
  expect(Object.keys(library).filter((name) => !covered.has(name) && !others.includes(name))).toEqual([]);
});
