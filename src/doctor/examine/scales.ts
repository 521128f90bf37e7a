/** The scales of observations and the use of an action space. */

import { isBox } from "../../spaces/box.js";
import type { Space } from "../../spaces/index.js";

/** An element of the observation, over the steps that were played. */
export interface ElementScale {
  readonly mean: number;
  readonly deviation: number;
  readonly min: number;
  readonly max: number;
}

/** Mean, deviation and range of each column of `rows`, which have `size` numbers each. */
export function scalesOf(rows: Float32Array, size: number): ElementScale[] {
  const count = rows.length / size;
  return Array.from({ length: size }, (_, j) => {
    let total = 0;
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (let k = j; k < rows.length; k += size) {
      total += rows[k];
      min = Math.min(min, rows[k]);
      max = Math.max(max, rows[k]);
    }
    const mean = total / count;
    let squares = 0;
    for (let k = j; k < rows.length; k += size) squares += (rows[k] - mean) * (rows[k] - mean);
    return { mean, deviation: Math.sqrt(squares / count), min, max };
  });
}

/** How far the scales of an observation's elements are apart, and how large its numbers are. */
export interface Spread {
  /** The largest deviation, and the smallest that is not 0. */
  readonly largest: number;
  readonly smallest: number;
  /** The size of the largest number. */
  readonly size: number;
}

export function spreadOf(observations: readonly ElementScale[]): Spread {
  const deviations = observations.map(({ deviation }) => deviation).filter((deviation) => deviation > 0);
  return {
    largest: deviations.reduce((a, b) => Math.max(a, b), 0),
    smallest: deviations.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    size: observations.reduce((most, { min, max }) => Math.max(most, Math.abs(min), Math.abs(max)), 0),
  };
}

/** The share of the actions' numbers that lie at a bound; undefined for actions without bounds. */
export function shareAtBounds(space: Space<unknown>, actions: readonly unknown[]): number | undefined {
  if (!isBox(space) || actions.length === 0) return undefined;
  const { low, high } = space;
  if (!low.every((bound, j) => Number.isFinite(bound) && Number.isFinite(high[j]))) return undefined;
  let at = 0;
  for (const action of actions) {
    if (!(action instanceof Float32Array)) return undefined;
    action.forEach((value, j) => {
      if (value <= low[j] || value >= high[j]) at++;
    });
  }
  return at / (actions.length * low.length);
}
