import { type DrawnChart, drawChart } from "../plot/chart-svg.js";
import type { Series } from "../plot/series.js";
import { escapeXml } from "../scene/xml.js";
import type { Axis } from "./axis.js";
import { type Curves, SMOOTH } from "./curves.js";
import { hoverable, hoverScript, short } from "./hover.js";

const PALE = "#8f9bab";
const LINE = "#3b82c4";
const EVALUATED = "#c2571a";
/** For columns of about these widths, so that letters keep their size; the style shows the one that fits. */
const WIDE = { width: 990, height: 360 };
const NARROW = { width: 400, height: 300 };
const SMALL = { width: 420, height: 240 };

/** The returns, then every diagnostic that varies, then those that don't, in a sentence. */
export function reportCharts(curves: Curves, rewardThreshold: number | undefined): string {
  const { axis, average, diagnostics } = curves;
  const label = "mean of the last 100";
  const levels = rewardThreshold === undefined ? [] : [{ y: rewardThreshold, label: `solved: ${rewardThreshold}` }];
  const main = [WIDE, NARROW].map((size) =>
    drawChart([dots(curves), { label, x: average.x, y: average.y, colour: LINE }, ...evaluated(curves)], {
      ...size,
      title: "Return",
      xLabel: axis,
      levels,
    }),
  );
  const names = [
    ...Object.keys(TITLES).filter((name) => diagnostics.has(name)),
    ...[...diagnostics.keys()].filter((name) => !(name in TITLES)),
  ];
  const values = (name: string): { x: readonly number[]; y: readonly number[] } => diagnostics.get(name)!.values;
  const varying = names.filter((name) => !isConstant(values(name).y));
  const others = varying.map((name) => hoverable([diagnosticChart(name, diagnostics, axis)], name, values(name)));
  const constant = names.filter((name) => !varying.includes(name)).map((name) => [name, values(name).y[0]] as const);
  return [
    `<div class="main">${hoverable(main, label, average)}</div>`,
    `<div class="charts">${others.join("\n")}</div>`,
    ...(curves.noise.sentence === undefined ? [] : [`<p>${escapeXml(curves.noise.sentence)}</p>`]),
    ...(constant.length === 0 ? [] : [constants(constant)]),
    hoverScript(axis),
  ].join("\n");
}

/** Diagnostics in reading order: exploration, size of the policy's steps, quality of the values, then the rest. */
const TITLES: Readonly<Record<string, string>> = {
  entropy: "how undecided the policy is, nats",
  klK3: "KL from the policy before the update, nats",
  klK1: "the same KL, by the simpler estimate, nats",
  clipFraction: "share of the steps whose ratio was clipped",
  explainedVariance: "share of the variance that V explains",
  valueLoss: "squared error of the value network",
  gradientNorm: "length of the gradient before clipping",
  loss: "not a measure of success",
  signalToNoise: "|G|² over the variance of its estimate",
  criticalBatch: "steps with as much noise as signal",
  gradientVariance: "total variance of the gradient's estimate",
  gradientSteps: "how many the update took",
  learningRate: "after the schedule",
};

function isConstant(values: readonly number[]): boolean {
  return values.every((value) => Object.is(value, values[0]));
}

/** A chart of a constant would say nothing that a sentence can't. */
function constants(named: readonly (readonly [name: string, value: number])[]): string {
  const list = named.map(([name, value]) => `<code>${escapeXml(name)}</code> ${short(value)}`).join(", ");
  return `<p class="soft">The same in every update: ${list}.</p>`;
}

function diagnosticChart(name: string, diagnostics: Curves["diagnostics"], axis: Axis): DrawnChart {
  return drawChart(seriesOf(name, diagnostics), {
    ...SMALL,
    // The name comes first: it is what metrics.jsonl and docs/diagnostics.md have.
    title: name in TITLES ? `${name}: ${TITLES[name]}` : name,
    xLabel: axis,
  });
}

/** Each return as a dot: isolated values with gaps between them. */
function dots({ returns }: Curves): Series {
  return {
    label: "episode",
    x: returns.x.flatMap((place) => [place, place]),
    y: returns.y.flatMap((value) => [value, Number.NaN]),
    colour: PALE,
  };
}

/** The curve of evaluations with its intervals, beside that of training. */
function evaluated({ evaluations: { x, y, low, high } }: Curves): Series[] {
  return x.length === 0 ? [] : [{ label: "evaluated", x, y, colour: EVALUATED, band: { low, high } }];
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
