/** Findings about how episodes end. */

import type { Finding } from "../finding.js";
import { type RunFigures, timeLimitOf } from "./run-figures.js";
import { shown, training } from "./try-next.js";

/** The share of the last episodes that counts as most of them. */
const MOST = 0.8;
/** Fewer episodes say nothing. */
const FEWEST_EPISODES = 40;

/** Most episodes are cut by the time limit, and the environment is not solved. */
export function mostlyCut(run: RunFigures): Finding | undefined {
  const { config, lastLengths, progress } = run;
  const limit = timeLimitOf(run);
  if (limit === undefined || run.solved || progress.episodes < FEWEST_EPISODES) return undefined;
  // Another finding says so.
  if (run.lowest === run.largest) return undefined;
  const cut = lastLengths.filter((length) => length >= limit).length;
  if (cut < MOST * lastLengths.length) return undefined;
  // Without V, what would have followed after the limit counts as 0.
  const asDeath = config.algorithm === "reinforce" && config.options.baseline !== "value";
  const severity = asDeath || progress.threshold !== undefined ? "warning" : "note";
  return {
    code: "time-limit",
    severity: progress.rising() ? "note" : severity,
    seen: `${cut} of the last ${lastLengths.length} episodes were as long as the limit of ${limit} steps, and earned ${shown(progress.average)} on average`,
    why: asDeath
      ? "Without a value network a cut episode counts as a dead one, so states near the limit look worthless."
      : "The policy rarely reaches an end of its own: the goal may lie beyond the limit, or standing still may pay.",
    ...(asDeath ? training(run, { baseline: "value" }) : training(run, {}, { maxEpisodeSteps: 2 * limit })),
  };
}
