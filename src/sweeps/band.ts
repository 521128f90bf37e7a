/** The curve of a group: the mean over its seeds, with a band. */

import { defaultRng } from "../random/index.js";
import { filledCurve } from "./filled-curve.js";
import { meanOf } from "./moments.js";
import { CURVE_POINTS, type RunOutcome } from "./outcome.js";
import { quantileOf } from "./quantile.js";
import { middle, seedOf } from "./resampling.js";
import { ENOUGH_SEEDS } from "./scores.js";

/** Means over seeds at the ends of the parts of a budget. */
export interface Band {
  /** Parts of the budget that are done, from 0.01 to 1. */
  readonly shares: readonly number[];
  readonly mean: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** The band: the 95 % bootstrap interval of the mean over seeds, or under 5 seeds the lowest and the highest seed. */
  readonly shows: "interval" | "range";
}

const RESAMPLES = 1000;

/**
 * The band of some runs of one budget, over their filled curves: a run that ended because it was solved, or stopped, keeps its
 * last value, and one that diverged or failed goes on as untrained. It begins where every run has a value. For the interval
 * whole runs are resampled, not single points.
 */
export function bandOf(outcomes: readonly RunOutcome[]): Band {
  const curves = outcomes.map(filledCurve).filter((curve) => curve.some((value) => !Number.isNaN(value)));
  const starts = curves.map((curve) => curve.findIndex((value) => !Number.isNaN(value)));
  const start = curves.length === 0 ? CURVE_POINTS : quantileOf(starts, 1);
  const points = Array.from({ length: CURVE_POINTS - start }, (_, i) => curves.map((curve) => curve[start + i]));
  const isInterval = curves.length >= ENOUGH_SEEDS;
  const bounds = isInterval
    ? intervals(points, curves)
    : points.map((values) => [quantileOf(values, 0), quantileOf(values, 1)] as const);
  return {
    shares: points.map((_, i) => (start + i + 1) / CURVE_POINTS),
    mean: points.map(meanOf),
    low: bounds.map(([low]) => low),
    high: bounds.map(([, high]) => high),
    shows: isInterval ? "interval" : "range",
  };
}

function intervals(points: readonly (readonly number[])[], curves: readonly (readonly number[])[]) {
  const n = curves.length;
  const rng = defaultRng(seedOf(curves.map((curve) => curve.filter((value) => !Number.isNaN(value)))));
  const draws = Array.from({ length: RESAMPLES }, () => Array.from({ length: n }, () => rng.integers(0, n)));
  return points.map((values) =>
    middle(Float64Array.from(draws, (draw) => draw.reduce((sum, k) => sum + values[k], 0) / n)),
  );
}
