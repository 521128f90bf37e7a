/** Curves of cells over their seeds. */

import { chartSvg } from "../../plot/chart-svg.js";
import type { Level, Series } from "../../plot/series.js";
import { filledCurve } from "../../sweeps/filled-curve.js";
import { interquartileMean } from "../../sweeps/interquartile-mean.js";
import { CURVE_POINTS } from "../../sweeps/outcome.js";
import { quantileOf } from "../../sweeps/quantile.js";
import type { CellSummary } from "../../sweeps/summary.js";

const PALE = "#8f9bab";
const LINE = "#3b82c4";

/** The interquartile mean of a cell's filled curves, and the middle half of them as a band. */
function curveOf({ outcomes }: CellSummary, label: string, colour?: Series["colour"]): Series {
  const { of } = outcomes[0].curve;
  const lists = outcomes.map(filledCurve);
  const at = (i: number): number[] => lists.map((list) => list[i]).filter((value) => !Number.isNaN(value));
  const parts = Array.from({ length: CURVE_POINTS }, (_, i) => at(i));
  return {
    label,
    colour,
    x: parts.map((_, i) => (of * (i + 1)) / CURVE_POINTS),
    y: parts.map(interquartileMean),
    band: {
      low: parts.map((values) => quantileOf(values, 0.25)),
      high: parts.map((values) => quantileOf(values, 0.75)),
    },
  };
}

/** A cell by itself: every seed, pale, and the interquartile mean. */
export function cellChart(cell: CellSummary, width: number): string {
  const seeds = cell.outcomes.map((outcome): Series => {
    const { of } = outcome.curve;
    const returns = outcome.curve.returns.map((value) => value ?? Number.NaN);
    return {
      label: `seed ${outcome.config.seed}`,
      faint: true,
      colour: PALE,
      x: returns.map((_, i) => (of * (i + 1)) / CURVE_POINTS),
      y: returns,
    };
  });
  const series = [...seeds, { ...curveOf(cell, "interquartile mean", LINE), band: undefined }];
  return chartSvg(series, { width, height: 180, legend: false });
}

/** Several cells in one chart. */
export function comparedCurves(cells: readonly CellSummary[], names: readonly string[], width: number): string {
  const [first] = cells;
  const marks = new Set(cells.map(({ mark }) => mark));
  const levels: Level[] =
    marks.size === 1 && first.mark !== undefined ? [{ y: first.mark, label: `solved: ${first.mark}` }] : [];
  return chartSvg(
    cells.map((cell, i) => curveOf(cell, names[i])),
    { width, height: width < 600 ? 320 : 360, xLabel: first.outcomes[0].curve.counts, levels },
  );
}
