import { cos, sin } from "../../kernels/maths.js";
import type { Generator } from "../../random/generator.js";
import { SCALE } from "./craft.js";
import { type Body, originX, originY, push } from "./rigid-body.js";

const MAIN_POWER = 13;
const SIDE_POWER = 0.6;
/** Where the engines are: below the hull's origin, and to the side of it and above. */
const MAIN_DOWN = 4 / SCALE;
const SIDE_AWAY = 12 / SCALE;
const SIDE_UP = 14 / SCALE;
/** Gymnasium's 17 where it means 14: the nozzles wander a little as the craft tilts, and so does their torque. */
const SIDE_UP_TOO = 17 / SCALE;

/** What the engines do in a step. */
export interface Thrust {
  /** Of the main engine: 0, or from 0.5 to 1. */
  readonly main: number;
  /** Of a side engine: 0, or from 0.5 to 1. */
  readonly side: number;
  /** −1: the left one, which pushes to the right; 1: the right one. */
  readonly direction: number;
}

/** Nothing, left engine, main engine, right engine. */
export function discreteThrust(action: number): Thrust {
  return { main: action === 2 ? 1 : 0, side: action % 2, direction: action - 2 };
}

/** Main throttle and side throttle, each from −1 to 1: engines have at least half their power or none. */
export function continuousThrust(action: Float32Array): Thrust {
  const main = Math.max(-1, Math.min(action[0], 1));
  const side = Math.max(-1, Math.min(action[1], 1));
  return {
    main: main > 0 ? (main + 1) * 0.5 : 0,
    side: Math.abs(side) > 0.5 ? Math.abs(side) : 0,
    direction: Math.sign(side),
  };
}

/** Fires the engines: blows to the hull, in a direction and at a place that scatter a little. */
export function fire(hull: Body, { main, side, direction }: Thrust, rng: Generator): void {
  const along = rng.uniform(-1, 1) / SCALE;
  const across = rng.uniform(-1, 1) / SCALE;
  // (upX, upY) is the way the hull's top points, seen in a mirror; its left is (-upY, upX).
  const [tipX, tipY] = [sin(hull.angle), cos(hull.angle)];
  const [sideX, sideY] = [-tipY, tipX];
  const [x, y] = [originX(hull), originY(hull)];
  if (main > 0) {
    const ox = tipX * (MAIN_DOWN + 2 * along) + sideX * across;
    const oy = -tipY * (MAIN_DOWN + 2 * along) - sideY * across;
    push(hull, -ox * MAIN_POWER * main, -oy * MAIN_POWER * main, x + ox, y + oy);
  }
  if (side > 0) {
    const reach = 3 * across + direction * SIDE_AWAY;
    const ox = tipX * along + sideX * reach;
    const oy = -tipY * along - sideY * reach;
    const at = [x + ox - tipX * SIDE_UP_TOO, y + oy + tipY * SIDE_UP] as const;
    push(hull, -ox * SIDE_POWER * side, -oy * SIDE_POWER * side, at[0], at[1]);
  }
}
