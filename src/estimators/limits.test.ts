import { describe, expect, it } from "vitest";
import { ESTIMATORS } from "./estimators.js";
import { measure } from "./measure.js";
import { type PolicyName, policyFor } from "./parametrisation.js";
import { settingOf } from "./setting.js";
import { meanLength, stepsToDraw } from "./work.js";
import { type World, worldOf } from "./world.js";
import { worldNamed } from "./world-options.js";
import { repeatedBandit } from "./worlds.js";

const chain = worldNamed("chain");
const setting = settingOf(chain);

describe("long work", () => {
  it("episodes of a corridor of 5 steps have 5 steps at most, and steps are counted once for each estimator", () => {
    const one = settingOf(repeatedBandit({ steps: 4, offset: 0, signal: 1, noise: 0 }));
    expect(meanLength(one)).toBeCloseTo(4, 12);
    expect(stepsToDraw(one, { estimators: 3, episodes: 2, batches: 10 })).toBeCloseTo(240, 9);
  });
  it("batches that would take hours are refused with the number that would not", () => {
    const four = settingOf(repeatedBandit({ steps: 4, offset: 0, signal: 1, noise: 0 }));
    expect(() => measure(ESTIMATORS.slice(0, 2), four, { episodes: 1000, batches: 10_000_000 })).toThrow(
      "batches: got 10000000, allowed is at most 500000 for 2 estimators and episodes of 4 steps: more would take hours",
    );
  });
  it("a table too large for a covariance is refused before anything is drawn", () => {
    const large = settingOf(worldNamed("random", { states: 100, actions: 11 }));
    expect(() => measure(ESTIMATORS, large, { episodes: 2, batches: 2 })).toThrow(
      'policy: got "table", allowed is one of at most 1000 parameters where batches are drawn, and this one has 1100',
    );
  });
});

describe("errors past the types", () => {
  const table = chain.table;
  it.each<[string, () => unknown, string]>([
    [
      "a table that is none",
      () => worldOf(null as unknown as World["table"], { gamma: 1 }),
      "table: got null, allowed is a table",
    ],
    ["an option of a world", () => worldOf(table, { gama: 1 } as unknown as { gamma: number }), "Did you mean gamma?"],
    [
      "γ as text",
      () => worldOf(table, { gamma: "1" as unknown as number }),
      'gamma: got "1", allowed is a number from 0 to 1',
    ],
    [
      "no logits",
      () => worldOf(table, { gamma: 1, logits: null as unknown as number[] }),
      "logits: got null, allowed is 8 finite",
    ],
    ["a world by name", () => settingOf("chain" as unknown as World), 'world: got "chain", allowed is a world'],
    ["a policy by a wrong name", () => policyFor(chain, "peekd" as PolicyName), "Did you mean peaked?"],
    [
      "an option of measure",
      () => measure([], setting, { episode: 2 } as unknown as { episodes: number }),
      "Did you mean episodes?",
    ],
    [
      "estimators by name",
      () => measure(["to-go"] as unknown as [], setting, { episodes: 2 }),
      'estimators: got ["to-go"]',
    ],
    [
      "a bandit of no step",
      () => repeatedBandit({ steps: 0, offset: 0, signal: 1, noise: 0 }),
      "steps: got 0, allowed is a whole",
    ],
    [
      "an option of another world",
      () => worldNamed("two-step", { steps: 3 }),
      "world.steps: got 3, allowed is nothing, since two-step has no such option: it is of corridor and repeated-bandit",
    ],
    [
      "rewards beyond a million",
      () => worldNamed("duel", { prize: 1e300 }),
      "world.prize: got 1e+300, allowed is a number from -1000000 to 1000000",
    ],
  ])("%s is named, with what is allowed", (_, run, message) => {
    expect(run).toThrow(message);
  });
  it("rewards whose squares overflow are refused", () => {
    const huge = { ...table, outcomes: () => [{ probability: 1, state: 0, reward: 1e200, terminated: true }] };
    expect(() => settingOf(worldOf(huge, { gamma: 1 }))).toThrow(
      "rewards: got 1e+200, allowed is values of states within",
    );
  });
});
