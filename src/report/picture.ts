import { type AnyAsyncEnv, isAsync } from "../envs/async-env.js";
import type { AnyEnv } from "../envs/env.js";
import { EnvironmentError, reasonOf } from "../rollout/guard.js";
import type { Scene } from "../scene/scene.js";
import { sceneFault } from "../scene/scene-fault.js";

/**
 * The picture of an environment after a step. Undefined if it has no `render`, as no asynchronous one has.
 *
 * @throws EnvironmentError if `render` throws, or returns what can't be drawn
 */
export function pictureOf(env: AnyEnv | AnyAsyncEnv, { step }: { readonly step: number }): Scene | undefined {
  if (isAsync(env) || env.render === undefined) return undefined;
  let scene: Scene;
  try {
    scene = env.render();
  } catch (error) {
    const message = `render() of the environment threw at step ${step}: ${reasonOf(error)}`;
    throw new EnvironmentError(message, { cause: error });
  }
  const fault = sceneFault(scene);
  if (fault === undefined) return scene;
  throw new EnvironmentError(`the environment returned a picture at step ${step} that can't be drawn: ${fault}`);
}
