import { expect, test } from "vitest";
import { expectNear, read } from "../../test/golden/read.js";
import { wilsonInterval } from "../wilson.js";
import { detectableDifference, detectableEffect } from "./detectable.js";
import { difference, welchProbability } from "./difference.js";
import { improvementInterval, probabilityOfImprovement } from "./improvement.js";
import { interquartileMean } from "./interquartile-mean.js";
import { rankCorrelation } from "./rank-correlation.js";
import { resampledInterval } from "./resampling.js";

interface Pair {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

interface Golden {
  readonly interquartile: readonly { values: readonly number[]; mean: number; interval: readonly number[] }[];
  readonly trimmed: readonly { values: readonly number[]; mean: number }[];
  readonly pairs: readonly (Pair & { improvement: number; welch: number })[];
  readonly wilson: readonly { successes: number; n: number; interval: readonly number[] }[];
  readonly detectable: readonly { n: number; m: number; effect: number }[];
  readonly correlations: readonly (Pair & { spearman: number })[];
}

const golden = read<Golden>("statistics");

test("the interquartile mean weighs the edges: it is scipy's trimmed mean of each value taken four times", () => {
  for (const { values, mean } of golden.interquartile) expectNear(interquartileMean(values), mean, 1e-12);
  const same = golden.trimmed.map(({ values, mean }) => Math.abs(interquartileMean(values) - mean) < 1e-9);
  expect(same).toEqual([true, false, false, false]);
  expect(interquartileMean([7])).toBe(7);
  expect(interquartileMean([])).toBeNaN();
});

test("its bootstrap interval is scipy's within the noise of resampling", () => {
  for (const { values, interval } of golden.interquartile) {
    const ours = resampledInterval([values], ([drawn]) => interquartileMean(drawn));
    const width = interval[1] - interval[0];
    for (const [i, bound] of ours.entries()) expectNear(bound / width, interval[i] / width, 0.04);
  }
});

test("the same data have the same interval, and each sample is resampled on its own", () => {
  const width = (samples: number[][]) => resampledInterval(samples, ([a, b]) => a[0] - b[0], { resamples: 200 });
  expect(width([[1, 2, 3], [4]])).toEqual(width([[1, 2, 3], [4]]));
  expect(width([[1, 2, 3], [4]])).toEqual([-3, -1]);
  expect(width([[1], [4]])).toEqual([-3, -3]);
});

test("P(X > Y) is Mann-Whitney's U over n·m, and Welch's p is scipy's", () => {
  for (const { x, y, improvement, welch } of golden.pairs) {
    expectNear(probabilityOfImprovement(x, y), improvement, 1e-12);
    expectNear(welchProbability(x, y), welch, 1e-9);
  }
  expect(welchProbability([1, 1], [1, 1])).toBe(1);
  expect(welchProbability([1, 1], [2, 2])).toBe(0);
  expect(welchProbability([1], [2, 2])).toBeNaN();
});

test("where every pair says the same, the interval of P(X > Y) is Wilson's, not a point", () => {
  expect(improvementInterval([5, 6, 7, 8, 9], [1, 2, 3, 4, 4])).toEqual(wilsonInterval(5, 5));
  expect(improvementInterval([1, 1], [2, 2, 2])).toEqual(wilsonInterval(0, 2));
  const [low, high] = improvementInterval([1, 3, 5, 7], [2, 2, 6, 6]);
  expect(low).toBeGreaterThanOrEqual(0);
  expect(high).toBeLessThanOrEqual(1);
  expect(low).toBeLessThan(0.5);
  expect(high).toBeGreaterThan(0.5);
});

test("the interval of a difference has its sign where the samples lie apart", () => {
  const found = difference([10, 11, 12, 13], [1, 2, 3, 4]);
  expect(found.difference).toBe(9);
  expect(found.interval[0]).toBeGreaterThan(5);
  expect(found.interval[1]).toBeLessThan(13);
});

test("Wilson's interval is scipy's", () => {
  for (const { successes, n, interval } of golden.wilson)
    for (const [i, bound] of wilsonInterval(successes, n).entries()) expectNear(bound, interval[i], 1e-12);
  expect(wilsonInterval(0, 0)).toEqual([0, 1]);
});

test("the detectable difference is that of the non-central t distribution", () => {
  for (const { n, m, effect } of golden.detectable) expectNear(detectableEffect(n, m), effect, 1e-4);
  expect(detectableEffect(1, 50)).toBe(Number.POSITIVE_INFINITY);
});

test("to find a difference of 2, 1.5, 1, 0.8 and 0.5 deviations takes the published 6, 9, 17, 26 and 64 seeds", () => {
  for (const [effect, n] of [
    [2, 6],
    [1.5, 9],
    [1, 17],
    [0.8, 26],
    [0.5, 64],
  ]) {
    expect(detectableEffect(n, n)).toBeLessThanOrEqual(effect);
    expect(detectableEffect(n - 1, n - 1)).toBeGreaterThan(effect);
  }
});

test("the detectable difference of samples is in their unit", () => {
  expectNear(detectableDifference([0, 2, 4], [100, 102, 104]), 2 * detectableEffect(3, 3), 1e-12);
  expect(detectableDifference([1], [1, 2])).toBeNaN();
});

test("the rank correlation is scipy's, with ties", () => {
  for (const { x, y, spearman } of golden.correlations) expectNear(rankCorrelation(x, y), spearman, 1e-12);
  expect(rankCorrelation([1, 2], [3, 3])).toBeNaN();
});
