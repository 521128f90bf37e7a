import { describe, expect, it } from "vitest";
import { enumerated } from "./enumerate.js";
import type { Estimator } from "./estimator.js";
import { gaeMoments } from "./moments.js";
import { settingOf } from "./setting.js";
import { wholeEpisodeMoments } from "./whole-episode.js";
import { worldNamed } from "./world-options.js";

const PLAIN = { returns: "to-go", discountWeight: false, baseline: "none", normalise: "none" } as const;
const some: Pick<Estimator, "name" | "summary"> = { name: "some", summary: "" };

it.each(["bandit", "two-step", "chain", "refund", "repeated-bandit", "duel"])(
  "linear systems have the moments of enumeration on %s, for every λ, V and weight",
  (name) => {
    const setting = settingOf(worldNamed(name));
    const { values, wrongValues } = setting;
    const zeros = new Float64Array(values.length);
    const cases: [Estimator, ReturnType<typeof gaeMoments>][] = [
      [
        { ...some, algorithm: "reinforce", options: { ...PLAIN, returns: "whole-episode" } },
        wholeEpisodeMoments(setting),
      ],
    ];
    for (const discountWeight of [false, true])
      cases.push([
        { ...some, algorithm: "reinforce", options: { ...PLAIN, discountWeight } },
        gaeMoments(setting, { lambda: 1, values: zeros, discountWeight }),
      ]);
    for (const lambda of [0, 0.3, 0.95, 1])
      for (const critic of ["exact", "wrong"] as const)
        cases.push([
          { ...some, algorithm: "vpg", options: { lambda, normaliseAdvantages: false }, critic, per: "episode" },
          gaeMoments(setting, { lambda, values: critic === "exact" ? values : wrongValues, discountWeight: false }),
        ]);
    const expected = enumerated(
      cases.map(([estimator]) => estimator),
      setting,
      1,
    );
    cases.forEach(([, { mean, variance }], i) => {
      expect(variance).toBeCloseTo(expected[i].variance, 11);
      mean.forEach((slope, k) => void expect(slope).toBeCloseTo(expected[i].mean[k], 12));
    });
  },
);

describe("where episodes have no longest", () => {
  const round = (value: number, digits = 3): number => Number(value.toFixed(digits));

  it("loop has the variances of the Python scripts, for returns and along λ", () => {
    const setting = settingOf(worldNamed("loop"));
    const { values, wrongValues } = setting;
    const zeros = new Float64Array(values.length);
    const toGo = { lambda: 1, values: zeros };
    expect(round(wholeEpisodeMoments(setting).variance, 6)).toBe(14.564604);
    expect(round(gaeMoments(setting, { ...toGo, discountWeight: false }).variance, 6)).toBe(11.7071);
    expect(round(gaeMoments(setting, { ...toGo, discountWeight: true }).variance, 6)).toBe(4.709942);
    const along = (V: Float64Array): number[] =>
      [0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99, 1].map((lambda) =>
        round(gaeMoments(setting, { lambda, values: V, discountWeight: false }).variance),
      );
    expect(along(values)).toEqual([3.662, 3.295, 3.189, 3.514, 4.891, 6.737, 8.44, 10.59, 11.303]);
    expect(along(wrongValues)).toEqual([10.033, 7.956, 6.778, 6.44, 7.519, 9.486, 11.442, 14.016, 14.888]);
  });
  it("so has the grid", () => {
    const setting = settingOf(worldNamed("grid"));
    const { values, wrongValues } = setting;
    const zeros = new Float64Array(values.length);
    const variance = (lambda: number, V: Float64Array, discountWeight = false): number =>
      round(gaeMoments(setting, { lambda, values: V, discountWeight }).variance, 2);
    expect(round(wholeEpisodeMoments(setting).variance, 2)).toBe(2244.75);
    expect(round(wholeEpisodeMoments(setting, setting.objective).variance, 2)).toBe(481.19);
    expect([variance(1, zeros, true), variance(1, zeros), variance(1, values), variance(1, values, true)]).toEqual([
      425.52, 973.19, 622.67, 205.17,
    ]);
    expect([variance(0, values), variance(0, wrongValues), variance(0.95, values)]).toEqual([103.08, 101.63, 383.11]);
    expect(variance(0.95, wrongValues)).toBe(402.69);
  });
});
