/** Projects a model's world onto a picture. */

import type { Point } from "../scene/scene.js";

/** Where the picture is taken from. */
export interface Camera {
  /** `side` looks along y, so that x points right and z up; `top` looks down, with y up; `above` is between them. */
  readonly from: "side" | "top" | "above";
  /** The body that the picture follows to the right (and, unless from the side, upwards). Default: it stays. */
  readonly follow?: string | undefined;
  /** What is in the middle: the distance from the origin, or from the body, to the right and upwards. Default: 0, 0. */
  readonly centre?: Point | undefined;
  /** Width and height of what is seen, in metres. */
  readonly size: readonly [width: number, height: number];
}

/** A point of the world: x, y, z. */
export type Place3 = readonly [x: number, y: number, z: number];

/** Sine and cosine of the angle by which the camera looks down. */
const TILTS = { side: [0, 1], above: [0.5, Math.sqrt(3) / 2], top: [1, 0] } as const;

/** The projection of a camera: where a point is in the picture, and how far away it is. */
export interface Projection {
  flat(place: Place3): Point;
  depth(place: Place3): number;
}

export function projection(from: Camera["from"]): Projection {
  const [sin, cos] = TILTS[from];
  return {
    flat: ([x, y, z]) => [x, y * sin + z * cos],
    depth: ([, y, z]) => y * cos - z * sin,
  };
}

/** The corners of the convex hull of points, anticlockwise: Andrew's monotone chain. */
export function hull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return [...chain(sorted), ...chain(sorted.reverse())];
}

function chain(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    while (kept.length >= 2 && !turnsLeft(kept[kept.length - 2], kept[kept.length - 1], point)) kept.pop();
    kept.push(point);
  }
  return kept.slice(0, -1);
}

function turnsLeft(a: Point, b: Point, c: Point): boolean {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0;
}
