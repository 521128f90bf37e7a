import type { Point, View } from "./scene.js";

/** Where the world lies on a surface whose y grows downwards: at one scale, as large as fits, in the middle. */
export interface Placement {
  place(point: Point): Point;
  /** A length of the world on the surface. */
  measure(length: number): number;
}

/** Farther out nothing is seen: cut off here, products of two coordinates stay finite. */
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
