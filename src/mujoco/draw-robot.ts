/** Draws a model as a scene: its geoms, the farthest first, on the ground. */

import type { Colour, Point, Scene, SceneShape, View } from "../scene/scene.js";
import { BOX, CAPSULE, CYLINDER, ELLIPSOID, type Geom, geomsOf, hex, PLANE, placeIn, SPHERE } from "./geoms.js";
import { drawGround } from "./ground.js";
import { bodyIndex } from "./names.js";
import { type Slot, view } from "./native/state-cache.js";
import { type Camera, hull, type Place3, type Projection, projection } from "./projection.js";

export type { Camera } from "./projection.js";

const USUAL: Camera = { from: "side", size: [4, 4] };

/** The picture of the state in a slot, whose geoms are where they belong. */
export function drawRobot(slot: Slot, camera: Camera = USUAL): Scene {
  const lens = projection(camera.from);
  const seen = viewOf(slot, camera, lens);
  const geoms = geomsOf(slot);
  const solid = geoms.filter(({ kind }) => kind !== PLANE);
  const depths = new Map(solid.map((geom) => [geom, lens.depth(geom.at)]));
  const ordered = [...solid].sort((a, b) => (depths.get(b) ?? 0) - (depths.get(a) ?? 0));
  const planes = geoms.filter(({ kind }) => kind === PLANE);
  return {
    view: seen,
    background: "#ffffff",
    shapes: [
      ...planes.flatMap((plane) => drawGround(plane, camera, seen)),
      ...ordered.flatMap((geom) => drawGeom(geom, lens)),
    ],
  };
}

function viewOf(slot: Slot, { from, follow, centre = [0, 0], size }: Camera, lens: Projection): View {
  let [x, y] = centre;
  if (follow !== undefined) {
    const at = placeIn(view(slot, "xpos"), bodyIndex(slot.model, follow));
    // From the side, the ground stays where it is in the picture.
    const [right, up] = lens.flat(from === "side" ? [at[0], 0, 0] : [at[0], at[1], 0]);
    x += right;
    y += up;
  }
  const [width, height] = size;
  return { left: x - width / 2, right: x + width / 2, bottom: y - height / 2, top: y + height / 2 };
}

/** A capsule is a thick line, whose ends are round. The darker line around it tells it from its neighbours. */
function drawGeom({ kind, at, axes, size, fill }: Geom, lens: Projection): SceneShape[] {
  const edge = darker(fill);
  const off = (a: number, b: number, c: number): Place3 => moved(moved(moved(at, axes[0], a), axes[1], b), axes[2], c);
  const [a, b, c] = size;
  switch (kind) {
    case SPHERE:
      return [{ kind: "circle", centre: lens.flat(at), radius: a, fill, stroke: edge }];
    case CAPSULE: {
      const points = [lens.flat(off(0, 0, -b)), lens.flat(off(0, 0, b))];
      return [
        { kind: "line", points, stroke: edge, width: 2 * a },
        { kind: "line", points, stroke: fill, width: 1.7 * a },
      ];
    }
    case BOX:
      return polygon(
        [-a, a].flatMap((x) => [-b, b].flatMap((y) => [-c, c].map((z) => off(x, y, z)))),
        lens,
        fill,
      );
    case CYLINDER:
      return polygon(
        CIRCLE.flatMap(([x, y]) => [off(a * x, a * y, -b), off(a * x, a * y, b)]),
        lens,
        fill,
      );
    case ELLIPSOID:
      return polygon(
        CIRCLE.flatMap(([x, y]) => CIRCLE.map(([u, v]) => off(a * x * u, b * y * u, c * v))),
        lens,
        fill,
      );
    default:
      return [];
  }
}

function polygon(corners: readonly Place3[], lens: Projection, fill: Colour): SceneShape[] {
  return [{ kind: "polygon", points: hull(corners.map(lens.flat)), fill, stroke: darker(fill) }];
}

function moved([x, y, z]: Place3, [u, v, w]: Place3, by: number): Place3 {
  return [x + by * u, y + by * v, z + by * w];
}

/** Sixteen points on the circle of radius 1: each eighth turn, and between each two. */
const HALF = Math.sqrt(0.5);
const NEAR = Math.sqrt(2 + Math.SQRT2) / 2;
const WIDE = Math.sqrt(2 - Math.SQRT2) / 2;
const QUARTER: readonly Point[] = [
  [1, 0],
  [NEAR, WIDE],
  [HALF, HALF],
  [WIDE, NEAR],
];
const CIRCLE: readonly Point[] = [
  ...QUARTER,
  ...QUARTER.map(([x, y]): Point => [-y, x]),
  ...QUARTER.map(([x, y]): Point => [-x, -y]),
  ...QUARTER.map(([x, y]): Point => [y, -x]),
];

function darker(fill: Colour): Colour {
  return `#${[1, 3, 5].map((at) => hex(Math.round(0.6 * Number.parseInt(fill.slice(at, at + 2), 16)))).join("")}`;
}
