import { checkWhole } from "../estimators/checks.js";
import { checkMeasured, type Measurement } from "../estimators/measure.js";
import type { BarFigure } from "./figure.js";
import { brief } from "./figure.js";

/** The mean squared error of each estimator, stacked from bias² and variance. */
export function errorFigure(measured: readonly Measurement[], episodes: number): BarFigure {
  checkMeasured(measured);
  checkWhole("episodes", episodes, 1);
  return {
    kind: "bars",
    name: "error",
    title: "Mean squared error = bias² + variance",
    caption:
      "An unbiased estimator has a blue part of 0. A small bar may only mean a small estimate: the table's BEST FIT is free of that.",
    xLabel: `squared error, batches of ${episodes} episodes`,
    parts: ["bias²", "variance"],
    bars: measured.map(({ estimator, biasSquared, variance }) => {
      const bias = Math.max(0, biasSquared);
      return { label: estimator.name, parts: [bias, variance], note: brief(bias + variance) };
    }),
  };
}
