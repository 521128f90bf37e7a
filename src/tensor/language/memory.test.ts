/** Neither learning nor generating leaves blocks of kernel memory behind. */

import { expect, test } from "vitest";
import { evacuate, heapUsed, release } from "../../kernels/heap.js";
import { defaultRng } from "../../random/index.js";
import { indices, noGrad, parameter, type Tensor, tensor } from "../index.js";
import {
  batchedMatmul,
  causalAttention,
  embedding,
  layerNorm,
  sampleTokens,
  tokenLogits,
  tokenLogProbs,
} from "./index.js";

const rng = defaultRng(6);
const some = (...shape: number[]): Tensor =>
  parameter(tensor(rng.standardNormal(shape.reduce((a, b) => a * b, 1)), shape));
const [table, gain, bias, w] = [some(9, 8), some(8), some(8), some(8, 24)];
const ids = indices(Int32Array.from(rng.integers(0, 9, 30)));

function modelled(): Tensor {
  const x = embedding(table, ids);
  const y = layerNorm(x.add(causalAttention(layerNorm(x, gain, bias).matmul(w), 2, 10)), gain, bias);
  const square = batchedMatmul(y.reshape([3, 10, 8]), y.reshape([3, 10, 8]), { a: true });
  return tokenLogProbs(y, table, ids, { bias: undefined }).mean().add(square.mean());
}

/** The memory in use after each of a few calls, of which the first warm up. */
function used(run: () => void): number[] {
  evacuate();
  return Array.from({ length: 8 }, () => {
    run();
    return heapUsed();
  }).slice(2);
}

test("an update frees all that its operations made, but for the loss", () => {
  const after = used(() => {
    const loss = modelled();
    loss.backward();
    for (const p of [table, gain, bias, w]) {
      release(p.grad!.block);
      p.grad = undefined;
    }
  });
  // Numbers alone stay, until the heap is evacuated: a loss, its parts and the constants of a step.
  const steps = after.slice(1).map((bytes, i) => bytes - after[i]);
  for (const step of steps) expect(step).toBeLessThanOrEqual(8 * 64);
});

test("without a graph an operation leaves its result and nothing else", () => {
  for (const run of [
    () => embedding(table, ids),
    () => layerNorm(w, parameter(tensor(Array(24).fill(1))), parameter(tensor(Array(24).fill(0)))),
    () => causalAttention(w, 2, 4),
    () => tokenLogProbs(table, table, indices(Array(9).fill(1))),
  ]) {
    noGrad(run);
    const before = heapUsed();
    const y = noGrad(run);
    release(y.block);
    // The operands that a case makes itself.
    expect(heapUsed() - before).toBeLessThanOrEqual(2 * 128);
  }
});

test("a draw leaves its results and nothing else", () => {
  const x = some(3, 8);
  const after = used(() => {
    const z = tokenLogits(x, table);
    sampleTokens(z, [0.1, 0.5, 0.9], { topK: 3 });
    release(z.block);
  });
  expect(new Set(after).size).toBe(1);
});
