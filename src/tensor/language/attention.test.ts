/** A position's attention has the same bits alone and in longer sequences. */

import { describe, expect, test } from "vitest";
import { defaultRng } from "../../random/index.js";
import { noGrad, type Tensor, tensor } from "../index.js";
import { causalAttention } from "./index.js";

const rng = defaultRng(5);
const some = (...shape: number[]): Tensor => tensor(rng.standardNormal(shape.reduce((a, b) => a * b, 1)), shape);

/** Positions [first, end) of all sequences of x [B, T, n]: [B, end - first, n]. */
const positions = (x: Tensor, first: number, end: number): Tensor => x.slice(first, end, 1);

const sizes = [
  { batch: 1, steps: 1, heads: 1, width: 1 },
  { batch: 3, steps: 17, heads: 2, width: 3 },
  { batch: 2, steps: 61, heads: 4, width: 16 },
  { batch: 2, steps: 32, heads: 3, width: 8 },
  { batch: 1, steps: 100, heads: 1, width: 40 },
];

describe.each(sizes)(
  "of $batch sequences of $steps positions, $heads heads of $width,",
  ({ batch, steps, heads, width }) => {
    const c = heads * width;
    const qkv = some(batch, steps, 3 * c);
    const whole = causalAttention(qkv, heads).toArray();

    test("each prefix has the bits of the whole", () => {
      for (const length of new Set([1, steps >> 1, steps - 1, Math.min(16, steps)])) {
        if (length < 1) continue;
        const prefix = causalAttention(positions(qkv, 0, length), heads);
        expect(prefix.toArray()).toEqual(positions(tensor(whole, [batch, steps, c]), 0, length).toArray());
      }
    });
  },
);

test("what comes later changes nothing, and each row is a mean of the values so far", () => {
  const qkv = some(1, 9, 6);
  const changed = tensor(
    qkv.toArray().map((x, i) => (i < 5 * 6 ? x : 100 * x)),
    [1, 9, 6],
  );
  const [a, b] = [qkv, changed].map((x) => positions(causalAttention(x, 1), 0, 5).toArray());
  expect(a).toEqual(b);
  expect(a.subarray(0, 2)).toEqual(qkv.toArray().subarray(4, 6));
});

test("logits far apart give probabilities of 0 and 1, not NaN", () => {
  const qkv = tensor([100, 100, 1, 100, -100, 2, -100, 100, 3], [3, 3]);
  expect(causalAttention(qkv, 1, 3).toArray()).toEqual(Float32Array.of(1, 1, 2));
});

test("without a graph the bits are the same", () => {
  const qkv = some(2, 33, 24);
  expect(noGrad(() => causalAttention(qkv, 2)).toArray()).toEqual(causalAttention(qkv, 2).toArray());
});
