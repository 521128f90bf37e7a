import { defineEnv, type EnvSpec } from "../../envs/env-spec.js";
import type { Schema, Values } from "../../options.js";
import { type Box, box } from "../../spaces/box.js";
import { type MujocoTask, mujocoEnv } from "../mujoco-env.js";

/** An environment's spec, with the task that it is made from. */
export type RobotSpec<S extends Schema = Schema> = EnvSpec<S> & { task(options: Values<S>): MujocoTask };

/** What an environment says of itself, and its task. */
interface Details<S extends Schema> {
  readonly id: string;
  readonly summary: string;
  readonly options: S;
  readonly framesPerSecond: number;
  readonly maxEpisodeSteps: number;
  readonly rewardThreshold?: number;
  task(options: Values<S>): MujocoTask;
}

/** The spec of a robot's environment. Its spaces are given, so that they are known before MuJoCo is loaded. */
export function robot<S extends Schema>(details: Details<S>): RobotSpec<S> {
  const { task, ...described } = details;
  return { ...defineEnv<S>({ ...described, create: (options) => mujocoEnv(task(options)) }), task };
}

/** Motors that each push from −strongest to strongest. */
export function pushes(motors: number, strongest = 1): Box {
  return box({ low: -strongest, high: strongest, shape: [motors] });
}
