import { scheduleOf } from "../../algorithms/scheduled.js";
import type { Schedule } from "../../optim/index.js";
import type { Scheduled } from "../../options.js";

/**
 * The learning rate at each share of a run of so many updates. It follows `learningRate` and `finalLearningRate` as in the control
 * algorithms; the first n updates, which are the share `warmup`, have 1/n, 2/n … n/n of it. Adam's first steps have the length of its
 * rate whatever the gradient, and undo what a model knew. Where nobody says how many updates there will be, the first one has 0.
 */
export function rateOf(
  {
    learningRate,
    finalLearningRate,
    warmup,
  }: { readonly learningRate: Scheduled; readonly finalLearningRate: number; readonly warmup: number },
  updates: number = Number.POSITIVE_INFINITY,
): Schedule {
  const rate = scheduleOf(learningRate, finalLearningRate);
  const begun = 1 / updates;
  return (progress) => (progress + begun < warmup ? (progress + begun) / warmup : 1) * rate(progress);
}
