import type { Point, View } from "./scene.js";

/** The map from world units to a surface whose y axis points down: one scale, as large as fits, centred. */
export interface Placement {
  place(point: Point): Point;
  /** Converts a length from world units to the surface's units. */
  measure(length: number): number;
}

/** Coordinates are clamped to this range, far outside any surface, so that products of two of them stay finite. */
const FAR = 1e7;

export function placement({ left, right, bottom, top }: View, width: number, height: number): Placement {
  const scale = Math.min(width / (right - left), height / (top - bottom), 1e300);
  const marginX = (width - scale * (right - left)) / 2;
  const marginY = (height - scale * (top - bottom)) / 2;
  const near = (value: number): number => Math.min(Math.max(value, -FAR), FAR);
  return {
    place: ([x, y]) => [near(marginX + scale * (x - left)), near(marginY + scale * (top - y))],
    measure: (length) => near(scale * length),
  };
}
