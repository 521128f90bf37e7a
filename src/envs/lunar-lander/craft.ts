import { edge } from "./ground.js";
import { polygon } from "./polygon.js";
import { type Joint, revoluteJoint } from "./revolute-joint.js";
import { type Body, place, rigidBody } from "./rigid-body.js";
import { groundLine, HEIGHT, WIDTH } from "./terrain.js";
import { type World, world } from "./world.js";

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

/** A new lander at the top of the view, over ground with these heights. */
export function craft(heights: Float64Array, gravity: number): Craft {
  const hull = rigidBody(HULL, { density: 5, friction: 0.1 });
  place(hull, WIDTH / 2, HEIGHT, 0);
  const [right, left] = [leg(hull, 1), leg(hull, -1)];
  const line = groundLine(heights);
  const ground = [edge([0, 0], [WIDTH, 0], FLOOR_FRICTION)];
  for (let i = 0; i + 1 < line.length; i++) ground.push(edge(line[i], line[i + 1], SOIL_FRICTION));
  // In the order in which Box2D comes to them.
  const bodies = [left.body, hull, right.body];
  const joints = [left.joint, right.joint];
  return { hull, legs: [right.body, left.body], world: world(bodies, joints, ground, gravity) };
}

/** A leg on the right (side 1) or left (−1) of the hull. The first step pulls it into place. */
function leg(hull: Body, side: number): { body: Body; joint: Joint } {
  const body = rigidBody(LEG, { density: 1, friction: 0.2 });
  place(body, WIDTH / 2 + side * LEG_AWAY, HEIGHT, -side * LEG_TILT);
  const joint = revoluteJoint({
    a: hull,
    b: body,
    anchorAX: -hull.centreX,
    anchorAY: -hull.centreY,
    anchorBX: -side * LEG_AWAY - body.centreX,
    anchorBY: LEG_DOWN - body.centreY,
    zero: -side * LEG_TILT,
    lower: side > 0 ? LEAST_SPREAD : -MOST_SPREAD,
    upper: side > 0 ? MOST_SPREAD : -LEAST_SPREAD,
    motorSpeed: -side * SPRING_SPEED,
    maxTorque: SPRING_TORQUE,
  });
  return { body, joint };
}
