/** The presets of REINFORCE. */

import type { Preset } from "./algorithm.js";

/** Shared by `exercise` and `lecture`: one episode per update, returns normalised within it, no value network. */
const COURSE = {
  baseline: "none",
  normalise: "episode",
  episodesPerUpdate: 1,
  finalLearningRate: 1,
  hidden: [128, 128],
  activation: "relu",
  init: "kaiming",
};

/** By name; `default` is the one that works. */
export const reinforcePresets = {
  default: {
    summary: "the settings that work: a value network as the baseline, one episode an update, gradient clipped at 0.5",
    options: {},
    episodes: 1000,
    stopWhenSolved: true,
  },
  exercise: {
    summary:
      "the graded exercise: one episode an update, normalised returns-to-go, learning rate 0.001, gradient clipped at 1",
    options: { ...COURSE, learningRate: 1e-3, maxGradNorm: 1 },
    episodes: 800,
    stopWhenSolved: false,
  },
  lecture: {
    summary: "the lecture to the letter: learning rate 0.01, no clipping, returns whitened within each episode",
    options: { ...COURSE, learningRate: 1e-2, maxGradNorm: 0 },
    episodes: 1000,
    stopWhenSolved: false,
    grid: { learningRate: [1e-4, 1e-3, 1e-2, 1e-1], gamma: [0.9, 0.95, 0.99] },
    warning:
      "preset lecture: these settings collapse on most seeds (learning rate 0.01 without clipping); `default` is the one that works",
  },
} satisfies Readonly<Record<string, Preset>>;
