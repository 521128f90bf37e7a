/** The measurements of `ascent estimators` as text. */

import type { Measurement } from "../estimators/measure.js";
import type { Sampled } from "../estimators/sample.js";
import type { Setting } from "../estimators/setting.js";
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
