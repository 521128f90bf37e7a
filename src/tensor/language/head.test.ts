/** The head of a language model: log-probabilities, padding, and draws. */

import { describe, expect, test } from "vitest";
import { kernels } from "../../kernels/kernels.js";
import { defaultRng } from "../../random/index.js";
import { entropyOf, gather, indices, linear, noGrad, parameter, type Tensor, tensor } from "../index.js";
import { at, Tensor as Memory } from "../tensor.js";
import { sampleTokens, tokenLogits, tokenLogProbs } from "./index.js";

const rng = defaultRng(8);
const some = (...shape: number[]): Tensor => tensor(rng.standardNormal(shape.reduce((a, b) => a * b, 1)), shape);

function transposed(x: Tensor): Tensor {
  const [rows, columns] = x.shape;
  const values = x.toArray();
  return tensor(
    Float32Array.from({ length: x.size }, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]),
    [columns, rows],
  );
}

const row = (y: Tensor, which: number): Float32Array => y.slice(which, which + 1).toArray();

const sizes = [
  { m: 1, v: 1, c: 3 },
  { m: 5, v: 13, c: 7 },
  { m: 40, v: 29, c: 64 },
  { m: 33, v: 100, c: 5 },
  { m: 9, v: 700, c: 16 },
];

describe.each(sizes)("with $m rows, $v tokens and width $c,", ({ m, v, c }) => {
  const h = some(m, c);
  const w = some(v, c);
  const bias = some(v);
  const targets = indices(Int32Array.from(rng.integers(0, v, m)));

  test.each([1, 0.7])("log π has the bits of logSoftmax of the same logits, at temperature %d", (temperature) => {
    for (const given of [undefined, bias]) {
      const y = tokenLogProbs(h, w, targets, { temperature, bias: given });
      const logits = linear(h, transposed(w), given);
      expect(tokenLogits(h, w, given).toArray()).toEqual(logits.toArray());
      const logProbs = logits.div(temperature).logSoftmax();
      expect(row(y, 0)).toEqual(gather(logProbs, targets).toArray());
      const entropies = entropyOf(logProbs).toArray();
      for (const [r, value] of row(y, 1).entries()) expect(Math.abs(value - entropies[r])).toBeLessThan(4e-6);
    }
  });

  test("a draw has the bits of tokenLogProbs at the same temperature", () => {
    for (const temperature of [1, 0.7]) {
      const { tokens, logProbs } = sampleTokens(tokenLogits(h, w, bias), rng.uniform(0, 1, m), { temperature });
      const y = tokenLogProbs(h, w, indices(tokens), { temperature, bias });
      expect(logProbs).toEqual(row(y, 0));
    }
  });
});

test("rows have the same bits alone, in a batch, and without a graph, where they are computed in chunks", () => {
  const h = parameter(some(150, 4));
  const w = parameter(some(20_000, 4));
  const targets = indices(Int32Array.from(rng.integers(-1, 20_000, 150)));
  const whole = tokenLogProbs(h, w, targets);
  expect(noGrad(() => tokenLogProbs(h, w, targets)).toArray()).toEqual(whole.toArray());
  const alone = noGrad(() => tokenLogProbs(h.slice(149, 150), w, indices([targets.toArray()[149]])));
  expect([...alone.toArray()]).toEqual([row(whole, 0)[149], row(whole, 1)[149]]);
});

test("padding gives 0 and no gradient, whatever its row holds", () => {
  const values = some(4, 3).toArray();
  const gradients = [0, 7, Number.NaN].map((filler) => {
    const h = parameter(
      tensor(
        values.map((x, i) => (i >= 3 && i < 6 ? filler : x)),
        [4, 3],
      ),
    );
    const w = parameter(tensor([0.1, -0.4, 0.3, 1, 0.5, -0.2, 0.3, 0.3, 0.6, -1, 0.2, 0.8, -0.5, 0.4, 0.9], [5, 3]));
    const y = tokenLogProbs(h, w, indices([4, -1, 0, 2]), { bias: parameter(tensor([0.1, 0.2, 0.3, 0.4, 0.5])) });
    const found = [row(y, 0)[1], row(y, 1)[1]];
    y.sum().backward();
    return [found, [...h.grad!.toArray()], Number.isNaN(filler) ? [] : [...w.grad!.toArray()]];
  });
  expect(gradients[0][0]).toEqual([0, 0]);
  expect(gradients[0][1].slice(3, 6)).toEqual([0, 0, 0]);
  expect(gradients[1]).toEqual(gradients[0]);
  expect(gradients[2].slice(0, 2)).toEqual(gradients[0].slice(0, 2));
});

test("a certain token has log π and entropy 0, an impossible one a large negative log π, and no gradient is NaN", () => {
  const h = parameter(tensor([[1], [1]]));
  const w = parameter(tensor([[300], [-300], [-Infinity]]));
  const y = tokenLogProbs(h, w, indices([0, 1]));
  expect(y.toNested()).toEqual([
    [0, -600],
    [0, 0],
  ]);
  const finite = parameter(tensor([[300], [-300]]));
  tokenLogProbs(h, finite, indices([0, 1]))
    .sum()
    .backward();
  expect(finite.grad!.toArray().every(Number.isFinite)).toBe(true);
});

describe("drawing", () => {
  const logits = tensor([
    [1, 3, 3, 2, 0, 3],
    [-1, -1, -1, -1, -1, -1],
  ]);

  test("takes the first token at which the running sum exceeds the uniform number, as categorical_sample does", () => {
    const x = some(1, 40);
    const logProb = new Memory([1]);
    const work = new Memory([40]);
    for (let draw = 0; draw < 200; draw++) {
      const u = rng.random();
      const { tokens, logProbs } = sampleTokens(x, [u]);
      expect(tokens[0]).toBe(kernels.categorical_sample(at(logProb), at(work), at(x), 40, u));
      expect(logProbs[0]).toBe(logProb.item());
    }
  });

  test("with topK keeps exactly k tokens; of equal logits at the k-th place, those of the first ids", () => {
    const drawn = (topK: number): number[][] => {
      const found = [new Set<number>(), new Set<number>()];
      for (let i = 0; i < 400; i++) {
        const u = (i + 0.5) / 400;
        for (const [r, token] of sampleTokens(logits, [u, u], { topK }).tokens.entries()) found[r].add(token);
      }
      return found.map((set) => [...set].sort((a, b) => a - b));
    };
    expect(drawn(1)).toEqual([[1], [0]]);
    expect(drawn(2)).toEqual([
      [1, 2],
      [0, 1],
    ]);
    expect(drawn(4)).toEqual([
      [1, 2, 3, 5],
      [0, 1, 2, 3],
    ]);
    expect(drawn(6)).toEqual(drawn(100));
  });

  test("with topK gives the log-probability of the truncated distribution", () => {
    const x = some(1, 50);
    const kept = [...x.toArray()]
      .map((z) => z / 0.8)
      .sort((a, b) => b - a)
      .slice(0, 7);
    const logTotal = Math.log(kept.reduce((sum, z) => sum + Math.exp(z), 0));
    for (const u of [0, 0.3, 0.9, 0.9999]) {
      const { tokens, logProbs } = sampleTokens(x, [u], { temperature: 0.8, topK: 7 });
      expect(Math.abs(logProbs[0] - (x.toArray()[tokens[0]] / 0.8 - logTotal))).toBeLessThan(1e-5);
    }
    expect(sampleTokens(x, [0.5], { topK: 1 }).logProbs[0]).toBe(0);
  });

  test("follows the probabilities", () => {
    const x = tensor([[0, Math.log(2), Math.log(5)]]);
    const counts = [0, 0, 0];
    for (let i = 0; i < 800; i++) counts[sampleTokens(x, [(i + 0.5) / 800]).tokens[0]]++;
    expect(counts).toEqual([100, 200, 500]);
  });

  test("never draws a token of logit -∞, and refuses rows without a distribution by their number", () => {
    const never = tensor([[-Infinity, 0, -Infinity, 0]]);
    for (const u of [0, 0.5, 0.999999]) expect([1, 3]).toContain(sampleTokens(never, [u]).tokens[0]);
    const bad = tensor([
      [0, 1],
      [0, Number.NaN],
    ]);
    expect(() => sampleTokens(bad, [0.5, 0.5])).toThrow(
      "sampleTokens: row 1 of the logits [2, 2] has no distribution: its log-probability is NaN",
    );
  });
});
