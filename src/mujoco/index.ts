/** Robots, simulated by MuJoCo: Gymnasium's, and models of your own. Needs the package `@mujoco/mujoco`. */

export type { Camera } from "./draw-robot.js";
export type { KnownRobots } from "./known-robots.js";
export { type Judgement, type MujocoTask, mujocoEnv } from "./mujoco-env.js";
export { loadMujoco } from "./native/load.js";
export { MUJOCO_VERSION } from "./native/module.js";
export type { Robot } from "./robot.js";
export { ROBOT_IDS, registerMujoco } from "./robots.js";
