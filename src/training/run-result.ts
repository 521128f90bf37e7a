import type { Budget } from "./budget.js";
import type { Parts } from "./parts.js";
import type { Progress } from "./progress.js";
import { weightsDigest } from "./state-arrays.js";
import type { RunResult } from "./types.js";
import { verdictOf } from "./verdict.js";

/** What has become of a run so far. */
export function resultOf(
  { learner, collector, contest }: Pick<Parts, "learner" | "collector" | "contest">,
  progress: Progress,
  run: {
    readonly config: Budget;
    readonly updates: number;
    /** Steps that it has learned from. */
    readonly steps: number;
    readonly noGradient: string | undefined;
  },
): RunResult {
  const { config, updates, steps, noGradient } = run;
  return {
    verdict: contest?.verdict(progress.episodes) ?? verdictOf(progress, { budget: config, steps, noGradient }),
    solvedAtEpisode: progress.solvedAtEpisode,
    updates,
    episodes: progress.episodes,
    steps: collector.steps,
    averageReturn: progress.episodes === 0 ? null : progress.average,
    bestEpisodeReturn: progress.bestEpisode,
    weightsSha256: weightsDigest(learner.weights),
  };
}
