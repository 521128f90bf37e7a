import { cos, sin } from "../../kernels/maths.js";
import type { Generator } from "../../random/generator.js";
import { SCALE } from "./craft.js";
import { type Body, originX, originY, push } from "./physics/rigid-body.js";

const MAIN_POWER = 13;
const SIDE_POWER = 0.6;
/** Where the engines are: below the hull's origin, and to the side of it and above. */
const MAIN_DOWN = 4 / SCALE;
const SIDE_AWAY = 12 / SCALE;
const SIDE_UP = 14 / SCALE;
/** Gymnasium has 17 here where it means 14: so the nozzles wander as the craft tilts, and with them their torque. */
const SIDE_UP_TOO = 17 / SCALE;

/** What the engines do in a step. */
export interface Thrust {
  /** Of the main engine: 0, or from 0.5 to 1. */
  readonly main: number;
  /** Of a side engine: 0, or from 0.5 to 1. */
  readonly side: number;
  /** Which way the side engine pushes: −1 to the left, blowing out on the right; 1 to the right. */
  readonly direction: number;
}

/** 0: nothing; 1: push to the left; 2: main engine; 3: push to the right. */
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
  const [downX, downY] = [sin(hull.angle), -cos(hull.angle)];
  const [leftX, leftY] = [downY, -downX];
  const x = originX(hull);
  const y = originY(hull);
  if (main > 0) {
    const fromX = downX * (MAIN_DOWN + 2 * along) + leftX * across;
    const fromY = downY * (MAIN_DOWN + 2 * along) + leftY * across;
    push(hull, -fromX * MAIN_POWER * main, -fromY * MAIN_POWER * main, x + fromX, y + fromY);
  }
  if (side > 0) {
    const reach = 3 * across + direction * SIDE_AWAY;
    const fromX = downX * along + leftX * reach;
    const fromY = downY * along + leftY * reach;
    const atX = x + fromX - downX * SIDE_UP_TOO;
    const atY = y + fromY - downY * SIDE_UP;
    push(hull, -fromX * SIDE_POWER * side, -fromY * SIDE_POWER * side, atX, atY);
  }
}
