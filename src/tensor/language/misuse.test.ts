/** Errors name the operation, what it needs, and the shapes that it got. */

import { expect, test } from "vitest";
import { indices, tensor, zeros } from "../index.js";
import {
  batchedMatmul,
  causalAttention,
  embedding,
  layerNorm,
  sampleTokens,
  segmentSum,
  tokenLogits,
  tokenLogProbs,
} from "./index.js";

const cases: [what: string, act: () => unknown, message: string][] = [
  [
    "a span beyond the numbers",
    () => segmentSum(zeros([4]), [{ start: 2, end: 5 }]),
    "segmentSum: span 0 from 2 to 5 is not within 4 numbers",
  ],
  [
    "spans of a matrix",
    () => segmentSum(zeros([2, 2]), []),
    "segmentSum: needs float32 numbers [n], got float32 [2, 2]",
  ],
  ["a table that is no matrix", () => embedding(zeros([3]), indices([0])), "embedding: needs a table [V, C], got [3]"],
  [
    "an id beyond the table",
    () =>
      embedding(
        zeros([3, 2]),
        indices([
          [0, 1],
          [3, 0],
        ]),
      ),
    "embedding: id 3 at element 2 of ids [2, 2] is not from 0 to 2",
  ],
  [
    "a negative id",
    () => embedding(zeros([3, 2]), indices([-1])),
    "embedding: id -1 at element 0 of ids [1] is not from 0 to 2",
  ],
  [
    "ids of float32",
    () => embedding(zeros([3, 2]), tensor([0, 1])),
    "embedding: ids must be int32, got a float32 tensor [2]; make them with indices(…)",
  ],
  [
    "ids that are numbers",
    () => embedding(zeros([3, 2]), [0, 1] as never),
    "embedding: needs a tensor, got an array of 2",
  ],
  [
    "a gain of another length",
    () => layerNorm(zeros([2, 3]), zeros([4]), zeros([3])),
    "layerNorm: needs x [.., C], gain [C] and bias [C], got [2, 3], [4], [3]",
  ],
  [
    "an eps of 0",
    () => layerNorm(zeros([2, 3]), zeros([3]), zeros([3]), 0),
    "layerNorm: eps must be a number above 0, it is 0",
  ],
  [
    "channels that the heads don't divide",
    () => causalAttention(zeros([1, 2, 12]), 3),
    "causalAttention: needs qkv [B, T, 3C] with C a multiple of heads, got [1, 2, 12] and 3 heads",
  ],
  [
    "channels that are no multiple of 3",
    () => causalAttention(zeros([1, 2, 8]), 1),
    "with C a multiple of heads, got [1, 2, 8] and 1 heads",
  ],
  [
    "rows without a number of steps",
    () => causalAttention(zeros([4, 12]), 2),
    "causalAttention: needs qkv [B, T, 3C], or [B·T, 3C] with the number of steps T, got [4, 12] and undefined steps",
  ],
  ["steps that don't divide the rows", () => causalAttention(zeros([4, 12]), 2, 3), "got [4, 12] and 3 steps"],
  [
    "a head of another width",
    () => tokenLogProbs(zeros([2, 3]), zeros([5, 4]), indices([0, 0])),
    "tokenLogProbs: needs h [m, C], W [V, C] and a bias [V] or none, got [2, 3], [5, 4]",
  ],
  [
    "a bias of another length",
    () => tokenLogits(zeros([2, 3]), zeros([5, 3]), zeros([4])),
    "tokenLogits: needs h [m, C], W [V, C] and a bias [V] or none, got [2, 3], [5, 3] and [4]",
  ],
  [
    "too few targets",
    () => tokenLogProbs(zeros([2, 3]), zeros([5, 3]), indices([0])),
    "tokenLogProbs: needs h [m, C] and targets [m], got [2, 3] and [1]",
  ],
  [
    "a target beyond the vocabulary",
    () => tokenLogProbs(zeros([2, 3]), zeros([5, 3]), indices([0, 5])),
    "tokenLogProbs: id 5 at element 1 of ids [2] is not from -1 to 4",
  ],
  [
    "a temperature of 0",
    () => tokenLogProbs(zeros([1, 3]), zeros([5, 3]), indices([0]), { temperature: 0 }),
    "tokenLogProbs: the temperature must be a number above 0, it is 0",
  ],
  [
    "batches of two sizes",
    () => batchedMatmul(zeros([2, 3, 4]), zeros([3, 4, 5])),
    "batchedMatmul: needs [b, m, k] and [b, k, n], got [2, 3, 4] and [3, 4, 5]",
  ],
  [
    "a transposed operand that doesn't fit",
    () => batchedMatmul(zeros([2, 3, 4]), zeros([2, 4, 5]), { c: true }),
    "batchedMatmul: needs [b, m, k] and [b, n, k], got [2, 3, 4] and [2, 4, 5]",
  ],
  [
    "too few uniform numbers",
    () => sampleTokens(zeros([2, 3]), [0.5]),
    "sampleTokens: needs logits [R, V] and R uniform numbers, got [2, 3] and 1",
  ],
  [
    "a temperature that is no number",
    () => sampleTokens(zeros([1, 3]), [0.5], { temperature: Number.NaN }),
    "sampleTokens: the temperature must be a number above 0, it is NaN",
  ],
  [
    "a topK of 0",
    () => sampleTokens(zeros([1, 3]), [0.5], { topK: 0 }),
    "sampleTokens: topK must be a whole number of at least 1, it is 0",
  ],
];

test.each(cases)("%s is refused by name", (_, act, message) => {
  expect(act).toThrow(message);
});
