import { describe, expect, it } from "vitest";
import { type Mistakes, planted } from "../../../test/planted-algorithm.js";
import { checkEnv } from "../../envs/check-env.js";
import { ConfigError } from "../../errors.js";
import { probeAlgorithm } from "./probe-algorithm.js";
import { probes } from "./probes.js";
import { worldOf } from "./world.js";

describe("an algorithm", () => {
  it("without a mistake passes every probe that applies to it", () => {
    const results = probeAlgorithm(planted());
    const outcomes = results.map(({ probe, outcome, reason }) => [probe, reason ?? outcome]);
    expect(outcomes).toEqual([
      ["constant-reward", "passed"],
      ["reward-by-observation", "passed"],
      ["two-steps", "passed"],
      ["time-limit", "passed"],
      ["reward-by-action", "passed"],
      ["reward-by-both", "passed"],
      ["now-or-later", "passed"],
      ["masked-actions", "passed"],
      ["continuous-action", "passed"],
      ["squashed-action", "it has no option continuous that can be squashed-gaussian"],
      ["memory", "its policy has no memory"],
    ]);
  });

  it.each<[keyof Mistakes, string[], string[]]>([
    ["wrongSign", ["reward-by-action", "continuous-action"], ["constant-reward"]],
    ["noDiscount", ["two-steps", "now-or-later"], ["constant-reward"]],
    ["masksIgnored", ["masked-actions"], []],
    ["masksInHeadIgnored", ["masked-actions"], []],
    ["valuesNotLearned", ["constant-reward"], ["reward-by-action"]],
    ["observationIgnored", ["reward-by-observation", "reward-by-both"], ["constant-reward"]],
    ["constantPolicy", ["reward-by-action"], ["constant-reward"]],
  ])("with %s fails %s, and passes %s", (mistake, failing, passing) => {
    const results = probeAlgorithm(planted({ [mistake]: true }), { probes: [...failing, ...passing] });
    const named = (wanted: string) => results.filter(({ outcome }) => outcome === wanted).map(({ probe }) => probe);
    expect([named("failed"), named("passed")]).toEqual([failing, passing]);
  });

  it("that takes a time limit for death learns r + γr/2 instead of r/(1 - γ)", () => {
    const [twoSteps, timeLimit] = probeAlgorithm(planted({ limitAsDeath: true }), {
      probes: ["two-steps", "time-limit"],
    });
    expect([twoSteps.outcome, timeLimit.outcome]).toEqual(["passed", "failed"]);
    expect(timeLimit.checks).toMatchObject([{ of: "V(s)", expected: 2, within: 0.2 }]);
    expect(timeLimit.checks[0].seen).toBeCloseTo(1.25, 1);
  });

  it("without a value function is asked for no value", () => {
    const [constant, action] = probeAlgorithm(planted({ noValues: true }), {
      probes: ["constant-reward", "reward-by-action"],
    });
    expect(constant).toMatchObject({ outcome: "not applicable", checks: [] });
    expect(constant.reason).toBe("its learner has no value function (valuesOf)");
    expect(action.outcome).toBe("passed");
  });

  it("that throws has failed, and one whose policy takes no such actions is not probed with them", () => {
    const create = () => {
      throw new TypeError("no such tensor");
    };
    const [thrown] = probeAlgorithm({ ...planted(), create }, { probes: ["memory"] });
    expect(thrown).toMatchObject({ outcome: "failed", checks: [] });
    expect(thrown.reason).toContain("threw: no such tensor");
    const refuse = () => {
      throw new ConfigError({ field: "actionSpace", given: "Box", allowed: "choices" });
    };
    const [refused] = probeAlgorithm({ ...planted(), create: refuse }, { probes: ["continuous-action"] });
    expect(refused).toMatchObject({ outcome: "not applicable", reason: 'actionSpace: got "Box", allowed is choices' });
  });
});

describe("an algorithm of ours", () => {
  const small = { hidden: [8], envs: 8, rolloutSteps: 8, optimizer: "adam" };

  it("is probed with squashed actions and with a memory, and fails both where it does not learn", () => {
    const of = (learningRate: number) =>
      probeAlgorithm("a2c", {
        options: { ...small, memorySize: 8, learningRate },
        probes: ["squashed-action", "memory"],
      }).map(({ outcome }) => outcome);
    expect(of(0.01)).toEqual(["passed", "passed"]);
    expect(of(0)).toEqual(["failed", "failed"]);
  });

  it("gives the same numbers for the same seed", () => {
    const once = (seed: number) => probeAlgorithm("a2c", { options: small, seed, probes: ["constant-reward"] });
    expect(once(3)).toEqual(once(3));
    expect(once(3)).not.toEqual(once(4));
  });

  it("with wrong settings is refused and not probed", () => {
    expect(() => probeAlgorithm("a2d")).toThrow("Did you mean a2c?");
    expect(() => probeAlgorithm("a2c", { options: { gama: 1 } })).toThrow("Did you mean gamma?");
    expect(() => probeAlgorithm("a2c", { preset: "zo" })).toThrow("Did you mean zoo?");
    expect(() => probeAlgorithm("a2c", { probes: ["tme-limit"] })).toThrow("Did you mean time-limit?");
    const alone = { baseline: "leave-one-out", episodesPerUpdate: 1 };
    expect(() => probeAlgorithm("reinforce", { options: alone, probes: ["constant-reward"] })).toThrow(
      "options.episodesPerUpdate: got 1",
    );
  });
});

it("the worlds of all probes keep the contract of environments", () => {
  for (const probe of probes) {
    const faults = checkEnv(() => worldOf(probe.rules(() => {})), { seeds: 2, steps: 20 }).filter(
      ({ severity }) => severity === "error",
    );
    expect([probe.name, faults]).toEqual([probe.name, []]);
  }
});
