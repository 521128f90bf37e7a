/** Options with the same name and meaning in several trainers, each declared once. A trainer chooses the default. */

import {
  type ChoiceOption,
  choice,
  type IntOption,
  int,
  type RealOption,
  real,
  type ScheduleOption,
  schedule,
} from "../../options.js";
import { KL_ESTIMATES, KL_PLACES, type KlEstimate, type KlPlace } from "../kl.js";

export const samplesPerPrompt = (value: number, min: number): IntOption =>
  int(value, { min, max: 1024, help: "responses to each prompt" });

export const beta = (value: number): RealOption =>
  real(value, { min: 0, help: "β: what a nat of divergence from the reference costs" });

export const kl = (value: KlEstimate): ChoiceOption<KlEstimate> =>
  choice(value, { choices: KL_ESTIMATES, help: "how the divergence from the reference is estimated" });

export const klPlace = (value: KlPlace): ChoiceOption<KlPlace> =>
  choice(value, { choices: KL_PLACES, help: "whether it is taken from the reward or added to the loss" });

/** The learning rate over a run; `rateOf` reads these. */
export const rateOptions = (
  value: number,
  { final = 1, warmup = 0 }: { readonly final?: number; readonly warmup?: number } = {},
): { learningRate: ScheduleOption; finalLearningRate: RealOption; warmup: RealOption } => ({
  learningRate: schedule(value, { min: 0, help: "Adam's step size", search: { scale: "log", from: 1e-5, to: 1e-2 } }),
  finalLearningRate: real(final, {
    min: 0,
    max: 1,
    help: "share of the learning rate that is left at the end of the run",
  }),
  warmup: real(warmup, { min: 0, max: 1, help: "share of the run in which the learning rate rises" }),
});

export const maxGradNorm = (value: number): RealOption =>
  real(value, { min: 0, help: "longest gradient; longer ones are scaled down. 0: no limit" });

export const epochs = (value: number): IntOption =>
  int(value, { min: 1, max: 1000, help: "times that an update goes through its responses" });

export const minibatchSize = (value: number): IntOption =>
  int(value, { min: 1, max: 1_000_000, help: "responses for one gradient step; all of them where there are fewer" });

export const clipRange = (value: number): RealOption =>
  real(value, { min: 0, help: "ε: how far the ratio may move from 1 before its gradient stops" });
