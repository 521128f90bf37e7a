/** Options with the same name and meaning in several algorithms, each declared once. An algorithm chooses the default. */

import {
  choice,
  type FlagOption,
  flag,
  type IntOption,
  int,
  type Range,
  type RealOption,
  real,
  type ScheduleOption,
  schedule,
  sizes,
} from "../options.js";

export const gamma = (value: number): RealOption =>
  real(value, {
    min: 0,
    max: 1,
    help: "discount per step",
    search: { scale: "one-minus-log", from: 0.9, to: 0.999 },
  });

export const lambda = (value: number): RealOption =>
  real(value, {
    min: 0,
    max: 1,
    help: "λ of the advantages: 0 trusts the value network, 1 the returns",
    search: { scale: "one-minus-log", from: 0.8, to: 0.99 },
  });

export const entropyBonus = (value: number): RealOption =>
  real(value, {
    min: 0,
    help: "weight of the policy's entropy, in nats",
    search: { scale: "log", from: 1e-5, to: 0.03 },
  });

export const valueCoefficient = (value: number): RealOption =>
  real(value, { min: 0, help: "weight of the values' mean square error" });

export const maxGradNorm = (value: number): RealOption =>
  real(value, {
    min: 0,
    help: "longest gradient; longer ones are scaled down. 0: no limit",
    search: { scale: "log", from: 0.2, to: 5 },
  });

export const learningRate = (value: number): ScheduleOption =>
  schedule(value, { min: 0, help: "the optimiser's step size", search: { scale: "log", from: 1e-4, to: 1e-2 } });

export const valueLearningRate = (value: number): ScheduleOption =>
  schedule(value, {
    min: 0,
    help: "Adam's step size for the value network",
    search: { scale: "log", from: 3e-4, to: 1e-2 },
  });

export const finalLearningRate = (value: number): RealOption =>
  real(value, {
    min: 0,
    max: 1,
    help: "share of the learning rate that is left at the end of the run; 1: constant. Not for a rate that is a function",
    search: [0, 1],
  });

export const valueSteps = (value: number): IntOption =>
  int(value, {
    min: 0,
    max: 10_000,
    help: "gradient steps of the value network for each step of the policy",
    search: { scale: "integer", from: 5, to: 40 },
  });

export const normaliseAdvantages = (value: boolean): FlagOption =>
  flag(value, { help: "bring advantages to mean 0 and deviation 1 over the batch", search: [false, true] });

export const scaleRewards = (value: boolean): FlagOption =>
  flag(value, { help: "divide rewards by the deviation of the discounted return", search: [false, true] });

export const envs = (value: number): IntOption =>
  int(value, { min: 1, max: 4096, help: "environments that are played side by side" });

export const rolloutSteps = (value: number, search: Range): IntOption =>
  int(value, { min: 1, max: 1_000_000, help: "steps of each environment for an update", search });

/** The layers of policy and value function. */
export const layerOptions = {
  hidden: sizes([64, 64], {
    help: "hidden layers of the policy, and of the value network",
    search: [
      [32, 32],
      [64, 64],
      [128, 128],
    ],
  }),
  valueHidden: sizes(null, { help: "hidden layers of the value network, where they differ from the policy's" }),
  activation: choice("tanh", {
    choices: ["relu", "tanh", "gelu"],
    help: "after each hidden layer; gelu is its tanh form",
    search: ["relu", "tanh"],
  }),
  init: choice("orthogonal", {
    choices: ["orthogonal", "kaiming"],
    help: "initial weights: orthogonal with zero biases, or PyTorch's default",
  }),
} as const;

/** How continuous actions reach the environment. */
export const scaleActionsOption: FlagOption = flag(true, {
  help: "map a bounded action space to [-1, 1], where the policy's numbers lie; false: give them as they are, cut at the bounds",
});

/** The deviation of continuous actions before any learning. */
export const logStd: RealOption = real(0, {
  min: -20,
  max: 2,
  help: "ln of the deviation that continuous actions start with",
});

/** How continuous actions are drawn. */
const explorationOptions = {
  continuous: choice("gaussian", {
    choices: ["gaussian", "squashed-gaussian", "state-dependent"],
    help: "how continuous actions are drawn: normal, normal through a tanh, or by noise that depends on the state (gSDE)",
  }),
  scaleActions: scaleActionsOption,
  logStd,
  noiseSteps: int(0, {
    min: 0,
    max: 1_000_000,
    help: "steps that state-dependent noise lasts; 0: until the next update",
  }),
} as const;

/** Policy and value function as two networks. */
export const networkOptions = {
  ...layerOptions,
  ...explorationOptions,
  normaliseObservations: flag(false, {
    help: "bring observations to mean 0 and deviation 1 by what has been seen so far",
    search: [false, true],
  }),
} as const;

/** What policy and value function can share, for algorithms that learn both by one loss. */
export const sharingOptions = {
  trunk: choice("separate", {
    choices: ["separate", "shared"],
    help: "whether policy and value are two networks, or share all layers but the last",
  }),
  policy: choice("mlp", {
    choices: ["mlp", "gru"],
    help: "judge every observation by itself, or through a memory (a gated recurrent unit) that policy and value share",
  }),
  memorySize: int(64, { min: 1, max: 4096, help: "numbers of the memory, where the policy has one" }),
} as const;
