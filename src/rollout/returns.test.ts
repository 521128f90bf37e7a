import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Segment } from "./batch.js";
import { discountWeights, gae, returnsToGo, wholeEpisodeReturns } from "./returns.js";

/** Segments of these lengths, one after another, all terminated. */
function segmentsOf(...lengths: number[]): Segment[] {
  let end = 0;
  return lengths.map((length) => {
    end += length;
    return { start: end - length, end, terminated: true, truncated: false };
  });
}

function toGo(
  rewards: number[],
  gamma: number,
  finalValues: number[] = [0],
  segments = segmentsOf(rewards.length),
): number[] {
  return [...returnsToGo(Float64Array.from(rewards), segments, gamma, finalValues)];
}

describe("returnsToGo", () => {
  it("discounts later rewards", () => {
    expect(toGo([1, 1, 1], 0.5)).toEqual([1.75, 1.5, 1]);
    expect(toGo([1, 1, 1], 1)).toEqual([3, 2, 1]);
    expect(toGo([1, 2, 3], 0)).toEqual([1, 2, 3]);
    expect(toGo([5], 0.9)).toEqual([5]);
    expect(toGo([], 0.9, [], [])).toEqual([]);
  });
  it("continues with the final value if an episode was cut", () => {
    expect(toGo([1, 1], 0.5, [8])).toEqual([3.5, 5]);
  });
  it("keeps episodes apart", () => {
    expect(toGo([1, 1, 10, 10, 10], 0.5, [0, 4], segmentsOf(2, 3))).toEqual([1.5, 1, 18, 16, 12]);
  });
});

it("wholeEpisodeReturns credits every step with the return of its episode", () => {
  expect([...wholeEpisodeReturns(Float64Array.of(3, 2, 1, 7, 5), segmentsOf(3, 2))]).toEqual([3, 3, 3, 7, 7]);
});

it("discountWeights are γᵗ, counted anew in each episode; with γ = 0 the first step alone counts", () => {
  expect([...discountWeights(segmentsOf(3, 1, 2), 6, 0.5)]).toEqual([1, 0.5, 0.25, 1, 1, 0.5]);
  expect([...discountWeights(segmentsOf(3), 3, 0)]).toEqual([1, 0, 0]);
});

describe("gae", () => {
  const rewards = Float64Array.of(1, 1, 1);
  const values = [0.5, 0.5, 0.5];
  const advantages = (lambda: number, gamma = 1): number[] => [
    ...gae(rewards, values, segmentsOf(3), { gamma, lambda, finalValues: [0] }),
  ];

  it("is the return minus V for λ = 1, and the one-step advantage for λ = 0", () => {
    expect(advantages(1)).toEqual([2.5, 1.5, 0.5]);
    expect(advantages(0)).toEqual([1, 1, 0.5]);
  });
  it("counts a terminal state 0, and a state at which an episode was cut V", () => {
    const one = (finalValue: number): number =>
      gae(Float64Array.of(1), [2], segmentsOf(1), { gamma: 0.99, lambda: 0.95, finalValues: [finalValue] })[0];
    expect(one(0)).toBe(-1);
    expect(one(10)).toBeCloseTo(8.9, 12);
  });
  it("equals its definition, Σ (γλ)ᵏ δₜ₊ₖ, summed term by term over any episodes", () => {
    const number = fc.double({ min: -10, max: 10, noNaN: true });
    const step = fc.record({ reward: number, value: number });
    const episode = fc.record({
      steps: fc.array(step, { minLength: 1, maxLength: 8 }),
      finalValue: number,
      ended: fc.boolean(),
    });
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(episode, { maxLength: 5 }), unit, unit, (episodes, gamma, lambda) => {
        const expected = episodes.flatMap(({ steps, finalValue, ended }) => {
          const V = [...steps.map(({ value }) => value), ended ? 0 : finalValue];
          const delta = steps.map(({ reward }, t) => reward + gamma * V[t + 1] - V[t]);
          return delta.map((_, t) => delta.slice(t).reduce((sum, d, k) => sum + (gamma * lambda) ** k * d, 0));
        });
        const steps = episodes.flatMap((one) => one.steps);
        const actual = gae(
          Float64Array.from(steps, ({ reward }) => reward),
          steps.map(({ value }) => value),
          segmentsOf(...episodes.map((one) => one.steps.length)),
          { gamma, lambda, finalValues: episodes.map(({ ended, finalValue }) => (ended ? 0 : finalValue)) },
        );
        expect(actual).toHaveLength(expected.length);
        actual.forEach((advantage, t) => void expect(advantage).toBeCloseTo(expected[t], 8));
      }),
      { seed: 1 },
    );
  });
  it("is the return minus V on any episodes for λ = 1", () => {
    const segments = segmentsOf(2, 3);
    const r = Float64Array.of(1, -2, 3, 0.5, 4);
    const v = [0.1, 0.2, -0.3, 0.4, 5];
    const g = returnsToGo(r, segments, 0.9, [0, 7]);
    const a = gae(r, v, segments, { gamma: 0.9, lambda: 1, finalValues: [0, 7] });
    a.forEach((advantage, t) => void expect(advantage).toBeCloseTo(g[t] - v[t], 12));
  });
});
