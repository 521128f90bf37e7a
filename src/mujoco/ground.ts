/** Draws a plane of a model. Marks on it show that the picture moves. */

import { rectangle } from "../envs/shapes.js";
import type { Colour, Point, SceneShape, View } from "../scene/scene.js";
import type { Geom } from "./geoms.js";
import { type Camera, projection } from "./projection.js";

const MARK: Colour = "#b8c2b8";
/** Metres between two marks on a line, and between two lines of a grid. */
const EVERY = { side: 0.5, top: 1, above: 1 };

/** From the side a plane is what lies below a line; from elsewhere it fills the picture, with a grid. */
export function drawGround({ at, fill }: Geom, { from }: Camera, seen: View): SceneShape[] {
  const { left, right, bottom, top } = seen;
  const step = EVERY[from];
  const across = marks(left, right, step);
  if (from === "side") {
    const level = at[2];
    if (level <= bottom) return [];
    const tick = 0.03 * (top - bottom);
    return [
      { kind: "polygon", points: rectangle(left, bottom, right, level), fill },
      ...across.map((x) => line([x, level], [x, level - tick])),
      line([left, level], [right, level]),
    ];
  }
  const { flat } = projection(from);
  // How far two marks lie apart upwards: a metre that leads away is shorter the lower the camera is.
  const [, up] = flat([0, 1, 0]);
  return [
    { kind: "polygon", points: rectangle(left, bottom, right, top), fill },
    ...across.map((x) => line([x, bottom], [x, top])),
    ...marks(bottom, top, step * up).map((y) => line([left, y], [right, y])),
  ];
}

function marks(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

function line(a: Point, b: Point): SceneShape {
  return { kind: "line", points: [a, b], stroke: MARK };
}
