/** Lays the cells of a sweep out over two of its settings. */

import type { CellView } from "./reader-protocol.js";
import { valueText } from "./words.js";

/** Rows and columns that can be read. Numbers with more values are put together in as many groups. */
const MOST_VALUES = 14;
const GROUPS = 8;
/** Texts of which each has a row or a column. The others share one. */
const MOST_TEXTS = 30;

export interface Axis {
  readonly name: string;
  readonly labels: readonly string[];
  /** The place of a cell on it. */
  readonly placeOf: (cell: CellView) => number;
}

/** The values of a setting, numbers in order. Undefined as a name is an axis with one place, for sweeps of one setting. */
export function axisOf(name: string | undefined, cells: readonly CellView[]): Axis {
  if (name === undefined) return { name: "", labels: [""], placeOf: () => 0 };
  const found = new Map(cells.map(({ settings }) => [valueText(settings[name]), settings[name]]));
  const texts = [...found.keys()];
  const numbers = [...found.values()].filter((value) => typeof value === "number").sort((a, b) => a - b);
  if (numbers.length === texts.length && numbers.length > MOST_VALUES) return groupedAxis(name, numbers);
  const others = texts.filter((text) => typeof found.get(text) !== "number");
  const all = [...numbers.map(valueText), ...others];
  const labels = all.length > MOST_TEXTS ? [...all.slice(0, MOST_TEXTS), "others"] : all;
  const places = new Map(labels.map((label, i) => [label, i]));
  return { name, labels, placeOf: ({ settings }) => places.get(valueText(settings[name])) ?? MOST_TEXTS };
}

/** As many values in each group. */
function groupedAxis(name: string, numbers: readonly number[]): Axis {
  const size = Math.ceil(numbers.length / GROUPS);
  const starts = Array.from({ length: Math.ceil(numbers.length / size) }, (_, i) => numbers[i * size]);
  const labels = starts.map(
    (from, i) => `${valueText(from)} – ${valueText(numbers[Math.min(numbers.length, (i + 1) * size) - 1])}`,
  );
  return {
    name,
    labels,
    placeOf: ({ settings }) =>
      Math.max(
        0,
        starts.findLastIndex((from) => from <= Number(settings[name])),
      ),
  };
}

/** What stands at one place of the map: one cell, or several that differ in other settings. */
export interface Spot {
  readonly cells: readonly CellView[];
  /** The mean of their scores; null before one is done. */
  readonly score: number | null;
  /** The verdict that most of them have. */
  readonly kind: string;
}

/** One list a row; undefined where the sweep has no cell. */
export function spotsOf(cells: readonly CellView[], rows: Axis, columns: Axis): (Spot | undefined)[][] {
  const at = rows.labels.map(() => columns.labels.map((): CellView[] => []));
  for (const cell of cells) at[rows.placeOf(cell)][columns.placeOf(cell)].push(cell);
  return at.map((row) => row.map((own) => (own.length === 0 ? undefined : spotOf(own))));
}

function spotOf(cells: readonly CellView[]): Spot {
  const scores = cells.flatMap(({ score }) => score ?? []);
  const counts = new Map<string, number>();
  for (const { kind } of cells) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const [kind] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most));
  return { cells, kind, score: scores.length === 0 ? null : scores.reduce((a, b) => a + b) / scores.length };
}
