/**
 * PPO's settings for games in self-play. Rewards come at the end, so nothing is discounted. Advantages are not scaled, so
 * that the weight of the magnet is in the units of the winnings. The magnet and the falling learning rate are what makes
 * the last policy arrive instead of circling (docs/games.md).
 */

import type { EnvPreset } from "./algorithm.js";

const MAGNETIC = {
  gamma: 1,
  lambda: 1,
  epochs: 4,
  normaliseAdvantages: "none",
  learningRate: 1e-3,
  finalLearningRate: 0,
};

const POKER = {
  ...MAGNETIC,
  envs: 128,
  rolloutSteps: 32,
  minibatchSize: 1024,
  activation: "relu",
  magnetUpdates: 30,
};

/** Large batches and a strong magnet that moves often: the last policy then hardly wanders. */
const KUHN: EnvPreset = {
  options: { ...POKER, rolloutSteps: 64, minibatchSize: 2048, magnetKl: 1, magnetUpdates: 15, entropyBonus: 0.02 },
  steps: 4_000_000,
};

/** These equilibria are uniform, so a bonus for entropy has no bias, and no magnet is needed. */
const ONE_MOVE: EnvPreset = {
  options: {
    ...MAGNETIC,
    envs: 64,
    rolloutSteps: 64,
    minibatchSize: 1024,
    learningRate: 5e-4,
    clipRange: 0.1,
    entropyBonus: 0.5,
    hidden: [32],
  },
  steps: 500_000,
};

/** Pots are five times as large as in Kuhn poker, and so are the weights that are held against them. */
const LEDUC: EnvPreset = {
  options: { ...POKER, magnetKl: 0.7, entropyBonus: 0.2, maxGradNorm: 2, hidden: [128, 128] },
  steps: 4_000_000,
};

/** Boards are won and lost by a single oversight, so the policy has to see many positions: much randomness, no magnet. */
const BOARD = {
  envs: 128,
  rolloutSteps: 32,
  minibatchSize: 1024,
  epochs: 4,
  gamma: 0.98,
  lambda: 0.9,
  learningRate: 1.5e-3,
  finalLearningRate: 0,
  activation: "relu",
  entropyBonus: 0.06,
  trunk: "shared",
};

/** The games, each with the settings that bench/games holds to a mark. */
export const GAMES: Readonly<Record<string, EnvPreset>> = {
  "MatchingPennies-v0": ONE_MOVE,
  "RockPaperScissors-v1": ONE_MOVE,
  "Kuhn-v0": KUHN,
  "Leduc-v0": LEDUC,
  "TicTacToe-v0": { options: { ...BOARD, hidden: [128, 128] }, steps: 1_000_000 },
  "ConnectFour-v0": { options: { ...BOARD, hidden: [256, 128] }, steps: 2_500_000 },
};
