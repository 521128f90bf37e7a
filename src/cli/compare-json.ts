import type { Comparison } from "../sweeps/compare.js";
import { comparisonNotes } from "../sweeps/comparison-notes.js";
import { comparisonSentences } from "../sweeps/comparison-sentences.js";
import type { RunOutcome } from "../sweeps/outcome.js";

/** A comparison as data: the figures of groups with the seeds and hashes of their runs, without the runs' own curves. */
export function comparisonJson(comparison: Comparison) {
  return {
    ...comparison,
    groups: comparison.groups.map(({ outcomes, scores, ...group }) => ({
      ...group,
      runs: outcomes.map((outcome, i) => ({ ...runJson(outcome), score: scores[i] })),
    })),
    unfinished: comparison.unfinished.map(runJson),
    contradicting: comparison.contradicting.map(runJson),
    notes: comparisonNotes(comparison),
    sentences: comparisonSentences(comparison),
  };
}

function runJson({ config, curve: _, ...outcome }: RunOutcome) {
  return { ...outcome, seed: config.seed };
}
