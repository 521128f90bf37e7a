/** Which setting mattered: how much of the variance of scores each setting explains. */

import { beyondF } from "../significance.js";
import { meanOf } from "./moments.js";
import { rankCorrelation } from "./rank-correlation.js";
import type { Settings } from "./sweep-config.js";

/** The scores of one cell, one a seed. */
export interface ScoredCell {
  readonly settings: Settings;
  readonly scores: readonly number[];
}

/** What one setting, or two together, explain. */
export interface Effect {
  /** One name, or two: then it is what they explain together beyond what each explains alone. */
  readonly settings: readonly string[];
  /** Of the variance between cells. */
  readonly share: number;
  /** Its degrees of freedom. */
  readonly degrees: number;
  /**
   * How likely so large a share is by chance (F-test): in a grid by that of seeds, NaN where there is one seed a cell; in
   * bins by that of all the other settings.
   */
  readonly probability: number;
  /** The rank correlation of the setting with the score; NaN if it is no number, or for two settings. */
  readonly correlation: number;
}

/** How the variance of scores splits between settings. */
export interface Importance {
  /**
   * Grid: every combination of values is there, and the variance is split exactly. Bins: the cells were drawn; each setting
   * alone, by the means over quarters of its values, which overlap between settings.
   */
  readonly method: "grid" | "bins";
  /** The largest share first. */
  readonly effects: readonly Effect[];
  /** The share of the variance between cells that is left; in a grid, what three or more settings do together. */
  readonly rest: number;
  /** The share of the variance between all runs that is within cells: between seeds. */
  readonly seeds: number;
}

/**
 * Splits the variance between cells by settings (analysis of variance, by the means of cells):
 *
 *   share(A)    = Σ_a n_a (x̄_a − x̄)² / Σ_cells (x̄_cell − x̄)²
 *   share(A, B) = the same over pairs of values, less share(A) and share(B)
 *
 * Undefined if there are fewer than two cells, or all have the same mean. Cells without a finite score are left out.
 */
export function importanceOf(varied: readonly string[], cells: readonly ScoredCell[]): Importance | undefined {
  const known = cells.filter(({ scores }) => scores.length > 0 && scores.every(Number.isFinite));
  const means = known.map(({ scores }) => meanOf(scores));
  const between = squares(means);
  if (known.length < 2 || !(between > 0)) return undefined;
  const names = varied.filter((name) => levelCount(levelsOf(name, known)) > 1);
  const all = names.map((name) => levelsOf(name, known));
  const isGrid = known.length === all.reduce((product, levels) => product * levelCount(levels), 1);
  const columns = isGrid ? all : names.map((name) => binsOf(name, known));
  const seeds = withinCells(known);

  const effectOf = (settings: readonly string[], levels: readonly string[], less: readonly Effect[] = []): Effect => {
    const share = Math.max(0, squaresBetween(means, levels) / between - less.reduce((sum, one) => sum + one.share, 0));
    const degrees = less.reduce((product, one) => product * one.degrees, less.length > 0 ? 1 : levelCount(levels) - 1);
    const left = known.length - 1 - degrees;
    const noise = isGrid ? seeds.variance / seeds.perCell : ((1 - share) * between) / left;
    const F = (share * between) / degrees / noise;
    const probability = beyondF(F, degrees, isGrid ? seeds.degrees : left);
    const correlation = settings.length > 1 ? Number.NaN : correlationOf(settings[0], known, means);
    return { settings, share, degrees, probability: Number.isNaN(F) ? Number.NaN : probability, correlation };
  };
  const effects = names.map((name, k) => effectOf([name], columns[k]));
  const alone = effects.slice();
  if (isGrid && names.length > 1)
    for (let a = 0; a < names.length; a++)
      for (let b = a + 1; b < names.length; b++) {
        const both = columns[a].map((level, i) => JSON.stringify([level, columns[b][i]]));
        effects.push(effectOf([names[a], names[b]], both, [alone[a], alone[b]]));
      }
  return {
    method: isGrid ? "grid" : "bins",
    effects: effects.sort((a, b) => b.share - a.share),
    rest: Math.max(0, 1 - effects.reduce((sum, { share }) => sum + share, 0)),
    seeds: seeds.squares / (seeds.squares + seeds.perCell * between),
  };
}

/** The sum of squared distances from the mean. */
function squares(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

/** The same of the means over equal levels, each counted as often as its level occurs. */
function squaresBetween(values: readonly number[], levels: readonly string[]): number {
  const groups = new Map<string, number[]>();
  levels.forEach((level, i) => {
    groups.set(level, [...(groups.get(level) ?? []), values[i]]);
  });
  return squares(levels.map((level) => meanOf(groups.get(level) ?? [])));
}

/** What seeds do within cells: the variance of one run, and how many runs a cell has (the harmonic mean). */
function withinCells(cells: readonly ScoredCell[]) {
  const within = cells.reduce((sum, { scores }) => sum + squares(scores), 0);
  const degrees = cells.reduce((sum, { scores }) => sum + scores.length - 1, 0);
  const perCell = cells.length / cells.reduce((sum, { scores }) => sum + 1 / scores.length, 0);
  return { squares: within, degrees, perCell, variance: within / degrees };
}

/** The value of a setting in each cell; cells that don't have it share a level. */
function levelsOf(name: string, cells: readonly ScoredCell[]): string[] {
  return cells.map(({ settings }) => JSON.stringify(settings[name]) ?? "");
}

/** The quarters of a setting's values in which the cells lie, by rank; its values themselves if they are few or no numbers. */
function binsOf(name: string, cells: readonly ScoredCell[]): string[] {
  const levels = levelsOf(name, cells);
  const numbers = cells.flatMap(({ settings }) => (typeof settings[name] === "number" ? settings[name] : []));
  if (levelCount(levels) <= BINS) return levels;
  return cells.map(({ settings }, i) => {
    const value = settings[name];
    if (typeof value !== "number") return levels[i];
    return `bin ${Math.floor((BINS * numbers.filter((other) => other < value).length) / numbers.length)}`;
  });
}

const BINS = 4;

function levelCount(levels: readonly string[]): number {
  return new Set(levels).size;
}

/** Over the cells in which the setting is a number. */
function correlationOf(name: string, cells: readonly ScoredCell[], means: readonly number[]): number {
  const pairs = cells.flatMap(({ settings }, i) => {
    const value = settings[name];
    return typeof value === "number" ? [{ value, mean: means[i] }] : [];
  });
  return rankCorrelation(
    pairs.map(({ value }) => value),
    pairs.map(({ mean }) => mean),
  );
}
