import { edge, lay } from "./physics/ground.js";
import { polygon } from "./physics/polygon.js";
import { type Joint, revoluteJoint } from "./physics/revolute-joint.js";
import { type Body, place, rigidBody } from "./physics/rigid-body.js";
import { groundLine, HEIGHT, POINTS, WIDTH } from "./terrain.js";
import { begin, type World, world } from "./physics/world.js";

/** Pixels a metre: Gymnasium gives the craft's measures in pixels. */
export const SCALE = 30;

const HULL = polygon(
  [
    [17, -10],
    [17, 0],
    [14, 17],
    [-14, 17],
    [-17, 0],
    [-17, -10],
  ].map(([x, y]) => [x / SCALE, y / SCALE] as const),
);
const [LEG_X, LEG_Y] = [2 / SCALE, 8 / SCALE];
const LEG = polygon([
  [-LEG_X, -LEG_Y],
  [LEG_X, -LEG_Y],
  [LEG_X, LEG_Y],
  [-LEG_X, LEG_Y],
]);

/** From the hinge to a leg's middle, along and across the leg. */
const LEG_AWAY = 20 / SCALE;
export const LEG_DOWN = 18 / SCALE;
const LEG_TILT = 0.05;
const LEG_MATTER = { density: 1, friction: 0.2 };
const SPRING_TORQUE = 40;
const SPRING_SPEED = 0.3;
const [LEAST_SPREAD, MOST_SPREAD] = [0.4, 0.9];

const SOIL_FRICTION = 0.1;
/** The floor at height 0, under all hills, is a little rougher. */
const FLOOR_FRICTION = 0.2;

/** The lander over its ground: a hull, and two legs that hang on springs from the hull's origin. */
export interface Craft {
  readonly hull: Body;
  /** The one on the right, then the one on the left. */
  readonly legs: readonly [Body, Body];
  readonly world: World;
}

/** A lander, and the ground that it will land on. */
export function craft(gravity: number): Craft {
  const hull = rigidBody(HULL, { density: 5, friction: 0.1 });
  const [right, left] = [rigidBody(LEG, LEG_MATTER), rigidBody(LEG, LEG_MATTER)];
  // In the order in which Box2D comes to them.
  const bodies = [left, hull, right];
  const joints = [hinge(hull, left, -1), hinge(hull, right, 1)];
  const slopes = Array.from({ length: POINTS - 1 }, () => edge(SOIL_FRICTION));
  return { hull, legs: [right, left], world: world(bodies, joints, [edge(FLOOR_FRICTION), ...slopes], gravity) };
}

/** Lays ground of these heights and puts the lander at the top of the view. The first step will pull its legs into place. */
export function launch({ hull, legs, world }: Craft, heights: Float64Array): void {
  const [floor, ...slopes] = world.ground;
  const line = groundLine(heights);
  lay(floor, [0, 0], [WIDTH, 0]);
  slopes.forEach((slope, i) => {
    lay(slope, line[i], line[i + 1]);
  });
  place(hull, WIDTH / 2, HEIGHT, 0);
  place(legs[0], WIDTH / 2 + LEG_AWAY, HEIGHT, -LEG_TILT);
  place(legs[1], WIDTH / 2 - LEG_AWAY, HEIGHT, LEG_TILT);
  begin(world);
}

/** What holds a leg on the right (side 1) or left (−1) of the hull. */
function hinge(hull: Body, leg: Body, side: number): Joint {
  return revoluteJoint({
    a: hull,
    b: leg,
    anchorAX: -hull.centreX,
    anchorAY: -hull.centreY,
    anchorBX: -side * LEG_AWAY - leg.centreX,
    anchorBY: LEG_DOWN - leg.centreY,
    zero: -side * LEG_TILT,
    lower: side > 0 ? LEAST_SPREAD : -MOST_SPREAD,
    upper: side > 0 ? MOST_SPREAD : -LEAST_SPREAD,
    motorSpeed: -side * SPRING_SPEED,
    maxTorque: SPRING_TORQUE,
  });
}
