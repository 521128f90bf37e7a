import { scheduleOf } from "../../algorithms/scheduled.js";
import type { Schedule } from "../../optim/index.js";
import type { Scheduled } from "../../options.js";

/**
 * The learning rate at each share of a run. It follows `learningRate` and `finalLearningRate` as in the control algorithms; before
 * that share is `warmup`, it is the part of it that has passed. Adam's first steps have the length of its rate whatever the
 * gradient, and undo what a model knew.
 */
export function rateOf({
  learningRate,
  finalLearningRate,
  warmup,
}: {
  readonly learningRate: Scheduled;
  readonly finalLearningRate: number;
  readonly warmup: number;
}): Schedule {
  const rate = scheduleOf(learningRate, finalLearningRate);
  return (progress) => (progress < warmup ? progress / warmup : 1) * rate(progress);
}
