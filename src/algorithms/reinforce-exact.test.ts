import { describe, expect, it } from "vitest";
import { ascent, batchOf, learnerFor, setWeights } from "../../test/one-update.js";
import { type Trajectory, trajectories } from "../../test/trajectories.js";
import { make } from "../envs/registry.js";
import type { Table, TabularEnv } from "../envs/tabular.js";
import { discrete } from "../spaces/index.js";

describe("the expectation of the estimate over all trajectories, against the exact gradient", () => {
  /** Two states that come back, rewards of both signs, episodes of one to three steps. */
  const world: Table = {
    states: 2,
    actions: 2,
    start: [0.7, 0.3],
    outcomes: (state, action) => {
      if (state === 1 && action === 0) return [{ probability: 1, state, reward: 2, terminated: true }];
      if (state === 0 && action === 0) {
        return [
          { probability: 0.4, state: 0, reward: 1, terminated: true },
          { probability: 0.6, state: 1, reward: 1, terminated: false },
        ];
      }
      return [{ probability: 1, state: 1 - state, reward: -1, terminated: false }];
    },
  };
  /** A first step in which the action has no effect, then one of two states. */
  const layered: Table = {
    states: 3,
    actions: 2,
    start: [1, 0, 0],
    outcomes: (state, action) =>
      state === 0
        ? [1, 2].map((next) => ({ probability: 0.5, state: next, reward: 0, terminated: false }))
        : [{ probability: 1, state, reward: state * (action === 0 ? 1 : -2), terminated: true }],
  };
  const tableOf = (id: string): Table => (make(id) as unknown as TabularEnv).table;
  const oneStep = tableOf("OneStep-v0");
  const twoStep = tableOf("TwoStep-v0");

  /** π(·|s) of the linear policy: softmax(W[s] + b), in float64. Weights lie as the policy has them: W, then b. */
  const policyOf =
    (weights: readonly number[], { states, actions }: Table) =>
    (state: number): number[] => {
      const logits = Array.from(
        { length: actions },
        (_, a) => weights[state * actions + a] + weights[states * actions + a],
      );
      const exponentials = logits.map((logit) => Math.exp(logit));
      const total = exponentials.reduce((sum, value) => sum + value, 0);
      return exponentials.map((value) => value / total);
    };
  const horizon = 3;
  const all = (table: Table, weights: readonly number[]): Trajectory[] =>
    trajectories(table, policyOf(weights, table), horizon);
  const discounted = (rewards: readonly number[], gamma: number): number =>
    rewards.reduceRight((following, reward) => reward + gamma * following, 0);

  /** ∂J/∂θ by finite differences of J, without log-probabilities. */
  const exact = (table: Table, weights: readonly number[], gamma: number): number[] => {
    const objective = (theta: readonly number[]): number =>
      all(table, theta).reduce((sum, { probability, rewards }) => sum + probability * discounted(rewards, gamma), 0);
    const h = 1e-5;
    const shifted = (i: number, by: number): number[] => weights.map((weight, j) => (i === j ? weight + by : weight));
    return weights.map((_, i) => (objective(shifted(i, h)) - objective(shifted(i, -h))) / (2 * h));
  };

  /** E[estimate] over all batches of N episodes, through the library's own update. */
  const expected = (
    table: Table,
    options: Record<string, unknown>,
    N: number,
  ): { mean: number[]; weights: number[]; largest: number } => {
    const learner = learnerFor(table.states, discrete(table.actions), { ...options, episodesPerUpdate: N });
    const weights = learner.policy.parameters().flatMap((p) => [...p.toArray()]);
    const mean = weights.map(() => 0);
    let largest = 0;
    const batches = (chosen: readonly Trajectory[], probability: number): void => {
      if (chosen.length < N) {
        for (const one of all(table, weights)) batches([...chosen, one], probability * one.probability);
        return;
      }
      ascent(learner, batchOf(chosen, table.states)).forEach((value, i) => {
        mean[i] += probability * value;
        largest = Math.max(largest, Math.abs(value));
      });
    };
    batches([], 1);
    return { mean, weights, largest };
  };
  const agree = (actual: readonly number[], wanted: readonly number[]): void => {
    actual.forEach((value, i) => void expect(value).toBeCloseTo(wanted[i], 5));
    expect(Math.max(...wanted.map(Math.abs))).toBeGreaterThan(0.02);
  };
  const none = { baseline: "none", normalise: "none" };

  it("the probabilities of all trajectories sum to 1", () => {
    const weights = [0.3, -0.2, 0.1, 0.5, 0, 0.4];
    expect(all(world, weights).reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
    expect(all(world, weights)).toHaveLength(15);
  });

  const unbiased: [string, number][] = [
    ["none", 1],
    ["none", 2],
    ["leave-one-out", 2],
    ["value", 1],
    ["value", 2],
  ];
  it.each(unbiased)("baseline %s, batches of %i: exact with γᵗ, returns to go", (baseline, N) => {
    const { mean, weights } = expected(world, { ...none, baseline, gamma: 0.8, discountWeight: true }, N);
    agree(mean, exact(world, weights, 0.8));
  });
  it.each(unbiased)("baseline %s, batches of %i: exact with γ = 1, where γᵗ changes nothing", (baseline, N) => {
    const { mean, weights } = expected(world, { ...none, baseline, gamma: 1 }, N);
    agree(mean, exact(world, weights, 1));
  });
  it.each(unbiased)(
    "baseline %s, batches of %i: whole-episode returns are exact as they are, asked for γᵗ or not",
    (baseline, N) => {
      for (const discountWeight of [false, true]) {
        const { mean, weights } = expected(
          world,
          { ...none, baseline, returns: "whole-episode", gamma: 0.8, discountWeight },
          N,
        );
        agree(mean, exact(world, weights, 0.8));
      }
    },
  );
  it("2. without γᵗ the gradient of the second step is 1/γ times too large", () => {
    const { mean, weights } = expected(layered, { ...none, gamma: 0.5 }, 1);
    const right = exact(layered, weights, 0.5);
    agree(
      mean.slice(2, 6),
      right.slice(2, 6).map((value) => value / 0.5),
    );
    agree(expected(layered, { ...none, gamma: 0.5, discountWeight: true }, 1).mean, right);
  });
  it("3. the mean over the batch shrinks the gradient by 1 - 1/N", () => {
    for (const N of [1, 2, 3]) {
      const { mean, weights } = expected(oneStep, { ...none, baseline: "mean" }, N);
      const shrunk = exact(oneStep, weights, 1).map((value) => value * (1 - 1 / N));
      mean.forEach((value, i) => void expect(value).toBeCloseTo(shrunk[i], 5));
    }
    const { mean, weights } = expected(twoStep, { ...none, baseline: "mean", returns: "whole-episode", gamma: 1 }, 2);
    agree(
      mean,
      exact(twoStep, weights, 1).map((value) => value / 2),
    );
  });
  it("3. the mean over the episode leaves nothing of one-step episodes, or of two steps with one reward at the end", () => {
    expect(expected(oneStep, { ...none, baseline: "episode-mean" }, 2).largest).toBe(0);
    expect(expected(twoStep, { ...none, baseline: "episode-mean", gamma: 1 }, 2).largest).toBe(0);
  });
  it("whitening each episode, or subtracting its mean, has the wrong sign on TwoStep-v0 if γ < 1, at any batch size", () => {
    const gamma = 0.9;
    for (const N of [1, 2]) {
      const { mean: right, weights } = expected(twoStep, { ...none, gamma }, N);
      const [left, paying] = policyOf(weights, twoStep)(0);
      const slopeOf = (options: Record<string, unknown>): number => expected(twoStep, { ...options, gamma }, N).mean[1];
      expect(right[1]).toBeCloseTo(gamma * left * paying, 5);
      expect(slopeOf({ ...none, normalise: "episode" })).toBeCloseTo(-left * paying * Math.SQRT1_2, 5);
      expect(slopeOf({ ...none, baseline: "episode-mean" })).toBeCloseTo(-0.5 * (1 - gamma) * left * paying, 5);
    }
  });
  it("gives the gradients that can be worked out by hand for equal probabilities", () => {
    const at = (table: Table, gamma: number): number[] => {
      const learner = learnerFor(table.states, discrete(2), { ...none, gamma, discountWeight: true });
      setWeights(learner.policy.parameters(), () => 0);
      const weights = learner.policy.parameters().flatMap((p) => [...p.toArray()]);
      const mean = weights.map(() => 0);
      for (const one of all(table, weights)) {
        ascent(learner, batchOf([one], table.states)).forEach((value, i) => {
          mean[i] += one.probability * value;
        });
      }
      return mean;
    };
    expect(at(oneStep, 1)).toEqual([0.125, -0.125, -0.375, 0.375, -0.25, 0.25]);
    expect(at(twoStep, 0.5).slice(0, 2)).toEqual([-0.125, 0.125]);
  });
});
