/** The measurements of `ascent estimators` as text. */

import type { Measurement } from "../estimators/measure.js";
import type { Sampled } from "../estimators/sample.js";
import type { Setting } from "../estimators/setting.js";
import { extremes } from "../training/evaluation.js";
import { count, figure } from "./figures.js";
import { table } from "./table.js";

/** The world, its policy and how it was measured. */
export function summary(
  { world, parameters, objective, acting }: Setting,
  measured: readonly Measurement[],
  { episodes, seed }: { readonly episodes: number; readonly seed: number | bigint },
): string {
  const isExact = measured.every(({ exact }) => exact !== undefined);
  const drawn = measured[0]?.sampled;
  const ways = [
    ...(isExact ? ["all batches enumerated"] : []),
    ...(drawn === undefined ? [] : [`${count(drawn.batches, "batch", "batches")} drawn, seed ${seed}`]),
  ];
  const limit = world.timeLimit === undefined ? "" : `, cut after ${count(world.timeLimit, "step")}`;
  const stale = acting === undefined ? "" : ", another policy acts";
  return [
    `${world.name}: ${world.summary}${limit}`,
    `policy ${parameters.name}${stale}, γ ${world.gamma}, J ${figure(objective)}; batches of ${count(episodes, "episode")}, ${ways.join(", ")}`,
  ].join("\n");
}

/** One row for each estimator. */
export function measurementTable(measured: readonly Measurement[], columns: number): string {
  const isDrawn = measured.some(({ sampled }) => sampled !== undefined);
  const headings = ["ESTIMATOR", "OF", "BIAS²", "VARIANCE", "ERROR", "BEST FIT", "COSINE", "EPISODES"];
  const rows = measured.map((one) => [
    one.estimator.name,
    one.prediction.target,
    number(one.biasSquared),
    number(one.variance),
    number(one.meanSquaredError),
    number(one.scaledError),
    number(one.cosine),
    Number.isFinite(one.episodesForCosine) ? figure(Math.ceil(one.episodesForCosine)) : "-",
    ...(one.sampled === undefined ? (isDrawn ? ["-", "-"] : []) : [one.sampled.z.toFixed(2), restOf(one.sampled)]),
    verdictOf(one),
    one.prediction.says,
  ]);
  return table([...headings, ...(isDrawn ? ["Z", "T² P"] : []), "VERDICT", "THEORY"], rows, columns);
}

function verdictOf({ agreement, exact, sampled }: Measurement): string {
  if (agreement !== "agrees") return agreement === "fails" ? "FAILS" : agreement;
  return exact !== undefined && sampled === undefined ? "exact" : "agrees";
}

/** How likely so large a difference in all other directions is. */
function restOf({ probabilities }: Sampled): string {
  return probabilities[1] < 1e-4 ? probabilities[1].toExponential(0) : probabilities[1].toFixed(3);
}

/** Rounding errors of 0 are shown as 0. */
function number(value: number): string {
  return Number.isNaN(value) ? "-" : figure(Math.abs(value) < 1e-14 ? 0 : value);
}

/** The logarithmic axis covers at most this many powers of ten. */
const MOST_DECADES = 6;

/** A bar for each estimator on a logarithmic axis: `█` up to bias², and `░` on to the variance where that is larger. */
export function biasAndVariance(measured: readonly Measurement[], columns: number): string {
  const width = measured.reduce((widest, { estimator }) => Math.max(widest, estimator.name.length), 0);
  const length = Math.max(10, columns - width - 3);
  const numbers = measured
    .flatMap(({ biasSquared, variance }) => [biasSquared, variance])
    .filter((value) => value > 1e-12);
  if (numbers.length === 0) return "Nothing varies, and nothing is biased.";
  const { min, max } = extremes(numbers);
  const top = Math.ceil(Math.log10(max));
  const bottom = Math.max(Math.floor(Math.log10(min)), top - MOST_DECADES);
  const place = (value: number): number =>
    value <= 0 ? 0 : Math.max(0, Math.round(((Math.log10(value) - bottom) / Math.max(1, top - bottom)) * length));
  const bars = measured.map(({ estimator, biasSquared, variance }) => {
    const bias = place(biasSquared);
    const rest = Math.max(0, place(variance) - bias);
    return `${estimator.name.padEnd(width)} |${"█".repeat(bias)}${"░".repeat(rest)}`.trimEnd();
  });
  const axis = `${"".padEnd(width)}  ${`1e${bottom}`.padEnd(length - `1e${top}`.length)}1e${top}`;
  return [`${"".padEnd(width)}  █ bias²   ░ variance, on a logarithmic axis`, ...bars, axis].join("\n");
}
