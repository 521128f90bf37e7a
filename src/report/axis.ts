/** The horizontal axis of a run's curves: steps where the run is to end after so many, and episodes otherwise. */

import type { Budget, Spent } from "../training/budget.js";
import type { Update } from "../training/types.js";

export type Axis = "step" | "episode";

export function runAxis({ steps }: Budget): Axis {
  return steps === null ? "episode" : "step";
}

/** The position on the axis of a run that has done so much. */
export function placeOf({ episodes, steps }: Spent, axis: Axis): number {
  return axis === "step" ? steps : episodes;
}

/**
 * The positions of an update's episodes. An update does not say at which step each of them ended, so they are spread
 * evenly over the steps since the update before, which ended at `stepsBefore`.
 */
export function placesOfEpisodes({ episodes, steps, returns }: Update, axis: Axis, stepsBefore: number): number[] {
  const count = returns.length;
  if (axis === "episode") return returns.map((_, i) => episodes - count + 1 + i);
  return returns.map((_, i) => stepsBefore + ((i + 1) * (steps - stepsBefore)) / count);
}
