/** The losses of PPO: the fused operations have the values and gradients of their formulas in tensors. */

import { describe, expect, it } from "vitest";
import { defaultRng } from "../random/index.js";
import { parameter, type Tensor, tensor } from "../tensor/index.js";
import { surrogate } from "./ppo.js";
import { valueLoss } from "./value-loss.js";

const SIZES = [1, 2, 15, 16, 17, 100, 515];

const normal = (seed: number, n: number, scale = 1): Float64Array =>
  defaultRng(seed)
    .standardNormal(n)
    .map((x) => scale * x);

/** Largest difference of two lists of numbers. */
function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((worst: number, x, i) => Math.max(worst, Math.abs(x - b[i])), 0);
}

/** A value, and the gradient of three times that value. */
function valueAndSlope(numbers: Float64Array, loss: (x: Tensor) => Tensor): { value: number; slope: Float32Array } {
  const x = parameter(tensor(numbers));
  const value = loss(x);
  value.mul(3).backward();
  return { value: value.item(), slope: x.grad?.toArray() ?? new Float32Array() };
}

describe("the clipped surrogate", () => {
  it.each(SIZES)("of %i steps is its expression, where ratios are clipped and where not, for gains and losses", (n) => {
    for (const seed of [1, 2, 3]) {
      const logProbs = normal(seed, n, 0.3).map((x) => x - 1);
      const old = tensor(normal(seed + 10, n, 0.3).map((x) => x - 1));
      const A = tensor(normal(seed + 20, n, 2));
      for (const epsilon of [0.05, 0.2, 1]) {
        const figures = [surrogate, surrogate.expression].map((one) => {
          const { klK1, klK3, clipFraction } = one(tensor(logProbs), old, A, epsilon);
          return [klK1, klK3, clipFraction];
        });
        expect(apart(figures[0], figures[1])).toBeLessThan(1e-6);
        const fused = valueAndSlope(logProbs, (x) => surrogate(x, old, A, epsilon).gain);
        const plain = valueAndSlope(logProbs, (x) => surrogate.expression(x, old, A, epsilon).gain);
        expect(Math.abs(fused.value - plain.value)).toBeLessThan(1e-6);
        expect(apart(fused.slope, plain.slope)).toBeLessThan(1e-6);
      }
    }
  });

  it("is its expression, to the bit, where ln ρ is beyond 44 and where it is just below", () => {
    const logRatios = Float64Array.of(43.5, 44, 44.125, 60, 87.7, 89, 100, 1e4, 6e7);
    const old = tensor(new Float64Array(9));
    for (const sign of [1, 0, -1]) {
      const A = tensor(new Float64Array(9).fill(sign));
      const [fused, plain] = [surrogate, surrogate.expression].map((one) =>
        valueAndSlope(logRatios, (x) => one(x, old, A, 0.2).gain),
      );
      expect(fused).toEqual(plain);
      expect(fused.slope.every(Number.isFinite)).toBe(true);
    }
  });

  it("meets all four cases there: a ratio inside and outside, with either sign of A", () => {
    const logProbs = normal(1, 515, 0.3).map((x) => x - 1);
    const old = normal(11, 515, 0.3).map((x) => x - 1);
    const A = normal(21, 515, 2);
    const cases = new Set(Array.from(A, (a, t) => `${a > 0} ${Math.abs(Math.exp(logProbs[t] - old[t]) - 1) > 0.2}`));
    expect(cases.size).toBe(4);
    const { slope } = valueAndSlope(logProbs, (x) => surrogate(x, tensor(old), tensor(A), 0.2).gain);
    expect(slope.filter((value) => value === 0).length).toBeGreaterThan(50);
    expect(slope.filter((value) => value !== 0).length).toBeGreaterThan(50);
  });
});

describe("the value loss", () => {
  it.each(SIZES)("of %i steps is its expression, clipped and not", (n) => {
    for (const seed of [1, 2, 3]) {
      const V = normal(seed, n);
      const G = tensor(normal(seed + 10, n));
      const old = tensor(normal(seed + 20, n));
      for (const clip of [undefined, { old, clipRange: 0.5 }, { old, clipRange: 0.01 }, { old, clipRange: 5 }]) {
        const fused = valueAndSlope(V, (x) => valueLoss(x, G, clip));
        const plain = valueAndSlope(V, (x) => valueLoss.expression(x, G, clip));
        expect(Math.abs(fused.value - plain.value) / Math.max(1, plain.value)).toBeLessThan(1e-6);
        expect(apart(fused.slope, plain.slope)).toBeLessThan(1e-5 / n + 1e-6);
      }
    }
  });
});
