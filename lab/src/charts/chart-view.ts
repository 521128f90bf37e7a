/** What all charts share: what x counts, the part that is seen, the cross-hair, and over how many episodes is averaged. */

import { signal } from "@preact/signals";
import type { Range } from "./thin.js";

export const AXES = ["steps", "episodes", "updates"] as const;
export type Axis = (typeof AXES)[number];
/** Episodes in a mean: as in the definition of solved, fewer, or none. */
export const WINDOWS = [100, 20, 0] as const;

export const axis = signal<Axis>("steps");
export const averaged = signal<number>(100);
/** Undefined while all is seen. */
export const zoom = signal<Range | undefined>(undefined);
/** Where the cross-hair is, in units of the axis. */
export const cursor = signal<number | undefined>(undefined);
/** Where it goes back to when the pointer leaves. */
export const pinned = signal<number | undefined>(undefined);

/** Steps mean nothing on an axis of updates. */
export function countBy(chosen: Axis): void {
  axis.value = chosen;
  zoom.value = undefined;
  cursor.value = undefined;
  pinned.value = undefined;
}

export function pin(place: number | undefined): void {
  pinned.value = place;
  cursor.value = place;
}

/** Shows a part of what there is `times` as wide as now, around a place that stays where it is. */
export function zoomBy(times: number, whole: Range, around = cursor.value): void {
  zoom.value = scaled(zoom.value ?? whole, times, whole, around);
}

/** Undefined if that is all there is. */
export function scaled([from, to]: Range, times: number, whole: Range, around?: number): Range | undefined {
  const centre = around === undefined || around < from || around > to ? (from + to) / 2 : around;
  const [low, high] = [centre + (from - centre) * times, centre + (to - centre) * times];
  const width = Math.max(high - low, (whole[1] - whole[0]) * 1e-4);
  if (width >= whole[1] - whole[0]) return undefined;
  // What would lie beyond an end is shown at the other.
  const start = Math.min(Math.max(low, whole[0]), whole[1] - width);
  return [start, start + width];
}
