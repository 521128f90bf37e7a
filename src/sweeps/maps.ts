/** Lays the cells of a grid out as maps: the first two settings are the axes, and each combination of the others is a map. */

import { canonical } from "../formats/digest.js";
import type { CellSummary } from "./summary.js";
import type { Settings } from "./sweep-config.js";

export interface SweepMap {
  /** The settings that all cells of this map share, besides those that are not varied. */
  readonly where: Settings;
  readonly row: string;
  readonly column: string;
  readonly rows: readonly unknown[];
  readonly columns: readonly unknown[];
  /** One list a row; undefined where the sweep has no such cell. */
  readonly cells: readonly (readonly (CellSummary | undefined)[])[];
}

/** Larger maps can't be read. */
const MOST_VALUES = 16;
const MOST_MAPS = 12;

/** None if fewer than two settings differ, or the cells are no grid: drawn points share no rows. */
export function mapsOf(varied: readonly string[], cells: readonly CellSummary[]): SweepMap[] {
  if (varied.length < 2) return [];
  const [row, column, ...others] = longestFirst(varied, cells);
  const rows = valuesOf(row, cells);
  const columns = valuesOf(column, cells);
  const groups = new Map<string, CellSummary[]>();
  for (const cell of cells) {
    const key = canonical(others.map((name) => cell.settings[name] ?? null));
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  const places = rows.length * columns.length * groups.size;
  if (rows.length > MOST_VALUES || columns.length > MOST_VALUES || groups.size > MOST_MAPS || cells.length < places / 2)
    return [];
  const place = (r: unknown, c: unknown): string => canonical([r ?? null, c ?? null]);
  return [...groups.values()].map((group) => {
    const byPlace = new Map(group.map((cell) => [place(cell.settings[row], cell.settings[column]), cell]));
    return {
      where: Object.fromEntries(others.map((name) => [name, group[0].settings[name]])),
      row,
      column,
      rows,
      columns,
      cells: rows.map((r) => columns.map((c) => byPlace.get(place(r, c)))),
    };
  });
}

/** The values of a setting, numbers in order; undefined for cells that don't have it. */
export function valuesOf(name: string, cells: readonly Pick<CellSummary, "settings">[]): unknown[] {
  const values = new Map(cells.map(({ settings }) => [canonical(settings[name] ?? null), settings[name]]));
  const found = [...values.values()];
  const numbers = found.filter((value) => typeof value === "number").sort((a, b) => a - b);
  return [...numbers, ...found.filter((value) => typeof value !== "number")];
}

/** Of the first two settings, the one with more values goes down, since columns are wider than rows are high. */
function longestFirst(varied: readonly string[], cells: readonly CellSummary[]): string[] {
  const [first, second, ...others] = varied;
  const swap = valuesOf(second, cells).length > valuesOf(first, cells).length;
  return swap ? [second, first, ...others] : [first, second, ...others];
}
