/** Settings of REINFORCE that compare an episode only with itself, so that its advantages cancel out. */

import type { ReinforceAdvantageOptions } from "./reinforce-advantages.js";

/** The options that matter. */
interface Settings extends Omit<ReinforceAdvantageOptions, "discountWeight"> {
  readonly episodesPerUpdate: number;
}

/**
 * Why the advantages cancel out, and what to set instead; undefined if they don't. With whole-episode returns, all steps of
 * an episode have the same return, so subtracting its own mean leaves 0. With returns to go, that holds for an episode of
 * one step.
 */
export function reinforceNoGradient(settings: Settings): string | undefined {
  const own = ownMean(settings);
  if (own === undefined) return undefined;
  if (settings.returns === "whole-episode") {
    const why = `All steps of an episode have the same whole-episode return, and ${own} subtracts it: no gradient is left`;
    return `${why}. Compare episodes with each other: normalise batch, baseline none, episodesPerUpdate 8, for both kinds of returns`;
  }
  if (own.startsWith("normalise")) return undefined;
  const why = `The ${own} contains the return that it is subtracted from: an episode of one step has no gradient, and a short one a wrong one`;
  return `${why}. Set baseline leave-one-out with episodesPerUpdate 8, or baseline value`;
}

/** The setting that subtracts from an episode its own mean, if one does. */
function ownMean({ baseline, normalise, episodesPerUpdate }: Settings): string | undefined {
  if (baseline === "episode-mean") return "baseline episode-mean";
  if (baseline === "value") return undefined;
  if (episodesPerUpdate === 1 && baseline === "mean") return "baseline mean over a single episode";
  if (normalise === "episode") return "normalise episode";
  if (episodesPerUpdate === 1 && normalise === "batch") return "normalise batch over a single episode";
  return undefined;
}
