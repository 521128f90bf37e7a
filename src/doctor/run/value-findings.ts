/** Findings about the value network. */

import type { Finding } from "../finding.js";
import { RANGES } from "../ranges.js";
import type { RunFigures } from "./run-figures.js";
import { median } from "./statistics.js";
import { shown, training } from "./try-next.js";

/** Fewer updates say nothing about a value network. */
const FEWEST_UPDATES = 20;

/** The share of the budget in which a value network may still be learning its first numbers. */
const EARLY = 0.5;

/**
 * It predicts about as well as a constant, or worse. Once an environment is solved, returns may all be the same, so that
 * there is nothing to predict. Nor is there anything in episodes of one step from one state.
 */
export function valuesNotLearned(run: RunFigures): Finding | undefined {
  const values = run.values("explainedVariance");
  if (run.solved || values.length < FEWEST_UPDATES || run.lowest === run.largest) return undefined;
  if (run.lastLengths.every((length) => length === 1)) return undefined;
  const { threshold, shortAverage, collapsedSince } = run.progress;
  // A policy that always fails in the same way leaves no variance to explain.
  if (collapsedSince !== null) return undefined;
  if (threshold !== undefined && shortAverage >= threshold) return undefined;
  const explained = median(values.slice(values.length >> 1));
  if (explained >= RANGES.explainedVariance) return undefined;
  const worse = explained < 0;
  return {
    code: "values-not-learned",
    severity: run.progress.rising() || run.share < EARLY ? "note" : "warning",
    seen: `explained variance ${shown(explained)} in the median of the last ${values.length - (values.length >> 1)} of ${values.length} updates${worse ? ": worse than a constant" : ""}`,
    why: "Advantages then carry all the noise of the returns: a value network that predicts nothing is no baseline.",
    ...training(run, { scaleRewards: true, ...moreFitting(run) }),
  };
}

/** The settings that let the value network learn more from a batch. */
function moreFitting({ config }: RunFigures): Record<string, unknown> {
  const { valueCoefficient, valueLearningRate, valueSteps } = config.options;
  if (typeof valueCoefficient === "number") return { valueCoefficient: Math.max(0.5, valueCoefficient) };
  const faster = typeof valueLearningRate === "number" ? { valueLearningRate: 3 * valueLearningRate } : {};
  return typeof valueSteps === "number" ? { ...faster, valueSteps: 2 * valueSteps } : faster;
}

/** Returns are so large that a value network takes long to reach them, and nothing scales them. */
export function rewardsUnscaled(run: RunFigures): Finding | undefined {
  const { progress, config } = run;
  const { startAverage } = progress.snapshot();
  const size = Math.max(Math.abs(startAverage ?? 0), Math.abs(progress.average));
  if (config.options.scaleRewards === true || run.solved || !(size > RANGES.unscaledReturn)) return undefined;
  return {
    code: "rewards-unscaled",
    severity: progress.rising() ? "note" : "warning",
    seen: `average returns of ${shown(startAverage ?? progress.average)} at the start and ${shown(progress.average)} now`,
    why: "Weights move by about the learning rate, so a value network needs many updates to reach such numbers, and its errors crowd out the policy's gradient.",
    ...training(run, { scaleRewards: true }),
  };
}
