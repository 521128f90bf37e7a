import { describe, expect, it } from "vitest";
import { objective } from "../tabular/gradient.js";
import { softmaxPolicy } from "../tabular/policies.js";
import { enumerated } from "./enumerate.js";
import { allEpisodes, batchCount, eachBatch } from "./episodes.js";
import { ESTIMATORS } from "./estimators.js";
import { type PolicyName, policyFor, tanhNetwork } from "./parametrisation.js";
import { randomWorld } from "./random-world.js";
import { settingOf } from "./setting.js";
import { type World, worldOf } from "./world.js";
import { worldNamed, worlds } from "./world-options.js";
import { refund, repeatedBandit } from "./worlds.js";

const rounded = (values: ArrayLike<number>, digits = 6): number[] =>
  Array.from(values, (value) => Number(value.toFixed(digits)) + 0);
const norm = (values: Float64Array): number => Math.hypot(...values);
const named = (name: string) => ESTIMATORS.filter((estimator) => estimator.name === name);

describe("exact quantities of the worlds", () => {
  it("bandit, two-step and chain have the objectives, values and gradients of the Python scripts", () => {
    const bandit = settingOf(worldNamed("bandit"));
    expect(rounded([bandit.objective, ...bandit.values])).toEqual([1.088925, 0.879128, 1.403621]);
    expect(rounded(bandit.gradient).filter((_, i) => i % 3 < 2)).toEqual([0.036732, -0.162039, -0.113661, 0.351392]);
    const twoStep = settingOf(worldNamed("two-step"));
    expect(rounded([twoStep.objective, ...twoStep.values])).toEqual([0.339787, 0.339787, 0, 1]);
    expect(rounded(twoStep.gradient)[0]).toBe(-0.211503);
    const chain = settingOf(worldNamed("chain"));
    expect(rounded([chain.objective, ...chain.values])).toEqual([0.211007, 0.030311, 0.933792, 1.642785, 0]);
    expect(rounded(chain.gradient).filter((_, i) => i % 2 === 0)).toEqual([-0.311318, -0.210644, 0.289348, 0]);
    expect(rounded(chain.field).filter((_, i) => i % 2 === 0)).toEqual([-0.311318, -0.225104, 0.343567, 0]);
  });
  it("so have loop and grid, whose episodes have no longest", () => {
    const loop = settingOf(worldNamed("loop"));
    expect(rounded([loop.objective, ...loop.values])).toEqual([-0.643866, -0.643866, -0.057662, 1.337399, 0]);
    expect(rounded(loop.gradient).filter((_, i) => i % 2 === 0)).toEqual([-0.024729, 0.492345, 0.641467, 0]);
    expect(rounded(loop.field).filter((_, i) => i % 2 === 0)).toEqual([-0.039771, 0.956546, 1.397622, 0]);
    const grid = settingOf(worldNamed("grid"));
    expect(rounded([grid.objective, norm(grid.gradient), norm(grid.field)])).toEqual([-8.277779, 2.421972, 5.604894]);
    expect(allEpisodes(loop)).toBeUndefined();
  });
  it("the network's gradient on chain is that of its parameters, by differences of the objective", () => {
    const world = worldNamed("chain");
    const { gradient, field, mdp, objective: J } = settingOf(world, policyFor(world, "network"));
    expect(rounded([J, norm(gradient), norm(field)])).toEqual([0.675591, 0.453714, 0.440418]);
    const parameters = Array.from({ length: 23 }, (_, k) => 0.5 * Math.sin(1.7 * (k + 1)));
    const at = (i: number, by: number): number => {
      const moved = parameters.map((value, k) => (k === i ? value + by : value));
      return objective(mdp, softmaxPolicy(mdp, tanhNetwork(world.table, 3, moved).logits), world);
    };
    gradient.forEach((slope, i) => void expect(slope).toBeCloseTo((at(i, 1e-5) - at(i, -1e-5)) / 2e-5, 9));
  });
  it.each(["own", "uniform", "peaked", "shared", "network"] as PolicyName[])(
    "every world can be solved with the policy %s",
    (name) => {
      for (const world of worlds()) expect(norm(settingOf(world, policyFor(world, name)).field)).toBeGreaterThan(0);
    },
  );
});

describe("batches", () => {
  it("all batches that can happen have the probability 1 together, each order of episodes counted", () => {
    for (const [name, count] of [
      ["two-step", 4],
      ["chain", 10],
      ["duel", 3],
    ] as const) {
      const episodes = allEpisodes(settingOf(worldNamed(name))) ?? [];
      expect(episodes).toHaveLength(count);
      let batches = 0;
      let total = 0;
      eachBatch(episodes, 3, (batch, probability) => {
        expect(batch.segments).toHaveLength(3);
        batches++;
        total += probability;
      });
      expect(batches).toBe(batchCount(count, 3));
      expect(total).toBeCloseTo(1, 12);
    }
  });
  it("too many batches are an error that says how many there may be", () => {
    const grid = settingOf(worldNamed("grid"));
    expect(() => enumerated(named("to-go"), grid, 1)).toThrow(
      "episodes: got 1, allowed is so few that there are at most 30000 batches",
    );
    expect(() => enumerated(named("to-go"), settingOf(worldNamed("chain")), 9)).toThrow("episodes: got 9");
  });
});

describe("lessons", () => {
  const variances = (names: readonly string[], world: World, policy: PolicyName = "own"): number[] =>
    rounded(
      names.map((name) => enumerated(named(name), settingOf(world, policyFor(world, policy)), 1)[0].variance),
      9,
    );
  const both = ["whole", "to-go"];

  it("a refund is seen by returns to go only, so their variance grows with it", () => {
    expect(variances(both, refund(1))).toEqual([0.5, 1]);
    expect(variances(both, refund(3))).toEqual([0.5, 5]);
    expect(variances(both, refund(10))).toEqual([0.5, 50.5]);
  });
  it("whole-episode returns have 3, 4 or 2 times the variance of returns to go in long episodes, by what the rewards are", () => {
    const T = 4;
    const ratio = (of: { offset?: number; signal?: number; noise?: number }): number => {
      const [whole, toGo] = variances(
        both,
        repeatedBandit({ steps: T, offset: 0, signal: 0, noise: 0, ...of }),
        "shared",
      );
      return whole / toGo;
    };
    expect(ratio({ offset: 1 })).toBeCloseTo((6 * T * T) / ((T + 1) * (2 * T + 1)), 9);
    expect(ratio({ signal: 1 })).toBeCloseTo(4, 9);
    expect(ratio({ noise: 1 })).toBeCloseTo((2 * T) / (T + 1), 9);
  });
  it("whitening prefers the wrong arm of the duel up to 16 episodes", () => {
    const slopes = [2, 3, 4, 6, 8, 12, 16, 24, 32].map(
      (N) => enumerated(named("whitened"), settingOf(worldNamed("duel")), N)[0].mean[0],
    );
    expect(rounded(slopes, 3)).toEqual([-0.106, -0.154, -0.162, -0.139, -0.104, -0.046, -0.006, 0.039, 0.059]);
  });
  it("V as the baseline raises the variance of a decided policy 64 times", () => {
    const decided = worldOf(
      {
        states: 1,
        actions: 2,
        start: [1],
        outcomes: (state, action) => [{ probability: 1, state, reward: 1 - action, terminated: true }],
      },
      { gamma: 1, logits: [Math.log(9), 0] },
    );
    expect(variances(["to-go", "value"], decided)).toEqual([0.0018, 0.1152]);
  });
});

describe("errors", () => {
  it("name the world, the seed's sizes and the lengths that a table asks for", () => {
    expect(() => worldNamed("chian")).toThrow('world: got "chian", allowed is one of bandit, one-step');
    expect(() => worldNamed("chian")).toThrow("Did you mean chain?");
    expect(() => randomWorld({ seed: 1, states: 0 })).toThrow("states: got 0, allowed is a whole number of at least 1");
    const { table } = worldNamed("duel");
    expect(() => worldOf(table, { gamma: 2 })).toThrow("gamma: got 2, allowed is a number from 0 to 1");
    expect(() => worldOf(table, { gamma: 1, logits: [1] })).toThrow("logits: got [1], allowed is 2 finite numbers");
    expect(() => tanhNetwork(table, 3, [])).toThrow("parameters: got 0, allowed is 14 numbers");
  });
  it("a random world is the same for the same seed, and another for another", () => {
    const start = (seed: number): number => settingOf(randomWorld({ seed })).objective;
    expect(start(3)).toBe(start(3));
    expect(start(3)).not.toBe(start(4));
  });
});
