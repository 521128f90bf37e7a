import { describe, expect, it } from "vitest";
import { policyFor } from "../parametrisation.js";
import { settingOf } from "../setting.js";
import { worldNamed } from "../world-options.js";
import type { Finding } from "./experiment.js";
import { EXPERIMENTS } from "./index.js";

const known = new Map<string, readonly Finding[]>();

/** What an experiment finds. Each is done once. */
function findings(name: string, world?: string, policy: "own" | "network" = "own"): readonly Finding[] {
  const [experiment] = EXPERIMENTS.filter((one) => one.name === name);
  const chosen = worldNamed(world ?? experiment.world);
  const key = `${name} ${chosen.name} ${policy}`;
  const rows = known.get(key) ?? experiment.run(settingOf(chosen, policyFor(chosen, policy)), { episodes: 4, seed: 0 });
  known.set(key, rows);
  return rows;
}

/** The values of the rows that contain a phrase, rounded. */
function values(rows: readonly Finding[], phrase: string, digits: number): number[] {
  const found = rows.filter(({ what }) => what.includes(phrase));
  return found.map(({ value }) => Number(value.toFixed(digits)) + 0);
}

const failing = (rows: readonly Finding[]): string[] =>
  rows.filter(({ holds }) => holds === false).map(({ what }) => what);

describe("each experiment in its own world", () => {
  it.each(EXPERIMENTS.filter(({ name }) => name !== "pairing" && name !== "ppo").map(({ name }) => name))(
    "%s finds what theory says",
    (name) => {
      const rows = findings(name);
      expect(failing(rows)).toEqual([]);
      expect(rows.some(({ holds }) => holds === true)).toBe(true);
    },
  );
});

describe("the numbers of the Python scripts", () => {
  it("baselines: none, J, the best constant, V and the best number, in three worlds and for a network", () => {
    const variances = (world: string, policy?: "network"): number[] =>
      values(findings("baselines", world, policy), "variance, ", 4).slice(0, 6);
    expect(variances("bandit")).toEqual([1.023, expect.any(Number), 0.6882, 0.8681, 0.6582, 0.6582]);
    expect(variances("two-step")).toEqual([0.3289, expect.any(Number), 0.1209, 0.0228, 0, 0]);
    expect(variances("chain")).toEqual([3.7105, 3.3977, 2.8089, 2.4498, 2.0757, 2.0757]);
    expect(variances("chain", "network")).toEqual([8.2517, expect.any(Number), 6.3104, 4.8801, 4.026, 2.1973]);
    expect(values(findings("baselines", "bandit"), "the best constant for returns to go", 6)).toEqual([0.742871]);
    expect(values(findings("baselines", "chain", "network"), "b* of", 6)).toEqual([0.190366, 1.821263, 7.199816]);
  });
  it("leave-one-out helps from 6, 3 and 20 episodes on", () => {
    const least = (world: string): number[] => values(findings("leave-one-out", world), "least N", 0);
    expect([least("bandit"), least("two-step"), least("chain")]).toEqual([[6], [3], [20]]);
  });
  it("whitening tends to F/σ on chain", () => {
    const rows = findings("whitening", "chain");
    expect(values(rows, "1 − cosine", 3)).toEqual([0.126, 0.067, 0.042]);
    expect(values(rows, "size over", 2)).toEqual([0.83, 1.02, 1.04]);
  });
  it("the best λ by the size of the batch", () => {
    const best = (world: string): number[] => values(findings("lambda", world), "least error", 3);
    expect(best("loop")).toEqual([0.625, 0.775, 0.925, 0.985, 1]);
    expect(best("chain")).toEqual([0.16, 0.275, 0.595, 0.885, 0.985]);
    expect(best("two-step")).toEqual([0.46, 0.935, 0.995, 1, 1]);
  });
  it("clipping a batch of four turns the gradient", () => {
    expect(values(findings("clipping", "bandit"), "batch of 4 clipped: cosine", 4)).toEqual([0.9957]);
    expect(values(findings("clipping", "chain"), "batch of 4 clipped: cosine", 4)).toEqual([0.9663]);
    expect(values(findings("clipping"), "duel, batch of 16", 4)).toEqual([0.1346]);
  });
  it("batches by steps: the mean over steps is nearly clean, and the mean over episodes is not", () => {
    const rows = findings("lengths");
    expect(values(rows, "mean over steps, ", 3).filter((_, i) => i % 2 === 0)).toEqual([0.935, 0.977, 0.989]);
    expect(values(rows, "more than 3 steps, mean over steps", 4)).toEqual([0.9995, 0.9994]);
    expect(values(rows, "more than 9 steps, mean over steps", 5)).toEqual([0.99998, 0.99975]);
    expect(values(rows, "more than 3 steps, mean over episodes", 3)).toEqual([0.993, 1.066]);
  });
  it("entropy: the sum is 1.551 times the mean, and looks the other way than the gradient", () => {
    const rows = findings("entropy");
    expect(values(rows, "how many times", 3)).toEqual([1.551]);
    expect(values(rows, "cosine", 2)).toEqual([1, -0.42]);
    expect(values(findings("entropy", "two-step"), "how many times", 9)).toEqual([2]);
  });
  it("a time limit taken as the end, and V after it", () => {
    const rows = findings("time-limit");
    expect(values(rows, "distance from ∇J", 4)).toEqual([0.5416, 0.4666]);
    expect(values(rows, "distance from F", 4).slice(0, 2)).toEqual([0.2552, 0]);
  });
  it("stale batches: no ratio, V of the policy that acted, the ratio of the step, products", () => {
    const shares = (world: string): number[] => values(findings("stale", world), "|bias|", 2);
    expect(shares("bandit")).toEqual([0.21, 0.15, 0, 0]);
    expect(shares("two-step")).toEqual([0.32, 0.16, 0, 0]);
    expect(shares("chain")).toEqual([0.5, 0.31, 0.21, 0]);
    expect(values(findings("stale", "two-step"), "effective", 2)).toEqual([0.89]);
  });
  it("PPO: reuse in two-step, and on chain a surrogate that is not the objective", () => {
    expect(values(findings("ppo", "two-step"), "N·|reuse|/α", 4)).toEqual([0.0079]);
    expect(values(findings("ppo", "two-step"), "|surrogate|", 9)).toEqual([0, 0]);
    expect(failing(findings("ppo", "two-step"))).toEqual([]);
  });
  it("dynamics: true gradients with fixed rules, in a world that reacts, and on a more slippery chain", () => {
    const rows = findings("dynamics");
    expect(values(rows, "by differences of J", 6)).toEqual([-0.311318, -0.205428]);
    expect(values(rows, "samples from a more slippery", 6)).toEqual([-0.399754]);
    expect(values(rows, "largest difference", 2)).toEqual([0, 0.48]);
  });
});
