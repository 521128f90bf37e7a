import { chartSvg } from "../plot/chart-svg.js";
import type { Series } from "../plot/series.js";
import { type Curves, SMOOTH } from "./curves.js";

const PALE = "#8f9bab";
const LINE = "#3b82c4";

/** The returns, then every diagnostic. */
export function reportCharts(curves: Curves, rewardThreshold: number | undefined): string {
  const { axis, average, diagnostics } = curves;
  const main = chartSvg([dots(curves), { label: "mean of the last 100", x: average.x, y: average.y, colour: LINE }], {
    width: 990,
    height: 360,
    title: "Return",
    xLabel: axis,
    levels: rewardThreshold === undefined ? [] : [{ y: rewardThreshold, label: `solved: ${rewardThreshold}` }],
  });
  const names = [
    ...Object.keys(TITLES).filter((name) => diagnostics.has(name)),
    ...[...diagnostics.keys()].filter((name) => !(name in TITLES)),
  ];
  const others = names.map((name) =>
    chartSvg(seriesOf(name, diagnostics), {
      width: 490,
      height: 240,
      // The name comes first: it is what metrics.jsonl and docs/diagnostics.md have.
      title: name in TITLES ? `${name}: ${TITLES[name]}` : name,
      xLabel: axis,
    }),
  );
  return `<div class="wide">${main}</div>\n<div class="charts">${others.join("\n")}</div>`;
}

/** Diagnostics in reading order: exploration, size of the policy's steps, quality of the values, then the rest. */
const TITLES: Readonly<Record<string, string>> = {
  entropy: "how undecided the policy is, nats",
  klK3: "KL from the policy before the update, nats",
  klK1: "the same KL, by the simpler estimate, nats",
  clipFraction: "share of the steps whose ratio was clipped",
  explainedVariance: "share of the returns’ variance that values explain",
  valueLoss: "squared error of the value network",
  gradientNorm: "length of the gradient before clipping",
  loss: "not a measure of success",
  gradientSteps: "how many the update took",
  learningRate: "after the schedule",
};

/** Each return as a dot: isolated values with gaps between them. */
function dots({ returns }: Curves): Series {
  return {
    label: "episode",
    x: returns.x.flatMap((place) => [place, place]),
    y: returns.y.flatMap((value) => [value, Number.NaN]),
    colour: PALE,
  };
}

/** The values where they are few or smooth, otherwise also their running mean. */
function seriesOf(name: string, diagnostics: Curves["diagnostics"]): Series[] {
  const curve = diagnostics.get(name);
  if (curve === undefined) return [];
  const { values, means, long } = curve;
  if (name === "learningRate" || !long) return [{ label: name, x: values.x, y: values.y, colour: LINE }];
  return [
    { label: "update", x: values.x, y: values.y, faint: true, colour: PALE },
    { label: `mean of ${SMOOTH}`, x: means.x, y: means.y, colour: LINE },
  ];
}
