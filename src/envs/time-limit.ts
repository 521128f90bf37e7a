import { ConfigError } from "../errors.js";
import { type IntOption, int } from "../options.js";
import type { Space } from "../spaces/space.js";
import type { Env, Json, StepResult } from "./env.js";
import { wrapping } from "./innermost.js";
import { requireJson } from "./json-fault.js";
import { ResetNeeded } from "./reset-needed.js";
import { readSnapshot } from "./snapshot.js";

/**
 * The same environment with episodes of at most `maxEpisodeSteps` steps. The last step is `truncated`, whether or not
 * it is also `terminated`, as in Gymnasium. A step before a reset or after an end throws, whatever `env` itself does;
 * with `Infinity`, that is the only effect.
 *
 * @throws ConfigError if the limit is neither a whole number of at least 1 nor `Infinity`
 */
export function timeLimit<Obs, Act, ObsSpace extends Space<Obs>, ActSpace extends Space<Act>>(
  env: Env<Obs, Act, ObsSpace, ActSpace>,
  maxEpisodeSteps: number,
): Env<Obs, Act, ObsSpace, ActSpace> {
  if (!(maxEpisodeSteps >= 1 && (Number.isSafeInteger(maxEpisodeSteps) || maxEpisodeSteps === Infinity))) {
    const allowed = "a whole number of at least 1, or Infinity";
    throw new ConfigError({ field: "maxEpisodeSteps", given: maxEpisodeSteps, allowed });
  }
  const count = stepCount(maxEpisodeSteps);
  const limited: Env<Obs, Act, ObsSpace, ActSpace> = {
    // Properties beyond the contract, such as the table of a small world, stay available.
    ...env,
    observationSpace: env.observationSpace,
    actionSpace: env.actionSpace,
    reset(options) {
      const result = env.reset(options);
      count.begin();
      return result;
    },
    step(action) {
      count.requireBegun();
      return count.add(env.step(action));
    },
  };
  const { actionMask, render, snapshot, restore } = env;
  if (actionMask) limited.actionMask = () => actionMask.call(env);
  if (render) limited.render = () => render.call(env);
  if (snapshot && restore) {
    limited.snapshot = () => count.snapshot(snapshot.call(env));
    limited.restore = (state) => count.restore(state, (saved) => restore.call(env, saved));
  }
  return wrapping(limited, env);
}

/** The steps of an episode, counted up to a limit. Both forms of time limit use it, so that they mean the same. */
export interface StepCount {
  /** After a reset. */
  begin(): void;
  /** @throws ResetNeeded before a reset or after an end */
  requireBegun(): void;
  /** Counts a step, and returns its result: the last one is truncated. */
  add<Obs>(result: StepResult<Obs>): StepResult<Obs>;
  /** The count, with the state of the environment that it belongs to. */
  snapshot(env: Json): Json;
  /** Restores both. @throws ConfigError if the state does not fit, before the count changes */
  restore(state: Json, restoreEnv: (env: Json) => void): void;
}

export function stepCount(maxEpisodeSteps: number): StepCount {
  let steps = 0;
  let running = false;
  return {
    begin() {
      steps = 0;
      running = true;
    },
    requireBegun() {
      if (!running) throw new ResetNeeded();
    },
    add(result) {
      steps++;
      // The guard of training words the error of an environment that returns nothing.
      if (typeof result !== "object" || result === null) return result;
      running = steps < maxEpisodeSteps && !result.terminated && !result.truncated;
      return steps < maxEpisodeSteps ? result : { ...result, truncated: true };
    },
    snapshot: (env) => ({ steps, running, env: requireJson(env) }),
    restore(state, restoreEnv) {
      const read = readSnapshot(state);
      const saved = { steps: read.integer("steps", 0, maxEpisodeSteps), running: read.flag("running") };
      restoreEnv(read.json("env"));
      ({ steps, running } = saved);
    },
  };
}

/** The option `maxEpisodeSteps`, which every environment has. 0 means no limit. */
export function timeLimitOption(maxEpisodeSteps = 0): IntOption {
  return int(maxEpisodeSteps, { min: 0, help: "steps after which an episode is cut; 0: never" });
}
