import { chartSvg } from "../plot/chart-svg.js";
import type { Series } from "../plot/series.js";
import type { Update } from "../training/types.js";
import { type Axis, placeOf, placesOfEpisodes } from "./axis.js";

/** The window of the running mean over noisy values, in updates. */
const SMOOTH = 20;
const MOST_DOTS = 3000;
const PALE = "#8f9bab";
const LINE = "#3b82c4";

/** The returns, then every diagnostic. */
export function reportCharts(updates: readonly Update[], axis: Axis, rewardThreshold: number | undefined): string {
  const x = updates.map((update) => placeOf(update, axis));
  const main = chartSvg(
    [
      dots(updates, axis),
      { label: "mean of the last 100", x, y: updates.map(({ averageReturn }) => averageReturn), colour: LINE },
    ],
    {
      width: 990,
      height: 360,
      title: "Return",
      xLabel: axis,
      levels: rewardThreshold === undefined ? [] : [{ y: rewardThreshold, label: `solved: ${rewardThreshold}` }],
    },
  );
  const own = Object.keys(updates[0].diagnostics);
  const names = [
    ...Object.keys(TITLES).filter((name) => own.includes(name)),
    ...own.filter((name) => !(name in TITLES)),
  ];
  const others = names.map((name) => {
    const y = updates.map(({ diagnostics }) => diagnostics[name]);
    return chartSvg(name === "learningRate" ? [{ label: name, x, y, colour: LINE }] : seriesOf(x, y), {
      width: 490,
      height: 240,
      // The name comes first: it is what metrics.jsonl and docs/diagnostics.md have.
      title: name in TITLES ? `${name}: ${TITLES[name]}` : name,
      xLabel: axis,
    });
  });
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

/** Each return as a dot: isolated values with gaps between them. Of very many, every second, third … is drawn. */
function dots(updates: readonly Update[], axis: Axis): Series {
  const all = updates.flatMap((update, i) => {
    const places = placesOfEpisodes(update, axis, i === 0 ? 0 : updates[i - 1].steps);
    return update.returns.map((value, k) => ({ place: places[k], value }));
  });
  const every = Math.ceil(all.length / MOST_DOTS);
  const kept = all.filter((_, i) => i % every === 0);
  return {
    label: "episode",
    x: kept.flatMap(({ place }) => [place, place]),
    y: kept.flatMap(({ value }) => [value, Number.NaN]),
    colour: PALE,
  };
}

/** The values where they are few or smooth, otherwise also their running mean. */
function seriesOf(x: readonly number[], y: readonly number[]): Series[] {
  if (y.length < 2 * SMOOTH) return [{ label: "update", x, y, colour: LINE }];
  const mean = y.map((_, i) => {
    const window = y.slice(Math.max(0, i + 1 - SMOOTH), i + 1);
    return window.reduce((total, value) => total + value, 0) / window.length;
  });
  return [
    { label: "update", x, y, faint: true, colour: PALE },
    { label: `mean of ${SMOOTH}`, x, y: mean, colour: LINE },
  ];
}
