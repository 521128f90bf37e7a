/** A position's attention has the same bits alone, in longer sequences, and step by step with a cache. */

import { describe, expect, test } from "vitest";
import { defaultRng } from "../../random/index.js";
import { concat, indices, noGrad, type Tensor, tensor } from "../index.js";
import { attentionCache, causalAttention, decodeAttention } from "./index.js";

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

    test("each step with a cache has the bits of the whole", () => {
      const cache = attentionCache(batch + 1, steps, heads, width);
      // In slots of another order, of which the first stays empty.
      const slots = indices(Array.from({ length: batch }, (_, b) => batch - b));
      const stepped = Array.from({ length: steps }, (_, t) => {
        const y = decodeAttention(positions(qkv, t, t + 1).reshape([batch, 3 * c]), cache, slots, t);
        return y.reshape([batch, 1, c]);
      });
      expect(concat(stepped, 1).toArray()).toEqual(whole);
    });
  },
);

test("sequences that end are left out, and the others go on with the same bits", () => {
  const qkv = some(4, 20, 3 * 8);
  const whole = causalAttention(qkv, 2);
  const cache = attentionCache(4, 20, 2, 4);
  let active = [0, 1, 2, 3];
  for (let t = 0; t < 20; t++) {
    if (t === 5) active = [0, 2, 3];
    if (t === 11) active = [3, 0];
    const rows = concat(active.map((b) => positions(qkv.slice(b, b + 1), t, t + 1).reshape([1, 24])));
    const y = decodeAttention(rows, cache, indices(active), t);
    const wanted = concat(active.map((b) => positions(whole.slice(b, b + 1), t, t + 1).reshape([1, 8])));
    expect(y.toArray()).toEqual(wanted.toArray());
  }
});

test("a slot is used again from position 0 as if it were new", () => {
  const cache = attentionCache(1, 6, 1, 4);
  const slots = indices([0]);
  const run = (x: Tensor): number[][] =>
    Array.from({ length: 6 }, (_, t) => [...decodeAttention(x.slice(t, t + 1), cache, slots, t).toArray()]);
  const first = some(6, 12);
  const before = run(first);
  run(some(6, 12));
  expect(run(first)).toEqual(before);
});

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
