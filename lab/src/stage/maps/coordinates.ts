/** The coordinates of a state, with names, units and the part of them that is worth a picture. */

import type { SpaceDescription } from "ascent/spaces";
import type { MapAxis } from "../../protocol.js";
import { familyOf } from "../action-names.js";

export interface Coordinate {
  readonly name: string;
  /** Empty for a number without one. */
  readonly unit: string;
  readonly axis: MapAxis;
}

const plain = (name: string, unit: string, index: number, low: number, high: number): Coordinate => ({
  name,
  unit,
  axis: { index, low, high },
});
const angle = (name: string, cos: number, sin: number): Coordinate => ({
  name,
  unit: "rad",
  axis: { cos, sin, low: -Math.PI, high: Math.PI },
});
const valley = [plain("position", "", 0, -1.2, 0.6), plain("velocity", "a step", 1, -0.07, 0.07)];
const lander = [
  plain("x", "half views", 0, -1, 1),
  plain("height", "half views", 1, -0.1, 1.5),
  plain("speed in x", "", 2, -1.5, 1.5),
  plain("speed in height", "", 3, -1.5, 0.5),
  plain("angle", "rad", 4, -1, 1),
  plain("angular velocity", "", 5, -1, 1),
];
/** In the order of what is worth seeing first. */
const KNOWN: Readonly<Record<string, readonly Coordinate[]>> = {
  CartPole: [
    plain("pole angle", "rad", 2, -0.21, 0.21),
    plain("pole's angular velocity", "rad/s", 3, -2.5, 2.5),
    plain("cart position", "m", 0, -2.4, 2.4),
    plain("cart velocity", "m/s", 1, -2.5, 2.5),
  ],
  MountainCar: valley,
  MountainCarContinuous: valley,
  Pendulum: [angle("angle from upright", 0, 1), plain("angular velocity", "rad/s", 2, -8, 8)],
  Acrobot: [
    angle("first angle", 0, 1),
    angle("second angle", 2, 3),
    plain("first angular velocity", "rad/s", 4, -12.57, 12.57),
    plain("second angular velocity", "rad/s", 5, -28.27, 28.27),
  ],
  LunarLander: lander,
  LunarLanderContinuous: lander,
};
const SIZES: Readonly<Record<string, number>> = {
  CartPole: 4,
  MountainCar: 2,
  MountainCarContinuous: 2,
  Pendulum: 3,
  Acrobot: 6,
  LunarLander: 8,
  LunarLanderContinuous: 8,
};

/** More numbers than this are an image or a history, of which two say nothing. */
const MOST = 24;
/** How far to go where a number has no bounds. */
const WIDE = 3;

/** Undefined for states that are no short list of numbers. */
export function coordinatesOf(env: string, space: SpaceDescription | undefined): readonly Coordinate[] | undefined {
  if (space?.kind !== "box" || space.low.length < 2 || space.low.length > MOST) return undefined;
  const family = familyOf(env);
  if (Object.hasOwn(KNOWN, family) && SIZES[family] === space.low.length) return KNOWN[family];
  return space.low.map((low, i) => plain(`s[${i}]`, "", i, bounded(low, -WIDE), bounded(space.high[i], WIDE)));
}

/** Bounds such as ±3.4e38 are none. */
function bounded(bound: number | null, otherwise: number): number {
  return bound === null || Math.abs(bound) > 1e4 ? otherwise : bound;
}

/** A state's place along a coordinate. */
export function placeOf(observation: readonly number[], axis: MapAxis): number {
  return "index" in axis ? observation[axis.index] : Math.atan2(observation[axis.sin], observation[axis.cos]);
}

/** `pole angle (rad)` */
export function titleOf({ name, unit }: Coordinate): string {
  return unit === "" ? name : `${name} (${unit})`;
}
