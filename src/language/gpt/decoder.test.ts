/** Writing step by step with a cache gives the bits of a whole pass. */

import { describe, expect, test } from "vitest";
import { evacuate, heapUsed, release } from "../../kernels/heap.js";
import { defaultRng } from "../../random/index.js";
import { noGrad } from "../../tensor/index.js";
import { decoder, tokenLogits } from "../../tensor/language/index.js";
import { type Gpt, gpt } from "./gpt.js";

const rng = defaultRng(5);

/** The logits after each position of each sequence, by one pass over all. */
function whole(model: Gpt, ids: Int32Array, length: number): Float32Array[] {
  const v = model.config.vocabulary;
  const z = noGrad(() => tokenLogits(model.states(ids, length), model.tokens).toArray());
  return Array.from({ length: ids.length }, (_, i) => z.subarray(i * v, (i + 1) * v));
}

describe.each([
  { rows: 1, length: 1, vocabulary: 2, layers: 1, heads: 1, width: 1 },
  { rows: 1, length: 20, vocabulary: 65, layers: 2, heads: 4, width: 64 },
  { rows: 3, length: 17, vocabulary: 9, layers: 2, heads: 2, width: 6 },
  { rows: 7, length: 33, vocabulary: 33, layers: 1, heads: 3, width: 24 },
  { rows: 64, length: 18, vocabulary: 40, layers: 1, heads: 1, width: 40 },
])("$rows sequences of $length tokens, $heads heads in $width numbers,", ({ rows, length, ...sizes }) => {
  const model = gpt({ ...sizes, context: length }, rng);
  for (const p of model.parameters()) p.set(rng.standardNormal(p.size).map((x) => x / 2));
  const ids = Int32Array.from(rng.integers(0, sizes.vocabulary, rows * length));
  const wanted = whole(model, ids, length);

  test("have the bits of a whole pass, while some are read and others end", () => {
    const writer = decoder(model, rows + 1, length);
    // In slots of another order, of which the first stays empty.
    let going = Array.from({ length: rows }, (_, row) => row);
    for (let t = 0; t < length; t++) {
      if (t % 5 === 4 && going.length > 1) going = going.filter((row) => row % 3 !== t % 3);
      const given = going.map((row) => ids[row * length + t]);
      const slots = going.map((row) => rows - row);
      if (t === 2) writer.read(given, slots, t);
      else {
        const logits = writer.next(given, slots, t).toArray();
        for (const [i, row] of going.entries())
          expect(logits.subarray(i * sizes.vocabulary, (i + 1) * sizes.vocabulary)).toEqual(wanted[row * length + t]);
      }
    }
  });
});

const small = gpt({ vocabulary: 5, context: 4, layers: 1, heads: 2, width: 6 }, rng);

test("a slot is used again from position 0 as if it were new", () => {
  const writer = decoder(small, 1, 4);
  const run = (ids: number[]): number[][] => ids.map((id, t) => [...writer.next([id], [0], t).toArray()]);
  const before = run([1, 2, 3, 4]);
  run([4, 4, 0, 1]);
  expect(run([1, 2, 3, 4])).toEqual(before);
});

test("a step leaves its logits and nothing else", () => {
  const writer = decoder(small, 3, 4);
  evacuate();
  const used = [0, 1, 2, 3].map((position) => {
    release(writer.next([1, 2, 3], [0, 1, 2], position).block);
    return heapUsed();
  });
  expect(new Set(used).size).toBe(1);
});

test("sequences longer than the context are refused", () => {
  expect(() => decoder(small, 1, 5)).toThrow("decoder: sequences of 5 tokens, where the context is 4");
});

test.each([
  ["a token beyond the vocabulary", [5], [0], 0, "decoder: id 5 at element 0 of ids [1] is not from 0 to 4"],
  ["a slot beyond the cache", [1], [2], 0, "decoder: id 2 at element 0 of ids [1] is not from 0 to 1"],
  ["a position beyond the cache", [1], [0], 4, "decoder: position 4 is not from 0 to 3"],
  ["more tokens than slots", [1, 2], [0], 0, "decoder: 2 ids for 1 of 2 slots"],
])("%s is refused", (_, ids, slots, position, message) => {
  expect(() => decoder(small, 2, 4).read(ids, slots, position)).toThrow(message);
});
