/** The measurements of `ascent estimators` as text. */

import type { Measurement } from "../estimators/measure.js";
import type { Setting } from "../estimators/setting.js";
import { count, figure } from "./figures.js";
import { table } from "./table.js";

/** The world, its policy and how it was measured. */
export function summary(
  { world, parameters, objective }: Setting,
  measured: readonly Measurement[],
  { episodes, seed }: { readonly episodes: number; readonly seed: number | bigint },
): string {
  const isExact = measured.every(({ exact }) => exact !== undefined);
  const drawn = measured[0]?.sampled;
  const ways = [
    ...(isExact ? ["all batches enumerated"] : []),
    ...(drawn === undefined ? [] : [`${count(drawn.batches, "batch", "batches")} drawn, seed ${seed}`]),
  ];
  return [
    `${world.name}: ${world.summary}`,
    `policy ${parameters.name}, γ ${world.gamma}, J ${figure(objective)}; batches of ${count(episodes, "episode")}, ${ways.join(", ")}`,
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
    ...(isDrawn ? [one.sampled === undefined ? "-" : one.sampled.z.toFixed(2)] : []),
    verdictOf(one),
    one.prediction.says,
  ]);
  return table([...headings, ...(isDrawn ? ["Z"] : []), "VERDICT", "THEORY"], rows, columns);
}

function verdictOf({ agreement, exact, sampled }: Measurement): string {
  if (agreement !== "agrees") return agreement === "fails" ? "FAILS" : agreement;
  return exact !== undefined && sampled === undefined ? "exact" : "agrees";
}

/** Rounding errors of 0 are shown as 0. */
function number(value: number): string {
  return Number.isNaN(value) ? "-" : figure(Math.abs(value) < 1e-14 ? 0 : value);
}
