import { describe, expect, it } from "vitest";
import { type Mistakes, planted } from "../../../test/planted-algorithm.js";
import { checkEnv } from "../../envs/check-env.js";
import { probeAlgorithm } from "./probe-algorithm.js";
import { probes } from "./probes.js";
import { worldOf } from "./world.js";

/** The names of the probes with this outcome. */
function named(mistakes: Mistakes, wanted: "passed" | "failed" | "not applicable" = "failed"): string[] {
  return probeAlgorithm(planted(mistakes))
    .filter(({ outcome }) => outcome === wanted)
    .map(({ probe }) => probe);
}
const values = ["constant-reward", "reward-by-observation", "two-steps", "time-limit"];

describe("an algorithm", () => {
  it("without a mistake passes every probe that applies to it", () => {
    const results = probeAlgorithm(planted());
    console.log(results.map((r) => `${r.probe} ${r.outcome} ${r.reason ?? ""} ${r.checks.map((c) => `${c.of} ${c.seen}`)}`).join("\n"));
    expect(results.filter(({ outcome }) => outcome === "failed")).toEqual([]);
  });
  it.each<[keyof Mistakes, string[]]>([
    ["wrongSign", []],
    ["limitAsDeath", []],
    ["noDiscount", []],
    ["masksIgnored", []],
    ["valuesNotLearned", []],
    ["constantPolicy", []],
  ])("with %s fails", (mistake, expected) => {
    const results = probeAlgorithm(planted({ [mistake]: true }));
    console.log(mistake, results.filter((r) => r.outcome === "failed").map((r) => `${r.probe} ${r.outcome} ${r.reason ?? ""} ${r.checks.map((c) => `${c.of} ${c.seen}`)}`).join("\n"));
  });
});
