/** The bias of baselines that contain the sample itself: the figures of docs/algorithms/reinforce.md, by enumeration. */

import { expect, it } from "vitest";
import { ascent, batchOf, learnerFor, setWeights } from "../../test/one-update.js";
import { type Trajectory, trajectories } from "../../test/trajectories.js";
import { make } from "../envs/registry.js";
import type { Table } from "../envs/tabular.js";
import { discrete } from "../spaces/index.js";

/** Action 0 ends the episode with nothing; action 1 leads to a second choice between 0 and 1. */
const oneOrTwoSteps: Table = {
  states: 2,
  actions: 2,
  start: [1, 0],
  outcomes: (state, action) => {
    if (state === 0 && action === 1) return [{ probability: 1, state: 1, reward: 0, terminated: false }];
    return [{ probability: 1, state, reward: state * action, terminated: true }];
  },
};
const { table: twoSteps } = make("TwoStep-v0");

/** The expected estimate for the logit of action 1 in each state, over all batches of N episodes of a uniform policy. */
function expected(table: Table, N: number, options: Record<string, unknown>): number[] {
  const learner = learnerFor(table.states, discrete(2), { normalise: "none", ...options, episodesPerUpdate: N });
  setWeights(learner.policy.parameters(), () => 0);
  const episodes = trajectories(table, () => [0.5, 0.5], 2);
  const mean = new Float64Array(table.states);
  const batches = (chosen: readonly Trajectory[], probability: number): void => {
    if (chosen.length < N) {
      for (const one of episodes) batches([...chosen, one], probability * one.probability);
      return;
    }
    const direction = ascent(learner, batchOf(chosen, table.states));
    mean.forEach((_, state) => {
      mean[state] += probability * direction[2 * state + 1];
    });
  };
  batches([], 1);
  return [...mean].map((value) => Number(value.toFixed(6)));
}

it("the mean over the batch shrinks the gradients of episodes of unequal length unequally", () => {
  const all = { gamma: 1, baseline: "none" };
  expect(expected(oneOrTwoSteps, 1, all)).toEqual([0.125, 0.125]);
  const kept = [2, 3].map((N) =>
    expected(oneOrTwoSteps, N, { ...all, baseline: "mean" }).map((value) => value / 0.125),
  );
  const rounded = kept.map((parts) => parts.map((part) => Number(part.toFixed(3))));
  expect(rounded).toEqual([
    [0.5, 0.417],
    [0.675, 0.592],
  ]);
});

it("the mean over the episode leaves nothing of TwoStep for γ = 1, and points the wrong way for γ < 1", () => {
  const [right] = expected(twoSteps, 1, { gamma: 0.9, baseline: "none" });
  expect(right).toBeCloseTo(0.9 / 4, 6);
  for (const N of [1, 2]) {
    expect(expected(twoSteps, N, { gamma: 1, baseline: "episode-mean" })).toEqual([0, 0, 0]);
    expect(expected(twoSteps, N, { gamma: 0.9, baseline: "episode-mean" })[0]).toBeCloseTo((0.9 - 1) / 8, 6);
  }
});
