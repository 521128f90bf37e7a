import type { Point, View } from "./scene.js";

/** Where the world lies on a surface whose y grows downwards: at one scale, as large as fits, in the middle. */
export interface Placement {
  /** Units of the surface for one unit of the world. */
  readonly scale: number;
  place(point: Point): Point;
}

export function placement({ left, right, bottom, top }: View, width: number, height: number): Placement {
  const scale = Math.min(width / (right - left), height / (top - bottom));
  const marginX = (width - scale * (right - left)) / 2;
  const marginY = (height - scale * (top - bottom)) / 2;
  return { scale, place: ([x, y]) => [marginX + scale * (x - left), marginY + scale * (top - y)] };
}
