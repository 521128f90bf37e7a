/** What charts show of runs. */

import type { History } from "../state/history.js";
import type { Table } from "./chart-menu.js";
import { type Axis, averaged, axis } from "./chart-view.js";
import type { ChartedPlace } from "./charted.js";
import type { Curve } from "./curve.js";
import { runningMean } from "./running-mean.js";
import { after, LEAST_SEEDS, spreadOf } from "./seeds.js";
import type { Points, Range } from "./thin.js";

export interface Metric {
  readonly name: string;
  readonly label: string;
  /** Numbers of episodes are averaged over several; those of updates are drawn as they are. */
  readonly of: "episode" | "update";
}

export const RETURN: Metric = { name: "return", label: "return", of: "episode" };
const LENGTH: Metric = { name: "length", label: "episode length (steps)", of: "episode" };

/** Diagnostics worth a chart, in this order, where a run has them. */
export const DETAILS: readonly Metric[] = [
  { name: "entropy", label: "entropy (nats)", of: "update" },
  { name: "gradientNorm", label: "gradient norm", of: "update" },
  { name: "valueLoss", label: "value loss", of: "update" },
  { name: "explainedVariance", label: "explained variance", of: "update" },
  { name: "klK3", label: "KL to the old policy", of: "update" },
  { name: "clipFraction", label: "clipped share of steps", of: "update" },
  LENGTH,
];

export function has({ updates }: History, { name, of }: Metric): boolean {
  return of === "episode" || updates.has(name);
}

export interface Look {
  readonly colour: string;
  readonly dash: number;
  readonly faded: boolean;
  readonly strong?: boolean;
}

/** Places of a mean over seeds across the chart. */
const PLACES = 300;

/** A run as its curve, and a group of seeds as their mean with a band, or as curves where they are few. */
export function curvesOf(place: ChartedPlace, metric: Metric, look: Look, seen: Range): Curve[] {
  const own = place.runs.filter(({ history }) => has(history, metric));
  const noisy = metric.of === "update";
  if (own.length < LEAST_SEEDS)
    return own.map(({ history, begun }) => {
      const name = own.length === 1 ? place.name : `${place.name}: seed ${begun.value?.config.seed}`;
      return { name, ...look, ...shapes(history, metric), noisy };
    });
  const lines = own.map(({ history }) => {
    const { line, dots } = shapes(history, metric);
    return (line ?? dots) as Points;
  });
  const spread = spreadOf(lines, PLACES, seen);
  if (spread === undefined)
    return lines.map((line, i) => ({ ...look, name: `${place.name}: ${i}`, line, noisy, label: i === 0 }));
  const { x, mean, low, high } = spread;
  const end = x[x.length - 1];
  const rest = lines
    .filter((line) => line.x[line.x.length - 1] > end)
    .map((line, i): Curve => {
      return {
        ...look,
        name: `${place.name}: rest ${i}`,
        faded: true,
        line: after(line, end),
        noisy: true,
        label: false,
      };
    });
  return [...rest, { ...look, name: place.name, line: { x, y: mean }, band: { low, high } }];
}

function shapes(history: History, metric: Metric): Pick<Curve, "line" | "dots"> {
  const x = countsOf(history, metric.of, axis.peek());
  const y = numbersOf(history, metric);
  if (metric.of === "update") return { line: { x, y: y.view } };
  const window = averaged.peek();
  return { dots: { x, y: y.view }, line: window === 0 ? undefined : { x, y: runningMean(y, window) } };
}

function numbersOf({ episodes, updates }: History, { name, of }: Metric) {
  const column = of === "episode" ? episodes[name as "return" | "length"] : updates.get(name);
  if (column === undefined) throw new Error(`no ${name}`);
  return column;
}

/** How many steps, episodes or updates there were at each episode or update. */
function countsOf({ episodes, updates }: History, of: Metric["of"], counted: Axis): Float64Array {
  if (of === "episode")
    return { steps: episodes.steps, episodes: episodes.number, updates: episodes.update }[counted].view;
  return updates.get({ steps: "steps", episodes: "episodes", updates: "update" }[counted])?.view ?? new Float64Array();
}

/** From 0 to where the last run is. */
export function wholeOf(places: readonly ChartedPlace[]): Range {
  let most = 0;
  for (const { runs } of places)
    for (const { history } of runs)
      for (const of of ["episode", "update"] as const)
        most = Math.max(most, countsOf(history, of, axis.peek()).at(-1) ?? 0);
  return [0, most === 0 ? 1 : most];
}

/** All data of a chart, run by run. */
export function tablesOf(places: readonly ChartedPlace[], metric: Metric): Table[] {
  return places.flatMap(({ runs, name }) =>
    runs
      .filter(({ history }) => has(history, metric))
      .map(({ history, begun }): Table => {
        const count = (counted: Axis) => countsOf(history, metric.of, counted);
        const y = numbersOf(history, metric);
        const window = averaged.peek();
        const mean: Table["columns"] =
          metric.of === "episode" && window > 0 ? [[`mean of the last ${window}`, runningMean(y, window)]] : [];
        return {
          run: runs.length === 1 ? name : `${name}: seed ${begun.value?.config.seed}`,
          columns: [
            ["steps", count("steps")],
            ["episode", count("episodes")],
            ["update", count("updates")],
            [metric.name, y.view],
            ...mean,
          ],
        };
      }),
  );
}
