/**
 * Ascent's own module that loads MuJoCo and registers its robots. A run of a robot remembers it as it remembers a module of
 * its user, so worker threads, processes of a sweep and later commands load MuJoCo before they make the environment.
 */

import { fileURLToPath } from "node:url";
import { ROBOT_IDS } from "../../mujoco/robots.js";
import type { RunImport } from "../../training/run-record.js";

/** Of this copy of Ascent, wherever a run was begun: another copy would register for itself. */
export const robotsModule: RunImport = {
  module: "ascent/mujoco",
  path: fileURLToPath(new URL("../../mujoco/register.js", import.meta.url)),
};

/** Whether one of these ids is that of a robot. */
export function needRobots(envs: readonly (string | null | undefined)[]): boolean {
  return envs.some((id) => typeof id === "string" && ROBOT_IDS.includes(id));
}

/** The modules, and the robots' where one of the environments is a robot. */
export function withRobots(
  imports: readonly RunImport[],
  envs: readonly (string | null | undefined)[],
): readonly RunImport[] {
  const has = imports.some(({ path }) => path === robotsModule.path);
  return has || !needRobots(envs) ? imports : [...imports, robotsModule];
}
