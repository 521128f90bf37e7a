import { cos, sin } from "../../kernels/maths.js";
import type { Generator } from "../../random/generator.js";
import { SCALE } from "./craft.js";
import { type Body, originX, originY, push } from "./physics/rigid-body.js";

const MAIN_POWER = 13;
const SIDE_POWER = 0.6;
/** The engines' places: below the hull's origin, and above it to the side. */
const MAIN_DOWN = 4 / SCALE;
const SIDE_AWAY = 12 / SCALE;
const SIDE_UP = 14 / SCALE;
/**
 * Gymnasium has 17 here where it should be 14, so the nozzles and their torque shift as the craft tilts. Kept for
 * parity.
 */
const SIDE_UP_TOO = 17 / SCALE;

/** The engines' output in one step. */
export interface Thrust {
  /** The main engine's power: 0, or from 0.5 to 1. */
  readonly main: number;
  /** The side engine's power: 0, or from 0.5 to 1. */
  readonly side: number;
  /** The direction of the side engine's push: −1 to the left, 1 to the right. The flame points the other way. */
  readonly direction: number;
}

/** 0: none; 1: push to the left; 2: main engine; 3: push to the right. */
export function discreteThrust(action: number): Thrust {
  return { main: action === 2 ? 1 : 0, side: action % 2, direction: action - 2 };
}

/** Main throttle and side throttle, each from −1 to 1. An engine runs at half power at least, or not at all. */
export function continuousThrust(action: Float32Array): Thrust {
  const main = Math.max(-1, Math.min(action[0], 1));
  const side = Math.max(-1, Math.min(action[1], 1));
  return {
    main: main > 0 ? (main + 1) * 0.5 : 0,
    side: Math.abs(side) > 0.5 ? Math.abs(side) : 0,
    direction: Math.sign(side),
  };
}

/** Fires the engines: impulses on the hull with a slightly random direction and place. */
export function fire(hull: Body, { main, side, direction }: Thrust, rng: Generator): void {
  const along = rng.uniform(-1, 1) / SCALE;
  const across = rng.uniform(-1, 1) / SCALE;
  const downX = sin(hull.angle);
  const downY = -cos(hull.angle);
  const leftX = downY;
  const leftY = -downX;
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
