import { chartSvg } from "../plot/chart-svg.js";
import type { Series } from "../plot/series.js";
import type { Update } from "../training.js";

/** Updates that a mean runs over where single values jump about. */
const SMOOTH = 20;
const MOST_DOTS = 3000;
const PALE = "#8f9bab";
const LINE = "#3b82c4";

/** Returns, and below them every diagnostic. */
export function reportCharts(updates: readonly Update[], rewardThreshold: number | undefined): string {
  const x = updates.map(({ episodes }) => episodes);
  const main = chartSvg(
    [
      dots(updates.flatMap((update) => [...update.returns])),
      { label: "mean of the last 100", x, y: updates.map(({ averageReturn }) => averageReturn), colour: LINE },
    ],
    {
      ...{ width: 990, height: 360, title: "Return", xLabel: "episode" },
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
      title: TITLES[name] ?? name,
      xLabel: "episode",
    });
  });
  return `<div class="wide">${main}</div>\n<div class="charts">${others.join("\n")}</div>`;
}

/** In the order in which they are read: is it still exploring, are its steps of a sane size, and then the rest. */
const TITLES: Readonly<Record<string, string>> = {
  entropy: "Entropy, nats",
  gradientNorm: "Gradient norm, before clipping",
  loss: "Loss of the policy (not a measure of success)",
  valueLoss: "Loss of the value network",
  learningRate: "Learning rate",
};

/** Each return as a dot: between two values that stand alone there is a gap. Of very many, every second, third … is drawn. */
function dots(returns: readonly number[]): Series {
  const every = Math.ceil(returns.length / MOST_DOTS);
  const kept = returns.flatMap((value, i) => (i % every === 0 ? [{ episode: i + 1, value }] : []));
  return {
    label: "episode",
    x: kept.flatMap(({ episode }) => [episode, episode]),
    y: kept.flatMap(({ value }) => [value, Number.NaN]),
    colour: PALE,
  };
}

/** The values alone where they are few or smooth, and else a running mean over them. */
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
