/** Loads MuJoCo once for all its users. */

import { ConfigError } from "../../errors.js";
import { importPeer } from "../../peers.js";
import { MUJOCO_VERSION, type MujocoModule } from "./module.js";
import { allowWrittenFunctions } from "./written-functions.js";

let loading: Promise<MujocoModule> | undefined;
let loaded: MujocoModule | undefined;

/**
 * Loads MuJoCo, which takes about 0.3 s the first time. `mujocoEnv` needs it, and can't wait for it.
 *
 * @throws ConfigError if the package `@mujoco/mujoco` is missing, or another release of it is installed
 */
export async function loadMujoco(): Promise<void> {
  loading ??= load();
  try {
    loaded = await loading;
  } catch (error) {
    // Once it is installed, the next call finds it.
    loading = undefined;
    throw error;
  }
}

/** Whether MuJoCo is there. Names can be registered without it. */
export function isLoaded(): boolean {
  return loaded !== undefined;
}

/** MuJoCo. @throws ConfigError if it isn't loaded */
export function mujoco(): MujocoModule {
  if (loaded !== undefined) return loaded;
  const allowed = "await loadMujoco() or await registerMujoco(), of ascent/mujoco, before the first environment";
  throw new ConfigError({ field: "MuJoCo", given: "not loaded yet", allowed });
}

async function load(): Promise<MujocoModule> {
  const name = "@mujoco/mujoco";
  const { default: make } = await importPeer(name, "MuJoCo", () => import("@mujoco/mujoco"), MUJOCO_VERSION);
  allowWrittenFunctions();
  // What it would print are warnings about states that it has reset; they have no reader here.
  const silent = { print: () => undefined, printErr: () => undefined };
  const module = (await make(silent)) as unknown as MujocoModule;
  const found = module.mj_versionString();
  if (found === MUJOCO_VERSION) return module;
  const allowed = `the release ${MUJOCO_VERSION}, since others compute other bits: npm install ${name}@${MUJOCO_VERSION}`;
  throw new ConfigError({ field: name, given: found, allowed });
}
