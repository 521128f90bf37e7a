/**
 * Training with a heap that moves everything before each allocation, and a memory that grows whenever a block is copied
 * back. An address taken too early or a view kept too long would change bits.
 */

import { describe, expect, test, vi } from "vitest";
import { categorical, gaussian } from "../distributions/index.js";
import type * as heap from "../kernels/heap.js";
import { ensure, u8 } from "../kernels/memory.js";
import { mlp } from "../nn/index.js";
import { adam, clipGradNorm, sgd } from "../optim/index.js";
import { defaultRng } from "../random/index.js";
import {
  type Activation,
  clippedSurrogate,
  concat,
  entropyOf,
  indices,
  noGrad,
  parameter,
  stack,
  type Tensor,
  tensor,
  valueError,
  weightedSum,
  where,
} from "./index.js";
import {
  batchedMatmul,
  causalAttention,
  decoder,
  embedding,
  layerNorm,
  sampleTokens,
  tokenLogProbs,
} from "./language/index.js";

let moving = false;
let moves = 0;

vi.mock("../kernels/heap.js", async (importOriginal) => {
  const actual = await importOriginal<typeof heap>();
  return {
    ...actual,
    allocate(bytes: number): heap.Block {
      if (moving) {
        actual.evacuate();
        moves++;
      }
      return actual.allocate(bytes);
    },
    address(block: heap.Block): number {
      if (moving && block.place < 0) ensure(u8.byteLength + 1);
      return actual.address(block);
    },
  };
});

/** Lets the memory grow by only one page at a time, so that it can grow thousands of times. */
function growSlowly(): void {
  const { grow } = WebAssembly.Memory.prototype;
  vi.spyOn(WebAssembly.Memory.prototype, "grow").mockImplementation(function (this: WebAssembly.Memory, pages) {
    if (pages > 1) throw new RangeError("one page at a time");
    return grow.call(this, pages);
  });
}

function trained(activation: Activation): number[] {
  const rng = defaultRng(3);
  const sizes = [3, 17, 5];
  const policy = mlp({ sizes, activation, rng, name: "policy" });
  const value = mlp({ sizes: [3, 17, 1], activation, rng, bias: "zero", name: "value" });
  const logStd = parameter(tensor([0.1, -0.2, 0, 0.3, 0.2]), "logStd");
  const parameters = [...policy.parameters(), ...value.parameters(), logStd];
  const optimizers = [adam(parameters, { learningRate: 0.01 }), sgd(parameters, { learningRate: 0.01, momentum: 0.9 })];
  const draw = (...shape: number[]): Tensor => tensor(rng.standardNormal(shape.reduce((a, b) => a * b, 1)), shape);
  const losses: number[] = [];
  for (let update = 0; update < 2; update++) {
    const observations = draw(19, 3);
    const actions = indices(Int32Array.from(rng.integers(0, 5, 19)));
    const outputs = policy.forward(observations);
    const pi = categorical(outputs);
    const before = noGrad(() => categorical(policy.forward(draw(19, 3))));
    const ratio = pi.logProb(actions).sub(before.logProb(actions)).exp();
    const advantages = draw(19);
    const surrogate = ratio.mul(advantages).minimum(ratio.clamp(0.8, 1.2).mul(advantages)).mean();
    const continuous = gaussian(outputs.slice(0, 7), logStd);
    const single = categorical(policy.forward([1, 2, 3]));
    const values = value.forward(observations).reshape([-1]);
    const parts = concat([values, values.softplus().add(0.5).log(), values.square().add(1).sqrt()]);
    const loss = stack([
      surrogate.neg(),
      pi.entropy().mean().mul(-0.01),
      weightedSum(
        [-1, clippedSurrogate(pi.logProb(actions), before.logProb(actions), advantages, 0.2).gain],
        [0.5, valueError(values, draw(19), { old: draw(19), clipRange: 0.2 })],
      ),
      entropyOf(outputs.softmax().add(0.1).log()).variance(),
      pi.kl(before).maximum(0.01).sum(),
      continuous.logProb(draw(7, 5)).mean(),
      continuous.kl(gaussian(draw(7, 5), logStd.mul(0.5))).mean(0),
      single.logProb(single.sample(rng)),
      where(tensor(values.toArray().map((v) => (v > 0 ? 1 : 0))), values, values.neg()).mean(),
      parts.mul(parts.gather(3)).div(2).sum(),
      outputs
        .matmul(policy.forward(draw(5, 3)))
        .variance(1, { ddof: 1 })
        .mean()
        .gelu(),
    ]).sum();
    const optimizer = optimizers[update % 2];
    optimizer.zeroGrad();
    loss.backward();
    clipGradNorm(parameters, 1);
    optimizer.step();
    losses.push(loss.item());
  }
  return [...losses, ...parameters.flatMap((p) => Array.from(p.toArray()))];
}

/** A language model of one block: two updates, and a few tokens drawn with a cache. */
function spoken(): number[] {
  const rng = defaultRng(4);
  const draw = (...shape: number[]): Tensor =>
    parameter(
      tensor(
        rng.standardNormal(shape.reduce((a, b) => a * b, 1)).map((x) => x / 3),
        shape,
      ),
    );
  const [table, gain, bias, w] = [draw(7, 8), draw(8), draw(8), draw(8, 24)];
  const parameters = [table, gain, bias, w];
  const optimizer = adam(parameters, { learningRate: 0.01, weightDecay: 0.1 });
  const qkvOf = (x: Tensor): Tensor => layerNorm(x, gain, bias).matmul(w);
  const found: number[] = [];
  for (let update = 0; update < 2; update++) {
    const x = embedding(table, indices(Int32Array.from(rng.integers(0, 7, 15))));
    const y = x.add(causalAttention(qkvOf(x), 2, 5));
    const targets = indices(Int32Array.from(rng.integers(-1, 7, 15)));
    const mixed = batchedMatmul(y.reshape([3, 5, 8]), y.reshape([3, 5, 8]), { c: true });
    const loss = tokenLogProbs(y, table, targets, { temperature: 0.8 }).mean().neg().add(mixed.square().mean());
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    found.push(loss.item());
  }
  const norm = { gain, bias };
  const projection = (k: number, n: number) => ({ weights: draw(k, n), bias: draw(n) });
  const layer = { norm1: norm, attention: projection(8, 24), attentionOut: projection(8, 8), norm2: norm };
  const layers = [{ ...layer, up: projection(8, 32), down: projection(32, 8) }];
  const model = { config: { heads: 2 }, tokens: table, positions: draw(6, 8), layers, norm };
  const writer = decoder(model, 2, 6);
  let ids: ArrayLike<number> = [3, 5];
  for (let position = 0; position < 6; position++) {
    const logits = writer.next(ids, [1, 0], position);
    const { tokens, logProbs } = sampleTokens(logits, [rng.random(), rng.random()], { topK: 5 });
    found.push(...logProbs);
    ids = tokens;
  }
  return [...found, ...parameters.flatMap((p) => Array.from(p.toArray()))];
}

describe("moving every block before each allocation changes no bit of", () => {
  for (const activation of ["relu", "gelu"] as const) {
    test(`training with ${activation}`, () => {
      moving = false;
      const expected = trained(activation);
      expect(expected.every(Number.isFinite)).toBe(true);
      growSlowly();
      const bytes = u8.byteLength;
      moving = true;
      moves = 0;
      const actual = trained(activation);
      moving = false;
      vi.restoreAllMocks();
      expect(moves).toBeGreaterThan(200);
      expect(u8.byteLength - bytes).toBeGreaterThan(200 * 65_536);
      expect(actual).toEqual(expected);
    });
  }

  test("a language model, learning and speaking", () => {
    moving = false;
    const expected = spoken();
    expect(expected.every(Number.isFinite)).toBe(true);
    growSlowly();
    moving = true;
    moves = 0;
    const actual = spoken();
    moving = false;
    vi.restoreAllMocks();
    expect(moves).toBeGreaterThan(100);
    expect(actual).toEqual(expected);
  });
});
