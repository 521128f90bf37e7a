/** What both mountain cars share: options, starting states and the picture. */

import { cos, sin } from "../kernels/maths.js";
import { real } from "../options.js";
import type { Point, Scene } from "../scene/scene.js";
import { turned, turnedRectangle } from "./shapes.js";

const LEFT = -1.2;
const RIGHT = 0.6;

export const valleyOptions = {
  goalVelocity: real(0, { help: "least speed at which the flag must be passed" }),
};
export const valleyStart = {
  low: real(-0.6, { help: "leftmost start" }),
  high: real(-0.4, { help: "rightmost start" }),
};

const height = (x: number): number => 0.45 * sin(3 * x) + 0.55;

/** The picture of both mountain cars: the road `0.45 sin 3x + 0.55`, the flag, and the car at `position`. */
export function drawValley(position: number, flag: number): Scene {
  const road: Point[] = Array.from({ length: 61 }, (_, i) => {
    const x = LEFT + ((RIGHT - LEFT) * i) / 60;
    return [x, height(x)];
  });
  const slope = cos(3 * position);
  const at: Point = [position, height(position) + 0.03];
  const foot = height(flag);
  return {
    view: { left: LEFT, right: RIGHT, bottom: 0, top: 1.2 },
    background: "#ffffff",
    shapes: [
      { kind: "polygon", points: [[LEFT, 0], ...road, [RIGHT, 0]], fill: "#e9e5dc" },
      { kind: "line", points: road, stroke: "#000000", width: 0.006 },
      {
        kind: "line",
        points: [
          [flag, foot],
          [flag, foot + 0.15],
        ],
        stroke: "#000000",
        width: 0.006,
      },
      {
        kind: "polygon",
        points: [
          [flag, foot + 0.15],
          [flag, foot + 0.12],
          [flag + 0.075, foot + 0.135],
        ],
        fill: "#cccc00",
      },
      { kind: "polygon", points: turnedRectangle([-0.06, 0, 0.06, 0.06], slope, at), fill: "#000000" },
      { kind: "circle", centre: turned([0.03, 0], slope, at), radius: 0.024, fill: "#808080" },
      { kind: "circle", centre: turned([-0.03, 0], slope, at), radius: 0.024, fill: "#808080" },
    ],
  };
}
