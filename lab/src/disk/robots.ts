import { listEnvs } from "ascent";

/**
 * Loads MuJoCo if an environment is a robot, so that `make` knows it. @throws Error that says how to install it, where the
 * server of this page has none
 */
export async function loadRobots(env: string | null): Promise<void> {
  if (env === null || listEnvs().some(({ id }) => id === env)) return;
  const { registerMujoco, ROBOT_IDS } = await import("ascent/mujoco");
  if (ROBOT_IDS.includes(env)) await registerMujoco();
}
