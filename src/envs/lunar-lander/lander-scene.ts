import type { Point, Scene, SceneShape } from "../../scene/scene.js";
import { turned } from "../shapes.js";
import { type Craft, SCALE } from "./craft.js";
import type { Thrust } from "./engines.js";
import { type Body, originX, originY } from "./physics/rigid-body.js";
import { groundLine, HEIGHT, PAD, WIDTH } from "./terrain.js";

/** The moon, the flags of the pad, and the craft with the flames of the last step. */
export function drawLander({ hull, legs }: Craft, heights: Float64Array, thrust: Thrust): Scene {
  const bodies = [...legs, hull].map(
    (body): SceneShape => ({
      kind: "polygon",
      points: Array.from(body.polygon.x, (x, i) => onBody(body, [x, body.polygon.y[i]])),
      fill: "#8066e6",
      stroke: "#4d4d80",
      width: 1 / SCALE,
    }),
  );
  return {
    view: { left: 0, right: WIDTH, bottom: 0, top: HEIGHT },
    background: "#000000",
    shapes: [
      { kind: "polygon", points: [[0, 0], ...groundLine(heights), [WIDTH, 0]], fill: "#ffffff" },
      ...flames(hull, thrust),
      ...bodies,
      ...flag(PAD.left),
      ...flag(PAD.right),
    ],
  };
}

function onBody(body: Body, point: Point): Point {
  return turned(point, body.angle, [originX(body), originY(body)]);
}

/** Pointed flames whose length shows the engine's power. The side engines' flames point away from the hull. */
function flames(hull: Body, { main, side, direction }: Thrust): SceneShape[] {
  const shapes: SceneShape[] = [];
  const tongue = (fill: "#ff7a1a" | "#ffe066", points: readonly Point[]): void => {
    shapes.push({ kind: "polygon", points: points.map(([x, y]) => onBody(hull, [x / SCALE, y / SCALE])), fill });
  };
  if (main > 0) {
    tongue("#ff7a1a", [
      [-9, -10],
      [9, -10],
      [0, -10 - 34 * main],
    ]);
    tongue("#ffe066", [
      [-5, -10],
      [5, -10],
      [0, -10 - 20 * main],
    ]);
  }
  if (side > 0) {
    const out = -direction;
    tongue("#ff7a1a", [
      [out * 15, 17],
      [out * 15, 9],
      [out * (15 + 18 * side), 13],
    ]);
    tongue("#ffe066", [
      [out * 15, 15],
      [out * 15, 11],
      [out * (15 + 10 * side), 13],
    ]);
  }
  return shapes;
}

function flag(x: number): SceneShape[] {
  const foot = PAD.y;
  const top = PAD.y + 50 / SCALE;
  return [
    {
      kind: "line",
      points: [
        [x, foot],
        [x, top],
      ],
      stroke: "#ffffff",
      width: 1 / SCALE,
    },
    {
      kind: "polygon",
      points: [
        [x, top],
        [x, top - 10 / SCALE],
        [x + 25 / SCALE, top - 5 / SCALE],
      ],
      fill: "#cccc00",
    },
  ];
}
