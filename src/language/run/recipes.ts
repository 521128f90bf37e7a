/** The tasks that have names, with settings that work for each. */

import { digitTask, lastDigitOnly } from "../tasks/digits.js";
import { sentiment } from "../tasks/sentiment.js";
import type { LanguageTask, Sample } from "../tasks/task.js";
import type { RewardName } from "./pipeline-options.js";

/** A task and the settings for it that differ from the defaults of the schemas. */
export interface Recipe {
  readonly task: LanguageTask;
  readonly trainer: string;
  /** The budget, in responses. */
  readonly responses: number;
  readonly pipeline: Readonly<Record<string, unknown>>;
  /** By the name of the trainer. */
  readonly options: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Rewards other than the gold score and a learned one. */
  readonly rewards: Readonly<Partial<Record<RewardName, (sample: Sample) => number>>>;
}

const quick = { learningRate: 1e-3, finalLearningRate: 0.1, warmup: 0.1, beta: 0 };

/**
 * Little of the language first, so that there is something to learn from rewards. The texts' learning rate does not fall: a model that
 * has settled is thrown off by the first steps of tuning. A temperature below 1 makes right answers, and so unequal groups, more frequent.
 */
function digits(name: "sort" | "reverse" | "add"): Recipe {
  const task = digitTask(name);
  return {
    task,
    trainer: "grpo",
    responses: 220 * 256,
    pipeline: { textUpdates: 55, textFinalLearningRate: 1, prompts: 32, temperature: 0.7 },
    options: {
      grpo: { ...quick, epochs: 2, clipHigher: 0.28, weighting: "token" },
      rloo: { ...quick, samplesPerPrompt: 8 },
      reinforce: { ...quick, samplesPerPrompt: 8 },
      ppo: { ...quick, samplesPerPrompt: 8 },
    },
    rewards: { "last-digit": lastDigitOnly(task) },
  };
}

const reviews: Recipe = {
  task: sentiment,
  trainer: "ppo",
  responses: 45 * 64,
  pipeline: { textUpdates: 800, textLearningRate: 3e-3, reward: "learned", shortest: 30 },
  options: {
    ppo: { learningRate: 2e-4, warmup: 0.1, finalLearningRate: 0 },
    rloo: { learningRate: 3e-4, warmup: 0.1, finalLearningRate: 0 },
    grpo: { learningRate: 3e-4, warmup: 0.1, finalLearningRate: 0 },
    reinforce: { learningRate: 3e-4, warmup: 0.1, finalLearningRate: 0 },
    dpo: { learningRate: 1e-4, warmup: 0.1, finalLearningRate: 0, beta: 0.5 },
  },
  rewards: {},
};

export const RECIPES: ReadonlyMap<string, Recipe> = new Map(
  [reviews, digits("sort"), digits("reverse"), digits("add")].map((recipe) => [recipe.task.name, recipe]),
);

/** The settings for a task of one's own. */
export function ownRecipe(task: LanguageTask): Recipe {
  return { task, trainer: "rloo", responses: 100 * 256, pipeline: {}, options: {}, rewards: {} };
}
