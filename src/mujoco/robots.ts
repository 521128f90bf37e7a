/** The robots of Gymnasium that Ascent has. */

import { register } from "../envs/registry.js";
import { loadMujoco } from "./native/load.js";
import { ant } from "./robots/ant.js";
import { halfCheetah } from "./robots/half-cheetah.js";
import { hopper } from "./robots/hopper.js";
import { invertedDoublePendulum } from "./robots/inverted-double-pendulum.js";
import { invertedPendulum } from "./robots/inverted-pendulum.js";
import { reacher } from "./robots/reacher.js";
import { swimmer } from "./robots/swimmer.js";
import { walker2d } from "./robots/walker2d.js";

/** Their specs, in the order in which one would try them. */
export const ROBOTS = [
  invertedPendulum,
  invertedDoublePendulum,
  reacher,
  swimmer,
  hopper,
  halfCheetah,
  walker2d,
  ant,
] as const;

/** The ids of the robots. */
export const ROBOT_IDS: readonly string[] = ROBOTS.map(({ id }) => id);

/** Registers the names alone: enough for lists and help, not for a first step. */
export function registerRobotNames(): void {
  for (const spec of ROBOTS) register(spec as Parameters<typeof register>[0]);
}

/**
 * Loads MuJoCo and registers its robots, InvertedPendulum-v5 to Ant-v5, for `make`, `train` and all that take a name. Call
 * it once before the first of them; later calls change nothing.
 *
 * @throws ConfigError if the package `@mujoco/mujoco` is missing, or another release of it is installed
 */
export async function registerMujoco(): Promise<void> {
  await loadMujoco();
  registerRobotNames();
}
