/** Probes of the value function. Each state has a value that can be computed by hand. */

import type { ValueProbe } from "./probe.js";
import { drawSign } from "./world.js";

const WITHIN = 0.1;
const GAMMA = 0.5;

/** Equal rewards have hardly any deviation to be divided by: scaled, they are so large that V takes long to reach them. */
const UNSCALED = { scaleRewards: false };

const constantReward: ValueProbe = {
  name: "constant-reward",
  world: "one state, one step, reward 1",
  measures: "values",
  steps: 2000,
  wishes: UNSCALED,
  targets: [{ of: "V(s)", reward: 1, expected: 1, within: WITHIN }],
  rules: () => ({ begin: () => 1, observe: (s) => s, act: () => ({ reward: 1 }) }),
  means: "V does not learn even one number, so nothing that is built on it can be right.",
  lookAt:
    "The value loss: its sign and coefficient, its learning rate, and whether the optimiser has the weights of V. A terminal state has the value 0.",
};

const rewardByObservation: ValueProbe = {
  name: "reward-by-observation",
  world: "two states, one step, reward = observation",
  measures: "values",
  steps: 3000,
  targets: [
    { of: "V(obs 1)", reward: 1, expected: 1, within: WITHIN },
    { of: "V(obs -1)", reward: -1, expected: -1, within: WITHIN },
  ],
  rules: () => ({ begin: drawSign, observe: (s) => s, act: (s) => ({ reward: s }) }),
  means: "V learns a mean over states but not what the observation says.",
  lookAt:
    "Whether V reads the observation of the row that its target belongs to, the order of rows and targets, and the backward pass through its hidden layers.",
};

const twoSteps: ValueProbe = {
  name: "two-steps",
  world: "two steps, reward 1 at the end, γ = 0.5",
  measures: "values",
  steps: 3000,
  settings: { gamma: GAMMA },
  targets: [
    { of: "V(first)", reward: 0, expected: GAMMA, within: WITHIN },
    { of: "V(second)", reward: 1, expected: 1, within: WITHIN },
  ],
  rules: () => ({
    begin: () => -1,
    observe: (s) => s,
    act: (s) => (s < 0 ? { reward: 0, next: 1 } : { reward: 1 }),
  }),
  means: "What comes later is not discounted by γ on its way back: V(first) has to be γ times V(second).",
  lookAt:
    "The recursion G = r + γG' or δ = r + γV' - V: whether γ is in it, once, and the next row's number and not this one's.",
};

/** The limit comes after so many steps. */
const LIMIT = 2;

const timeLimit: ValueProbe = {
  name: "time-limit",
  world: "reward 1 for ever, cut after 2 steps, γ = 0.5",
  measures: "values",
  steps: 5000,
  settings: { gamma: GAMMA },
  wishes: UNSCALED,
  targets: [{ of: "V(s)", reward: 1, expected: 1 / (1 - GAMMA), within: 2 * WITHIN }],
  // The state is the number of steps taken. No observation shows it: the limit is no part of the world.
  rules: () => ({
    begin: () => 0,
    observe: () => 1,
    act: (taken) => ({ reward: 1, next: taken + 1, cut: taken + 1 === LIMIT }),
  }),
  means:
    "V should be r/(1-γ) = 2, as if nothing were cut. Taken as death, the limit makes every state near it look worthless: V is about 1.25.",
  lookAt:
    "What follows a segment: 0 if it is terminated, and V of its last observation (batch.finalFeatures) if it is truncated or goes on in the next batch.",
};

export const valueProbes: readonly ValueProbe[] = [constantReward, rewardByObservation, twoSteps, timeLimit];
