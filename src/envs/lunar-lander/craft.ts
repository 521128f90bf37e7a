import { edge, lay } from "./physics/ground.js";
import { polygon } from "./physics/polygon.js";
import { type Joint, revoluteJoint } from "./physics/revolute-joint.js";
import { type Body, place, rigidBody } from "./physics/rigid-body.js";
import { begin, type World, world } from "./physics/world.js";
import { groundLine, HEIGHT, POINTS, WIDTH } from "./terrain.js";

/** Pixels per metre. Gymnasium gives the craft's dimensions in pixels. */
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
const LEG_X = 2 / SCALE;
const LEG_Y = 8 / SCALE;
const LEG = polygon([
  [-LEG_X, -LEG_Y],
  [LEG_X, -LEG_Y],
  [LEG_X, LEG_Y],
  [-LEG_X, LEG_Y],
]);

/** From the hinge to the middle of a leg, along and across the leg. */
const LEG_AWAY = 20 / SCALE;
export const LEG_DOWN = 18 / SCALE;
const LEG_TILT = 0.05;
const LEG_MATTER = { density: 1, friction: 0.2 };
const SPRING_TORQUE = 40;
const SPRING_SPEED = 0.3;
const LEAST_SPREAD = 0.4;
const MOST_SPREAD = 0.9;

const SOIL_FRICTION = 0.1;
/** The floor at height 0, below all hills, is slightly rougher. */
const FLOOR_FRICTION = 0.2;

/** The lander over its ground: a hull, and two legs on springs, hinged at the hull's origin. */
export interface Craft {
  readonly hull: Body;
  /** The right leg, then the left leg. */
  readonly legs: readonly [Body, Body];
  readonly world: World;
}

/** Makes a lander and its ground. */
export function craft(gravity: number): Craft {
  const hull = rigidBody(HULL, { density: 5, friction: 0.1 });
  const right = rigidBody(LEG, LEG_MATTER);
  const left = rigidBody(LEG, LEG_MATTER);
  // Box2D visits the bodies in this order.
  const bodies = [left, hull, right];
  const joints = [hinge(hull, left, -1), hinge(hull, right, 1)];
  const slopes = Array.from({ length: POINTS - 1 }, () => edge(SOIL_FRICTION));
  return { hull, legs: [right, left], world: world(bodies, joints, [edge(FLOOR_FRICTION), ...slopes], gravity) };
}

/**
 * Lays ground of these heights and puts the lander at the top of the view. The first step pulls its legs into place.
 */
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

/** The hinge of the leg on the right (side 1) or left (−1) of the hull. */
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
