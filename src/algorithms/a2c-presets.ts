/** The presets of A2C. */

import type { EnvPreset, Preset } from "./algorithm.js";

const NORMALISED = { normaliseObservations: true, scaleRewards: true };
/** The Zoo's settings for continuous tasks: state-dependent noise, unscaled actions, advantages by GAE. */
const STATE_DEPENDENT = {
  ...NORMALISED,
  rolloutSteps: 8,
  lambda: 0.9,
  valueCoefficient: 0.4,
  learningRate: 7e-4,
  finalLearningRate: 0,
  continuous: "state-dependent",
  scaleActions: false,
  logStd: -2,
  init: "kaiming",
};

/** RL Baselines3 Zoo's settings. */
const ZOO: Readonly<Record<string, EnvPreset>> = {
  "CartPole-v1": { options: { envs: 8 }, steps: 500_000 },
  "Acrobot-v1": { options: { ...NORMALISED, envs: 16 }, steps: 500_000 },
  "MountainCar-v0": { options: { ...NORMALISED, envs: 16 }, steps: 1_000_000 },
  "MountainCarContinuous-v0": {
    options: {
      ...NORMALISED,
      envs: 4,
      rolloutSteps: 100,
      continuous: "state-dependent",
      noiseSteps: 16,
      scaleActions: false,
      logStd: 0,
      init: "kaiming",
    },
    steps: 100_000,
  },
  "Pendulum-v1": { options: { ...STATE_DEPENDENT, envs: 8, gamma: 0.9 }, steps: 1_000_000 },
  "LunarLander-v3": {
    options: { envs: 8, gamma: 0.995, learningRate: 8.3e-4, finalLearningRate: 0, entropyBonus: 1e-5 },
    steps: 200_000,
  },
  "LunarLanderContinuous-v3": { options: { ...STATE_DEPENDENT, envs: 4, gamma: 0.99 }, steps: 5_000_000 },
};

/** By name; `default` is the one that works. */
export const a2cPresets = {
  default: {
    summary: "the Zoo's settings where it has some, until the environment is solved",
    options: {},
    steps: 500_000,
    stopWhenSolved: true,
    envs: ZOO,
  },
  zoo: {
    summary: "RL Baselines3 Zoo's tuned settings, environment by environment",
    options: {},
    steps: 1_000_000,
    stopWhenSolved: false,
    onlyThese: true,
    envs: ZOO,
  },
} satisfies Readonly<Record<string, Preset>>;
