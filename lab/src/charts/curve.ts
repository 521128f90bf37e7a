/** What a chart shows of one run, or of a group of seeds. */

import { indexAt, type Points } from "./thin.js";

export interface Curve {
  readonly name: string;
  readonly colour: string;
  readonly dash: number;
  /** A run that is not the subject is drawn faintly. */
  readonly faded: boolean;
  /** All points: they are thinned where they are drawn. */
  readonly line?: Points | undefined;
  readonly dots?: Points | undefined;
  /** Around the line, with its x. */
  readonly band?: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> } | undefined;
  /** Values that jump are drawn with a thin line. */
  readonly noisy?: boolean;
  /** What the others are compared with. */
  readonly strong?: boolean;
  /** False for the parts of a curve that has its name already. */
  readonly label?: boolean;
}

/** The value at a place: of the line if there is one. */
export function valueAt({ line, dots }: Curve, place: number): number | undefined {
  const points = line ?? dots;
  if (points === undefined) return undefined;
  const i = indexAt(points.x, place);
  return i === undefined ? undefined : points.y[i];
}
