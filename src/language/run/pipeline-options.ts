/** What a run on a task does besides its trainer: the model, the texts that it first learns from, and what it is rewarded for. */

import { choice, int, real } from "../../options.js";
import { GPT_SIZES, type GptSize } from "../gpt/gpt-config.js";

const MOST = 1_000_000;

/** Where a reward comes from: the truth of the task, a model of preferences, or a verifier that can be fooled. */
export const REWARDS = ["gold", "learned", "last-digit"] as const;
export type RewardName = (typeof REWARDS)[number];

/** The options of every run, whatever its trainer. */
export const pipelineOptions = {
  size: choice<GptSize>("nano", {
    choices: Object.keys(GPT_SIZES) as GptSize[],
    help: "size of the model: nano has 0.1 million parameters, micro 0.8",
  }),
  textUpdates: int(240, { min: 0, max: MOST, help: "updates of next-token prediction before anything else" }),
  textBatch: int(64, { min: 1, max: 65_536, help: "texts for each of them" }),
  textLearningRate: real(1e-3, { min: 0, help: "Adam's step size in them" }),
  textFinalLearningRate: real(0.1, { min: 0, max: 1, help: "share of it that is left at their end" }),
  reward: choice<RewardName>("gold", {
    choices: REWARDS,
    help: "gold: the task's own score; learned: a model of preferences; last-digit: a verifier that can be fooled",
  }),
  pairs: int(2048, { min: 1, max: MOST, help: "preferences that a learned reward is made from" }),
  pairEpochs: int(2, { min: 1, max: 1000, help: "times that they are gone through" }),
  pairBatch: int(32, { min: 1, max: 65_536, help: "pairs for one gradient step" }),
  pairLearningRate: real(1e-3, { min: 0, help: "Adam's step size for the reward model" }),
  labelNoise: real(0, { min: 0, max: 0.5, help: "share of preferences that are turned round" }),
  prompts: int(64, { min: 1, max: 65_536, help: "prompts for each update of the trainer" }),
  temperature: real(1, { min: 0.01, max: 100, help: "what logits are divided by when responses are drawn" }),
  shortest: int(0, {
    min: 0,
    max: 65_536,
    help: "a response of fewer tokens, or one that was cut, is worth −1 at most. 0: no such guard",
  }),
} as const;
