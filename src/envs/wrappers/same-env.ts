import type { Space } from "../../spaces/space.js";
import type { Env } from "../env.js";

/**
 * The members of `env` that a wrapper does not change: `actionMask`, `render`, members beyond the interface and, if the
 * wrapper has no state, `snapshot` and `restore`.
 */
export function sameEnv<Obs, Act, ObsSpace extends Space<Obs>, ActSpace extends Space<Act>>(
  env: Env<Obs, Act, ObsSpace, ActSpace>,
): Env<Obs, Act, ObsSpace, ActSpace> {
  const { actionMask, render, snapshot, restore } = env;
  return {
    ...env,
    observationSpace: env.observationSpace,
    actionSpace: env.actionSpace,
    reset: (options) => env.reset(options),
    step: (action) => env.step(action),
    ...(actionMask && { actionMask: () => actionMask.call(env) }),
    ...(render && { render: () => render.call(env) }),
    ...(snapshot && restore && { snapshot: () => snapshot.call(env), restore: (state) => restore.call(env, state) }),
  };
}
