/**
 * What PyTorch's numbers do not cover: draws, modes, one state against rows, finite differences, and invalid arguments.
 */

import { describe, expect, test } from "vitest";
import { expectNear } from "../../test/golden/read.js";
import { defaultRng } from "../random/index.js";
import { gradientCheck, indices, noGrad, parameter, type Shape, type Tensor, tensor, zeros } from "../tensor/index.js";
import {
  bernoulli,
  categorical,
  explorationMatrix,
  gaussian,
  gsde,
  multiCategorical,
  squashedGaussian,
} from "./index.js";

const rng = defaultRng(3);
const some = (shape: Shape, name = "x"): Tensor =>
  parameter(tensor(rng.standardNormal(shape.reduce((a, b) => a * b, 1)), shape), name);
const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
const times = <T>(n: number, draw: () => T): T[] => Array.from({ length: n }, draw);
/** The same row, n times. */
const repeated = (row: readonly number[], n: number): Tensor => tensor(times(n, () => row).flat(), [n, row.length]);

describe("a masked choice", () => {
  const logits = tensor([3, 1, 2, 0]);
  const mask = tensor([0, 1, 0, 1]);

  test("never draws a forbidden action, however likely it was, and its mode is the most likely of the rest", () => {
    const pi = categorical(logits, mask);
    const drawn = times(2000, () => pi.sample(rng));
    expect(new Set(drawn)).toEqual(new Set([1, 3]));
    expectNear(drawn.filter((action) => action === 1).length / 2000, 1 / (1 + Math.exp(-1)), 0.03);
    expect(pi.mode()).toBe(1);
    expect(categorical(logits).mode()).toBe(0);
  });

  test("gives a forbidden action a probability of exactly 0, and the rest sum to 1", () => {
    const { logProbs } = categorical(logits, mask);
    expect([...logProbs.exp().toArray()].map((p) => p === 0)).toEqual([true, false, true, false]);
    expectNear(logProbs.exp().sum().item(), 1);
  });

  test("is certain if one action is left, with an entropy of exactly 0 and no gradient", () => {
    const learned = some([2, 3]);
    const pi = categorical(learned, tensor([[0, 1, 0], [1, 0, 0]])); // biome-ignore format: rows
    expect([...pi.entropy().toArray()].map(Math.abs)).toEqual([0, 0]);
    expect([...pi.sampleRows(rng)]).toEqual([1, 0]);
    pi.logProb([1, 0]).add(pi.entropy()).sum().backward();
    expect([...(learned.grad as Tensor).toArray()]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test("diverges by the logarithm of the forbidden share, in finite numbers", () => {
    const uniform = tensor([0, 0, 0, 0]);
    expectNear(categorical(uniform, mask).kl(categorical(uniform)).item(), Math.LN2);
    expect(categorical(uniform).kl(categorical(uniform, mask)).item()).toBeGreaterThan(1e7);
  });

  test("agrees with finite differences", () => {
    const learned = some([3, 4]);
    const open = tensor([[1, 1, 0, 1], [0, 1, 1, 0], [1, 1, 1, 1]]); // biome-ignore format: rows
    gradientCheck(() => {
      const pi = categorical(learned, open);
      return pi.logProb([3, 1, 0]).add(pi.entropy()).sum();
    }, [learned]);
  });

  test("names the row that allows nothing, and refuses a mask of another shape", () => {
    const rows = zeros([3, 2]);
    expect(() => categorical(rows, tensor([[1, 0], [0, 0], [1, 1]]))).toThrow("mask: row 1 allows none of its 2 actions"); // biome-ignore format: rows
    expect(() => categorical(rows, tensor([1, 0]))).toThrow("shapes [2], [3, 2], [3, 2] must be equal");
    expect(() => multiCategorical(zeros([4]), [2, 2], tensor([1, 1, 0, 0]))).toThrow("row 0 allows none of its 2");
  });
});

describe("several choices at once", () => {
  const nvec = [2, 3];

  test("are drawn one after another, row by row, as each choice would be by itself", () => {
    const logits = some([4, 5]);
    const drawn = multiCategorical(logits, nvec).sample(defaultRng(5));
    const same = defaultRng(5);
    const expected = [0, 1, 2, 3].flatMap((row) => {
      const one = logits.slice(row, row + 1).reshape([5]);
      return [categorical(one.slice(0, 2)).sample(same), categorical(one.slice(2, 5)).sample(same)];
    });
    expect([...drawn]).toEqual(expected);
  });

  test("have the most likely index of each as their mode", () => {
    expect([...multiCategorical(tensor([[1, 2, 9, 8, 9], [2, 1, 0, 5, 6]]), nvec).mode()]).toEqual([1, 0, 0, 2]); // biome-ignore format: rows
  });

  test("never draw a forbidden action", () => {
    const pi = multiCategorical(tensor([5, 0, 5, 0, 0]), nvec, tensor([0, 1, 0, 1, 1]));
    const drawn = times(500, () => [...pi.sample(rng)].join());
    expect(new Set(drawn)).toEqual(new Set(["1,1", "1,2"]));
    expect([...pi.mode()]).toEqual([1, 1]);
    expectNear(pi.entropy().item(), Math.LN2);
  });

  test("are the same for one state and as a row of many", () => {
    const logits = tensor([0.5, -1, 2, 0, 1]);
    const one = multiCategorical(logits, nvec);
    const rows = multiCategorical(logits.reshape([1, 5]), nvec);
    expect(one.logProb(Int32Array.of(1, 2)).shape).toEqual([]);
    expect(one.logProb(Int32Array.of(1, 2)).item()).toBe(rows.logProb(indices([[1, 2]])).item());
    expect(one.entropy().item()).toBe(rows.entropy().item());
  });

  test("refuse logits of the wrong number, and invalid actions", () => {
    expect(() => multiCategorical(zeros([2, 4]), nvec)).toThrow("choices among 2, 3 need 5 logits a row, got [2, 4]");
    expect(() => multiCategorical(zeros([5]), nvec).logProb(Int32Array.of(1, 3))).toThrow("is not from 0 to 2");
  });
});

describe("binary choices", () => {
  test("are on as often as their logits say, and at a logit of 0 their mode is off", () => {
    const pi = bernoulli(tensor([2, -1, 0]));
    const drawn = times(4000, () => pi.sample(rng));
    const expected = [0.8807970779778823, 0.2689414213699951, 0.5];
    expected.forEach((p, j) => void expectNear(mean(drawn.map((actions) => actions[j])), p, 0.03));
    expect([...pi.mode()]).toEqual([1, 0, 0]);
  });

  test("that are nearly certain have an entropy above 0 and below 1e-10, not NaN", () => {
    for (const logit of [30, -30]) {
      const entropy = bernoulli(tensor([logit]))
        .entropy()
        .item();
      expect(entropy > 0 && entropy < 1e-10).toBe(true);
    }
    expect(
      bernoulli(tensor([1000, -1000]))
        .entropy()
        .item(),
    ).toBe(0);
    expect(
      bernoulli(tensor([1000]))
        .logProb(Int32Array.of(0))
        .item(),
    ).toBe(-1000);
  });

  test("agree with finite differences", () => {
    const p = some([2, 3]);
    const q = some([2, 3]);
    gradientCheck(() => {
      const pi = bernoulli(p);
      return pi.logProb(indices([[1, 0, 1], [0, 0, 1]])).add(pi.entropy()).add(pi.kl(bernoulli(q))).sum(); // biome-ignore format: rows
    }, [p, q]);
  });

  test("refuse actions other than 0 and 1, or of another shape", () => {
    expect(() => bernoulli(zeros([2])).logProb(Int32Array.of(0, 2))).toThrow(
      "action 2 at element 1 is neither 0 nor 1",
    );
    expect(() => bernoulli(zeros([2])).logProb(indices([1]))).toThrow("needs int32 actions [2], got int32 [1]");
    expect(() => bernoulli(zeros([2])).logProb(tensor([1, 0]))).toThrow("got float32 [2]");
  });
});

describe("a squashed Gaussian", () => {
  test("is a density: it integrates to 1 over (-1, 1)", () => {
    const pi = squashedGaussian(tensor([0.4]), tensor([-0.3]));
    const n = 4000;
    let total = 0;
    for (let i = 0; i < n; i++) {
      const a = -1 + (2 * (i + 0.5)) / n;
      total += (Math.exp(pi.logProb(Float32Array.of(Math.atanh(a))).item()) * 2) / n;
    }
    expectNear(total, 1, 1e-4);
  });

  test("has as its entropy the mean of -log π over its draws", () => {
    const logStd = tensor([0.2, -0.5]);
    const rows = squashedGaussian(repeated([0.5, -1], 20_000), logStd);
    const surprise = rows.logProb(tensor(rows.sample(rng), [20_000, 2])).neg();
    const entropy = squashedGaussian(tensor([0.5, -1]), logStd)
      .entropy()
      .item();
    expectNear(surprise.mean().item(), entropy, 0.03);
  });

  test("has the log-probability of its distribution function's numerical derivative, far out too", () => {
    const pi = squashedGaussian(tensor([7]), tensor([0]));
    // At u = 7, ln N = -½ ln 2π, and ln(1 - tanh²7) = -ln cosh² 7.
    expectNear(pi.logProb(Float32Array.of(7)).item(), -0.9189385332046727 + 2 * Math.log(Math.cosh(7)));
    expect(
      Number.isFinite(
        squashedGaussian(tensor([90]), tensor([0]))
          .logProb(Float32Array.of(91))
          .item(),
      ),
    ).toBe(true);
  });

  test("has the divergence of the Gaussians before squashing", () => {
    const [p, q] = [[0.5], [0]].map((mean) => repeated(mean, 20_000));
    const [ofP, ofQ] = [squashedGaussian(p, tensor([-1])), squashedGaussian(q, tensor([-0.5]))];
    const u = tensor(ofP.sample(rng), [20_000, 1]);
    const divergence = squashedGaussian(tensor([0.5]), tensor([-1])).kl(squashedGaussian(tensor([0]), tensor([-0.5])));
    expectNear(ofP.logProb(u).sub(ofQ.logProb(u)).mean().item(), divergence.item(), 0.03);
  });

  test("agrees with finite differences, entropy included", () => {
    const mu = some([3, 2]);
    const logStd = some([2]);
    const u = tensor(rng.standardNormal(6), [3, 2]);
    gradientCheck(() => squashedGaussian(mu, logStd).logProb(u).mean(), [mu, logStd]);
    gradientCheck(() => squashedGaussian(mu, logStd).entropy().mean(), [mu, logStd]);
  });

  test("has the mean before squashing as its mode", () => {
    expect([...squashedGaussian(tensor([0.5, -2]), tensor([0, 0])).mode()]).toEqual([0.5, -2]);
  });
});

describe("state-dependent exploration", () => {
  const logStd = tensor([[-1, 0], [-2, 0.5], [0, -1]]); // biome-ignore format: rows

  test("draws matrices row by row, with the deviation of each entry", () => {
    const normals = defaultRng(9).standardNormal(6);
    const matrix = explorationMatrix(logStd, defaultRng(9));
    expect(matrix.shape).toEqual([3, 2]);
    matrix.toArray().forEach((value, i) => void expectNear(value, normals[i] * Math.exp(logStd.toArray()[i])));
  });

  test("gives the same action in the same state until the matrix is drawn anew", () => {
    const mu = tensor([[1, 2], [1, 2]]); // biome-ignore format: rows
    const features = tensor([[1, 0, -2], [1, 0, -2]]); // biome-ignore format: rows
    const matrix = explorationMatrix(logStd, rng);
    const [a, b, c, d] = gsde(mu, features, logStd).sample(matrix);
    expect([a, b]).toEqual([c, d]);
    expect([...gsde(mu, features, logStd).mode()]).toEqual([1, 2, 1, 2]);
  });

  test("has, over many matrices, the deviation from which log π is computed", () => {
    const pi = gsde(tensor([1, 2]), tensor([0.5, -1, 2]), logStd);
    const draws = times(4000, () => pi.sample(explorationMatrix(logStd, rng)));
    for (const j of [0, 1]) {
      const square = mean(draws.map((action) => (action[j] - [1, 2][j]) ** 2));
      expectNear(square / pi.variance.toArray()[j], 1, 0.1);
    }
  });

  test("is an ordinary Gaussian if the features are constant", () => {
    const mu = tensor([0.3, -0.4]);
    const one = tensor([1]);
    const pi = gsde(mu, one, tensor([[-0.5, 0.2]]));
    const plain = gaussian(mu, tensor([-0.5, 0.2]));
    const action = Float32Array.of(0.1, 0.2);
    expectNear(pi.logProb(action).item(), plain.logProb(action).item(), 1e-5);
    expectNear(pi.entropy().item(), plain.entropy().item(), 1e-5);
  });

  test("agrees with finite differences, and sends no gradient from its variance into the features", () => {
    const mu = some([3, 2]);
    const spread = some([4, 2]);
    const features = some([3, 4]);
    const actions = tensor(rng.standardNormal(6), [3, 2]);
    const loss = (): Tensor => {
      const pi = gsde(mu, features, spread);
      return pi.logProb(actions).add(pi.entropy()).mean();
    };
    gradientCheck(loss, [mu, spread]);
    expect(features.grad).toBeUndefined();
  });

  test("refuses shapes that do not fit", () => {
    const message = "needs mean [m, d], features [m, L] and logStd [L, d], got [2, 2], [2, 4], [3, 2]";
    expect(() => gsde(zeros([2, 2]), zeros([2, 4]), logStd)).toThrow(message);
    expect(() => gsde(zeros([2, 2]), zeros([3, 3]), logStd)).toThrow("gsde: needs");
  });
});

test("a Gaussian draws a row for each mean, in the order of the rows", () => {
  const pi = noGrad(() => gaussian(tensor([[0, 10], [100, 1000]]), tensor([-9, -9]))); // biome-ignore format: rows
  [0, 10, 100, 1000].forEach((mu, i) => void expectNear(pi.sample(defaultRng(1))[i], mu, 1e-2));
});

describe("without probabilities there is no action, as in PyTorch:", () => {
  const nan = Number.NaN;
  const none = (what: string): string =>
    `${what}, so there are no probabilities to choose by: an input or a weight was not finite`;

  test("a choice with a NaN or infinite logit, or without a finite one", () => {
    for (const [logits, what] of [
      [[0, nan, 1], "logit 1 of 3 is NaN"],
      [[nan, 0, 1], "logit 0 of 3 is NaN"],
      [[0, 1, Infinity], "logit 2 of 3 is Infinity"],
      [[-Infinity, -Infinity], "all logits are -Infinity"],
    ] as const) {
      const pi = categorical(tensor([...logits]));
      expect(() => pi.sample(rng)).toThrow(none(what));
    }
    expect(() => categorical(tensor([0, nan])).mode()).toThrow(none("logit 1 of 2 is NaN"));
    expect(() =>
      categorical(
        tensor([
          [0, 1],
          [0, nan],
        ]),
      ).sampleRows(rng),
    ).toThrow(none("logit 1 of 2 is NaN"));
    expect(() => multiCategorical(tensor([0, 1, nan]), [2, 1]).sample(rng)).toThrow(none("logit 0 of 1 is NaN"));
    expect(categorical(tensor([-Infinity, 0])).sample(rng)).toBe(1);
  });

  test("switches and normal numbers that are NaN", () => {
    const refusal = (what: string): string => `${what} is NaN, so there is nothing to draw from`;
    expect(() => bernoulli(tensor([0, nan])).sample(rng)).toThrow(refusal("logit 1"));
    expect(() => bernoulli(tensor([0, nan])).mode()).toThrow(refusal("logit 1"));
    expect(() => gaussian(tensor([nan]), tensor([0])).sample(rng)).toThrow(refusal("mean 0"));
    expect(() => gaussian(tensor([nan]), tensor([0])).mode()).toThrow(refusal("mean 0"));
    expect(() => gaussian(tensor([0]), tensor([nan])).sample(rng)).toThrow(refusal("logStd 0"));
    expect(() => squashedGaussian(tensor([nan]), tensor([0])).sample(rng)).toThrow(refusal("mean 0"));
    expect(() => gsde(tensor([nan]), tensor([1]), zeros([1, 1])).sample(zeros([1, 1]))).toThrow(refusal("mean 0"));
    expect(() => gsde(tensor([nan]), tensor([1]), zeros([1, 1])).mode()).toThrow(refusal("mean 0"));
  });
});
