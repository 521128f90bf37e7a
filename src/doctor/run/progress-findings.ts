/** Findings about returns: what the run earned, and when. */

import { SHORT_WINDOW } from "../../training/progress.js";
import type { Finding } from "../finding.js";
import { RANGES } from "../ranges.js";
import { type RunFigures, timeLimitOf } from "./run-figures.js";
import { rateBy, shown, training } from "./try-next.js";

/** The policy became deterministic, and is no better than an untrained one. */
export function collapsed(run: RunFigures): Finding | undefined {
  const { collapsedSince, entropy, shortAverage, bestShortAverage } = run.progress;
  if (collapsedSince === null) return undefined;
  return {
    code: "collapsed",
    severity: "error",
    seen: `entropy ${shown(entropy)} nats since episode ${collapsedSince}; the last ${SHORT_WINDOW} episodes average ${shown(shortAverage)}, the best ${SHORT_WINDOW} in a row ${shown(bestShortAverage)}`,
    why: "A policy that repeats one action never sees what the others would earn, so it can't recover.",
    ...training(run, { ...rateBy(run, 1 / 3), maxGradNorm: 0.5 }),
  };
}

/** Every episode earned the same. */
export function equalReturns(run: RunFigures): Finding | undefined {
  const { progress, lowest, largest } = run;
  if (progress.episodes < 2 * SHORT_WINDOW || lowest < largest) return undefined;
  if (progress.solvedAtEpisode !== null) return undefined;
  const limit = timeLimitOf(run);
  const allCut = limit !== undefined && run.lastLengths.every((length) => length >= limit);
  return {
    code: "returns-equal",
    severity: run.complete ? "error" : "warning",
    seen: `all ${progress.episodes} episodes earned ${shown(lowest)}${allCut ? `, each cut at the limit of ${limit} steps` : ""}`,
    why: "An advantage compares what actions earned: where every episode earns the same, there is nothing to compare.",
    ...training(run, { entropyBonus: 0.01, envs: 16 }, allCut ? { maxEpisodeSteps: 4 * limit } : {}),
  };
}

/** The best policy was played long ago, and the present one is much worse. */
export function bestIsPast(run: RunFigures): Finding | undefined {
  const { progress, bestAt } = run;
  const { shortAverage, bestShortAverage } = progress;
  const { startAverage } = progress.snapshot();
  if (startAverage === null || progress.collapsedSince !== null) return undefined;
  const gained = bestShortAverage - startAverage;
  const lost = bestShortAverage - shortAverage;
  // The best of many averages is high by chance alone.
  const chance = 4 * run.errorOfAverage;
  if (!(lost > RANGES.lost * gained && lost > chance && gained > chance)) return undefined;
  if (progress.episodes - bestAt < 2 * SHORT_WINDOW) return undefined;
  return {
    code: "best-policy-past",
    severity: "warning",
    seen: `the best ${SHORT_WINDOW} episodes in a row averaged ${shown(bestShortAverage)} by episode ${bestAt}; the last ${SHORT_WINDOW} of ${progress.episodes} average ${shown(shortAverage)}`,
    why: "The run forgot what it had learned: its steps are too long for what it knows by now, or the last policy is a bad moment of a noisy run.",
    ...training(run, { ...rateBy(run, 1 / 2), finalLearningRate: 0 }),
  };
}
