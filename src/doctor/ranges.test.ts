import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { RANGES } from "./ranges.js";

const { extremes, most, runs } = JSON.parse(
  readFileSync(new URL("../../bench/doctor/results.json", import.meta.url), "utf8"),
) as {
  extremes: Record<string, { least: number; greatest: number }>;
  most: { errors: number; warnings: number };
  runs: unknown[];
};

it.each([
  ["gradientGrowth", RANGES.gradientGrowth],
  ["zeroShare", RANGES.zeroShare],
  ["entropyLeft", RANGES.entropyLeft],
  ["entropyGrowth", RANGES.entropyGrowth],
  ["kl", RANGES.kl],
  ["clipFraction", RANGES.clipFraction],
  ["unscaledReturn", RANGES.unscaledReturn],
  ["observationSpread", RANGES.observationSpread],
  ["observationSize", RANGES.observationSize],
  ["atBounds", RANGES.atBounds],
  ["deadUnits", RANGES.deadUnits],
  ["saturatedUnits", RANGES.saturatedUnits],
  ["modeGap", RANGES.modeGap],
  ["learningRate", RANGES.learningRateHigh],
  ["lost", RANGES.lost],
])("the limit of %s is above what healthy runs reach", (name, limit) => {
  expect(limit).toBeGreaterThan(extremes[name].greatest);
});

it.each([
  ["gradientDecay", RANGES.gradientDecay],
  ["klSmall", RANGES.klSmall],
  ["explainedVariance", RANGES.explainedVariance],
  ["learningRate", RANGES.learningRateLow],
])("the limit of %s is below what healthy runs reach", (name, limit) => {
  expect(limit).toBeLessThan(extremes[name].least);
});

it("20 healthy runs gave no error and at most one warning at any moment", () => {
  expect(runs).toHaveLength(20);
  expect(most.errors).toBe(0);
  expect(most.warnings).toBeLessThanOrEqual(1);
});

it("the healthy learning rates are those of the runs", () => {
  expect(RANGES.healthyRates).toEqual({
    slowest: extremes.learningRate.least,
    fastest: extremes.learningRate.greatest,
  });
});

it("loops by hand that are right move their weights neither too far nor too little, and nothing is found in them", () => {
  const loops = JSON.parse(readFileSync(new URL("../../bench/doctor/loops.json", import.meta.url), "utf8")) as {
    extremes: { stepLong: number; stepShort: number };
    rows: { codes: string[] }[];
  };
  expect(loops.extremes.stepLong).toBeLessThan(RANGES.stepLong);
  expect(loops.extremes.stepShort).toBeGreaterThan(RANGES.stepShort);
  expect(loops.rows).toHaveLength(21);
  expect(loops.rows.flatMap(({ codes }) => codes)).toEqual([]);
});
