/** What the lab measures is what training does: each estimate against the gradient of the algorithm's own update. */

import { expect, it } from "vitest";
import { gradients, learnerOf, batchOf as learnersBatch, updated } from "../../test/one-update.js";
import { a2c } from "../algorithms/a2c.js";
import { actorCritic } from "../algorithms/actor-critic.js";
import type { Learner } from "../algorithms/algorithm.js";
import { ppo } from "../algorithms/ppo.js";
import { reinforce } from "../algorithms/reinforce.js";
import { vpg } from "../algorithms/vpg.js";
import { discrete } from "../spaces/index.js";
import type { Trajectory } from "../tabular/trajectories.js";
import { tableFor } from "./critics.js";
import { allEpisodes, batchOf, type EpisodeBatch } from "./episodes.js";
import { type Estimator, estimate } from "./estimator.js";
import { ESTIMATORS } from "./estimators.js";
import { policyFor } from "./parametrisation.js";
import { type Setting, settingOf } from "./setting.js";
import { worldNamed } from "./world-options.js";

const HIDDEN = 3;

/** W₁, b₁, W₂, b₂ as the lab has them (a row for each unit) or, transposed, as the library has them (a row for each input). */
function transposed(parameters: ArrayLike<number>, states: number, actions: number): number[] {
  const from = Array.from(parameters);
  const turn = (rows: number, columns: number, start: number): number[] =>
    Array.from({ length: rows * columns }, (_, i) => from[start + (i % rows) * columns + Math.floor(i / rows)]);
  const b1 = HIDDEN * states;
  const W2 = b1 + HIDDEN;
  const b2 = W2 + HIDDEN * actions;
  return [...turn(HIDDEN, states, 0), ...from.slice(b1, W2), ...turn(actions, HIDDEN, W2), ...from.slice(b2)];
}

/** V of each state as a linear map of the one-hot state. */
function setValues(learner: Learner, values: ArrayLike<number>): void {
  const [W, b] = learner.weights.slice(4);
  W.set(Float32Array.from(values));
  b.set(new Float32Array(1));
}

const shape = { hidden: [HIDDEN], activation: "tanh", valueHidden: [] };

/** The gradient ascent of a learner whose policy is the lab's network. */
function ascentOf(learner: Learner, setting: Setting, batch: EpisodeBatch): number[] {
  const { states } = setting.world.table;
  const episodes = batch.segments.map(({ start, end }) => ({
    states: batch.states.slice(start, end),
    actions: batch.actions.slice(start, end),
    rewards: [...batch.rewards.slice(start, end)],
  }));
  const rows = learnersBatch(episodes, states);
  const logProbs = learner.policy.distribution(rows).logProb(rows.actions).detach();
  updated(learner, { ...rows, logProbs });
  return gradients(learner.policy.parameters()).map((slope) => -slope);
}

function withWeights(learner: Learner, parameters: readonly number[]): Learner {
  let next = 0;
  for (const weight of learner.policy.parameters()) {
    weight.set(Float32Array.from(parameters.slice(next, next + weight.size)));
    next += weight.size;
  }
  return learner;
}

const world = worldNamed("chain");
const { states, actions } = world.table;
const setting = settingOf(world, policyFor(world, "network"));
const parameters = transposed(
  Array.from({ length: setting.parameters.size }, (_, k) => 0.5 * Math.sin(1.7 * (k + 1))),
  states,
  actions,
);
const episodes = allEpisodes(setting) as readonly Trajectory[];
const pairs = episodes.flatMap((one, i) => episodes.slice(i).map((other) => batchOf([one, other])));

function expectSame(estimator: Estimator, learner: Learner, scale: (batch: EpisodeBatch) => number): void {
  withWeights(learner, parameters);
  let largest = 0;
  for (const batch of pairs) {
    const { critic } = estimator;
    if (critic !== undefined) setValues(learner, critic === "fitted" ? meansByState(batch) : tableFor(setting, critic));
    const own = ascentOf(learner, setting, batch);
    const ours = transposed(estimate(estimator, setting, batch), states, actions);
    own.forEach((slope, k) => {
      const expected = slope * scale(batch);
      largest = Math.max(largest, Math.abs(expected));
      if (!(Math.abs(ours[k] - expected) < 3e-6))
        expect.fail(`parameter ${k}: ${ours[k]}, and in training ${expected}`);
    });
  }
  expect(largest).toBeGreaterThan(0.05);
}

/** The mean return to go of each state in a batch, worked out anew. */
function meansByState({ states: visited, rewards, segments }: EpisodeBatch): number[] {
  const met = Array.from({ length: states }, (): number[] => []);
  for (const { end, start } of segments)
    for (let t = start; t < end; t++)
      met[visited[t]].push(rewards.slice(t, end).reduce((sum, reward, k) => sum + world.gamma ** k * reward, 0));
  return met.map((returns) => returns.reduce((sum, G) => sum + G, 0) / Math.max(1, returns.length));
}

/**
 * Baselines of the lab's own go into the update as numbers for each episode, where the algorithm has a network, and no
 * algorithm clips each episode.
 */
const learned = ESTIMATORS.filter(
  ({ critic, clip }) => critic !== "mean-of-episodes" && critic !== "other-episodes" && clip !== "episode",
);

it.each(learned.map((estimator) => [estimator.name, estimator] as const))(
  "%s is the gradient of the algorithm's own update, on all pairs of episodes of a network's chain",
  (_, estimator) => {
    const options = { ...shape, ...estimator.options, gamma: world.gamma, maxGradNorm: estimator.maxGradNorm ?? 0 };
    if (estimator.algorithm === "reinforce")
      expectSame(estimator, learnerOf(reinforce, states, discrete(actions), options), () => 1);
    else
      expectSame(estimator, learnerOf(vpg, states, discrete(actions), options), ({ rewards, segments }) =>
        estimator.per === "step" ? 1 : rewards.length / segments.length,
      );
  },
);

it("gae-per-step is also the update of A2C and the first step of PPO, and with λ = 0 that of actor-critic", () => {
  const gae = ESTIMATORS.find(({ name }) => name === "gae-per-step") as Extract<Estimator, { algorithm: "vpg" }>;
  const common = { ...shape, gamma: world.gamma, maxGradNorm: 0, entropyBonus: 0, valueCoefficient: 0 };
  const one = { ...common, lambda: 0.95 };
  expectSame(gae, learnerOf(a2c, states, discrete(actions), { ...one, normaliseAdvantages: false }), () => 1);
  expectSame(gae, learnerOf(ppo, states, discrete(actions), { ...one, normaliseAdvantages: "none" }), () => 1);
  const { valueCoefficient: _, ...own } = common;
  expectSame(
    { ...gae, options: { ...gae.options, lambda: 0 } },
    learnerOf(actorCritic, states, discrete(actions), { ...own, normaliseAdvantages: false }),
    () => 1,
  );
});
