/** Questions of the lecture that a measurement answers. */

import type { Question } from "../protocol.js";

export interface LectureQuestion extends Pick<Question, "world" | "estimators" | "episodes"> {
  readonly asks: string;
  /** What to look at, and what it means. */
  readonly look: string;
  readonly chapter: number;
}

export const QUESTIONS: readonly LectureQuestion[] = [
  {
    asks: "Does a baseline change the mean?",
    world: "two-step",
    estimators: ["to-go", "to-go-others", "value", "to-go-mean", "episode-mean"],
    episodes: 4,
    look: "Not if it is independent of the action: the first three have no bias, and the exact V takes most of the variance away. The mean over the batch contains the action's own return and is biased a little. The mean over the action's own episode leaves almost nothing, and that points the wrong way.",
    chapter: 5,
  },
  {
    asks: "Returns to go, or whole ones?",
    world: "repeated-bandit",
    estimators: ["whole", "to-go", "value"],
    episodes: 4,
    look: "Both have the same mean. Whole returns also hold what was paid before the action, which is noise here. It may be otherwise: choose the world refund, where what came before cancels what comes after.",
    chapter: 6,
  },
  {
    asks: "Can whitening learn the wrong action?",
    world: "duel",
    estimators: ["to-go", "whitened"],
    episodes: 4,
    look: "Arm 0 pays 10 one time in five, arm 1 always pays 1, so arm 0 is better. But a rare 10 also makes the deviation large, by which it is divided. The mean of the whitened estimates points away from the gradient. In batches of 32 episodes it doesn't.",
    chapter: 4,
  },
  {
    asks: "What does λ trade?",
    world: "loop",
    estimators: ["λ = 0", "λ = 0.5", "λ = 0.8", "λ = 0.95", "λ = 1"],
    episodes: 32,
    look: "The critic is wrong on purpose. A small λ trusts it: bias, little variance. λ = 1 doesn't: no bias, all the variance. More episodes lower only the variance, so with more of them a larger λ is best.",
    chapter: 8,
  },
  {
    asks: "Is leave-one-out free?",
    world: "bandit",
    estimators: ["whole", "whole-others"],
    episodes: 3,
    look: "It has no bias. But the mean over two other episodes is noisy itself, and here that costs more than it saves. From six episodes on it helps.",
    chapter: 5,
  },
];
