/** The curves and performance profiles of compared groups, as data of a chart. */

import { PALETTE } from "../plot/palette.js";
import type { Level, Series } from "../plot/series.js";
import { wordsOf } from "../training/words.js";
import type { Comparison, GroupFigures } from "./compare.js";
import { profileOf } from "./profile.js";
import { quantileOf } from "./quantile.js";

/** As many groups as there are colours. */
const MOST_CURVES = PALETTE.length;

/** What to draw, and what the horizontal axis shows. */
export interface ComparisonChart {
  readonly series: readonly Series[];
  readonly levels: readonly Level[];
  readonly xLabel: string;
}

/** The groups that a chart shows: the reference, and of the others those with the best scores, in their own order. */
export function shownGroups({ groups, reference }: Comparison): GroupFigures[] {
  const ranked = groups
    .map((_, i) => i)
    .sort((a, b) => Number(b === reference) - Number(a === reference) || groups[b].score - groups[a].score);
  const shown = new Set(ranked.slice(0, MOST_CURVES));
  return groups.filter((_, i) => shown.has(i));
}

/** The mean returns over seeds with their bands; over the share of the budget if budgets are not equal. */
export function comparisonCurves(comparison: Comparison): ComparisonChart {
  const shown = shownGroups(comparison);
  const budgets = shown.map(({ outcomes: [{ curve }] }) => `${curve.of} ${curve.counts}`);
  const isOne = new Set(budgets).size === 1;
  const { counts, of } = shown[0].outcomes[0].curve;
  const words = wordsOf(shown[0].outcomes[0].config);
  const xLabel = isOne ? words[counts === "steps" ? "step" : "episode"] : "% of the budget";
  const series = shown.map(
    ({ label, band }): Series => ({
      label,
      x: band.shares.map((share) => share * (isOne ? of : 100)),
      y: band.mean,
      band: { low: band.low, high: band.high },
    }),
  );
  const marks = [...new Set(shown.flatMap(({ mark }) => mark ?? []))];
  return { series, levels: marks.map((y) => ({ y, label: `solved: ${y}` })), xLabel };
}

const PROFILE_POINTS = 100;

/** The share of runs above each return, with Wilson's interval. Undefined if all scores are one number. */
export function comparisonProfiles(comparison: Comparison): ComparisonChart | undefined {
  const shown = shownGroups(comparison);
  const all = shown.flatMap(({ scores }) => scores.filter(Number.isFinite));
  const [least, most] = [quantileOf(all, 0), quantileOf(all, 1)];
  if (!(most > least)) return undefined;
  const levels = Array.from({ length: PROFILE_POINTS + 1 }, (_, i) => least + ((most - least) * i) / PROFILE_POINTS);
  const series = shown.map(({ label, scores }): Series => {
    const { share, low, high } = profileOf(scores, levels);
    // The bands of many groups cover each other.
    return { label, x: levels, y: share, ...(shown.length <= 2 ? { band: { low, high } } : {}) };
  });
  return { series, levels: [], xLabel: "final return τ" };
}
