/** The settings of PPO for robots. */

import type { EnvPreset } from "./algorithm.js";

const NORMALISED = { normaliseObservations: true, scaleRewards: true };

/** CleanRL's `ppo_continuous_action.py`, where it differs from what its preset sets for all environments. */
const CLEANRL: EnvPreset = {
  options: {
    ...NORMALISED,
    envs: 1,
    rolloutSteps: 2048,
    minibatchSize: 64,
    epochs: 10,
    learningRate: 3e-4,
    entropyBonus: 0,
  },
  steps: 1_000_000,
};

/** Stable-Baselines3's own settings. The preset of the Zoo has the rest. */
const SB3: EnvPreset = { options: NORMALISED, steps: 1_000_000 };

/** The networks of RL Zoo for some robots. */
const WIDE = { hidden: [256, 256], activation: "relu", logStd: -2, init: "kaiming" };

/** RL Baselines3 Zoo's settings. */
export const ZOO_ROBOTS: Readonly<Record<string, EnvPreset>> = {
  "InvertedPendulum-v5": {
    options: {
      ...NORMALISED,
      rolloutSteps: 32,
      minibatchSize: 64,
      epochs: 5,
      gamma: 0.999,
      lambda: 0.9,
      learningRate: 2.22425e-4,
      clipRange: 0.4,
      entropyBonus: 1.37976e-7,
      maxGradNorm: 0.3,
      valueCoefficient: 0.19816,
    },
    steps: 1_000_000,
  },
  "InvertedDoublePendulum-v5": {
    options: {
      ...NORMALISED,
      rolloutSteps: 128,
      minibatchSize: 512,
      epochs: 10,
      gamma: 0.98,
      lambda: 0.8,
      learningRate: 1.55454e-4,
      clipRange: 0.4,
      entropyBonus: 1.05057e-6,
      maxGradNorm: 0.5,
      valueCoefficient: 0.695929,
    },
    steps: 1_000_000,
  },
  "Reacher-v5": {
    options: {
      ...NORMALISED,
      rolloutSteps: 512,
      minibatchSize: 32,
      epochs: 5,
      gamma: 0.9,
      lambda: 1,
      learningRate: 1.04019e-4,
      clipRange: 0.3,
      entropyBonus: 7.52585e-8,
      maxGradNorm: 0.9,
      valueCoefficient: 0.950368,
    },
    steps: 1_000_000,
  },
  "Swimmer-v5": {
    options: {
      ...NORMALISED,
      envs: 4,
      rolloutSteps: 1024,
      minibatchSize: 256,
      epochs: 10,
      gamma: 0.9999,
      lambda: 0.98,
      learningRate: 6e-4,
    },
    steps: 1_000_000,
  },
  "Hopper-v5": {
    options: {
      ...NORMALISED,
      ...WIDE,
      rolloutSteps: 512,
      minibatchSize: 32,
      epochs: 5,
      gamma: 0.999,
      lambda: 0.99,
      learningRate: 9.80828e-5,
      entropyBonus: 2.29519e-3,
      maxGradNorm: 0.7,
      valueCoefficient: 0.835671,
    },
    steps: 1_000_000,
  },
  "HalfCheetah-v5": {
    options: {
      ...NORMALISED,
      ...WIDE,
      rolloutSteps: 512,
      minibatchSize: 64,
      epochs: 20,
      gamma: 0.98,
      lambda: 0.92,
      learningRate: 2.0633e-5,
      clipRange: 0.1,
      entropyBonus: 4.01762e-4,
      maxGradNorm: 0.8,
      valueCoefficient: 0.58096,
    },
    steps: 1_000_000,
  },
  "Walker2d-v5": {
    options: {
      ...NORMALISED,
      rolloutSteps: 512,
      minibatchSize: 32,
      epochs: 20,
      learningRate: 5.05041e-5,
      clipRange: 0.1,
      entropyBonus: 5.85045e-4,
      maxGradNorm: 1,
      valueCoefficient: 0.871923,
    },
    steps: 1_000_000,
  },
  "Ant-v5": SB3,
};

/** CleanRL has the same settings for all of them. */
export const CLEANRL_ROBOTS: Readonly<Record<string, EnvPreset>> = Object.fromEntries(
  Object.keys(ZOO_ROBOTS).map((id) => [id, CLEANRL]),
);

/** CleanRL's settings with an end when the task is solved. */
const USUAL: EnvPreset = {
  options: { ...CLEANRL.options, finalLearningRate: 0, clipValues: false },
  steps: 1_000_000,
};

/** The settings that work. */
export const TUNED_ROBOTS: Readonly<Record<string, EnvPreset>> = {
  "InvertedPendulum-v5": { ...USUAL, steps: 150_000 },
  "InvertedDoublePendulum-v5": {
    options: { ...USUAL.options, envs: 8, rolloutSteps: 256, learningRate: 1e-3 },
    steps: 300_000,
  },
  "Reacher-v5": USUAL,
  // What a stroke is worth shows after seconds: with γ of 0.99 it learns next to nothing.
  "Swimmer-v5": {
    options: { ...USUAL.options, ...ZOO_ROBOTS["Swimmer-v5"].options, finalLearningRate: 0 },
    steps: 1_000_000,
  },
  "Hopper-v5": USUAL,
  "HalfCheetah-v5": { options: { ...USUAL.options, gamma: 0.98, lambda: 0.92, logStd: -1 }, steps: 1_000_000 },
  "Walker2d-v5": USUAL,
  "Ant-v5": USUAL,
};
