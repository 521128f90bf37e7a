import { cos, sin } from "../kernels/maths.js";
import type { Point } from "../scene/scene.js";

/** The corners of an axis-parallel rectangle. */
export function rectangle(left: number, bottom: number, right: number, top: number): Point[] {
  return [
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
  ];
}

/** A point rotated by `angle` radians, anticlockwise, about the origin and then moved by `by`. */
export function turned([x, y]: Point, angle: number, by: Point): Point {
  const c = cos(angle);
  const s = sin(angle);
  return [c * x - s * y + by[0], s * x + c * y + by[1]];
}

/** The corners of a rectangle that is rotated about the origin and then moved. */
export function turnedRectangle(
  [left, bottom, right, top]: readonly [left: number, bottom: number, right: number, top: number],
  angle: number,
  by: Point,
): Point[] {
  return rectangle(left, bottom, right, top).map((corner) => turned(corner, angle, by));
}
