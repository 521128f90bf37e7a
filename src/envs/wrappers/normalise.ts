import { ConfigError } from "../../errors.js";
import { CLIP, EPSILON, RunningMoments } from "../../running-moments.js";
import { type Box, box, type Space } from "../../spaces/index.js";
import type { Env } from "../env.js";
import { wrapping } from "../innermost.js";
import { requireJson } from "../json-fault.js";
import { packFloats, readSnapshot } from "../snapshot.js";
import { type MayBeBox, observingBox } from "./box-values.js";
import { sameEnv } from "./same-env.js";

/** The options of both normalising wrappers. */
export interface NormaliseOptions {
  /** Statistics to share with another copy, or to continue from training. Default: new ones. */
  readonly moments?: RunningMoments | undefined;
  /** Whether to update the statistics. Set it to false for evaluation. */
  readonly update?: boolean | undefined;
}

/**
 * Wraps an environment so that its observations have mean 0 and deviation 1, by the statistics so far, clipped to ±10:
 *
 *   x' = clip((x - μ) / √(σ² + 1e-8), ±10)
 *
 * It is meant for loops that you write yourself. `train` normalises inside the policy (`normaliseObservations`), so that
 * checkpoints contain the statistics.
 *
 * @throws ConfigError if the observation space is not a Box, or the moments have another size
 */
export function normaliseObservations<Obs, Act, ActSpace extends Space<Act>>(
  given: Env<Obs, Act, Space<Obs>, ActSpace> & MayBeBox<Obs>,
  { moments, update = true }: NormaliseOptions = {},
): Env<Float32Array, Act, Box, ActSpace> {
  const env = observingBox<Act, ActSpace>(given, "normaliseObservations");
  const space = env.observationSpace;
  const figures = momentsOf(moments, space.low.length);
  const normalised = (observation: Float32Array): Float32Array => {
    if (update) figures.update(observation, 1);
    return observation.map((x, j) =>
      Math.min(CLIP, Math.max(-CLIP, (x - figures.mean[j]) / Math.sqrt(figures.variance[j] + EPSILON))),
    );
  };
  const wrapped: Env<Float32Array, Act, Box, ActSpace> = {
    ...remembering(env, figures, []),
    observationSpace: box({ low: -CLIP, high: CLIP, shape: [...space.shape] }),
    reset(options) {
      const { observation, info } = env.reset(options);
      return { observation: normalised(observation), info };
    },
    step(action) {
      const result = env.step(action);
      return { ...result, observation: normalised(result.observation) };
    },
  };
  return wrapping(wrapped, env);
}

/**
 * Wraps an environment so that its rewards are divided by the deviation of a running discounted return, clipped to ±10:
 *
 *   Rₜ = γ·Rₜ₋₁ + rₜ      r' = clip(r / √(Var[R] + 1e-8), ±10)
 *
 * R is 0 at the start of an episode, however the last one ended, as in Stable-Baselines3's VecNormalize. Gymnasium's
 * NormalizeReward instead drops R in the step that terminates, and keeps it over a time limit.
 *
 * @throws ConfigError if γ is not from 0 to 1
 */
export function normaliseRewards<Obs, Act, ObsSpace extends Space<Obs>, ActSpace extends Space<Act>>(
  env: Env<Obs, Act, ObsSpace, ActSpace>,
  { gamma = 0.99, moments, update = true }: NormaliseOptions & { readonly gamma?: number | undefined } = {},
): Env<Obs, Act, ObsSpace, ActSpace> {
  if (!(gamma >= 0 && gamma <= 1))
    throw new ConfigError({ field: "gamma", given: gamma, allowed: "a number from 0 to 1" });
  const figures = momentsOf(moments, 1);
  const running = new Float64Array(1);
  const wrapped: Env<Obs, Act, ObsSpace, ActSpace> = {
    ...remembering(env, figures, [running]),
    reset(options) {
      running[0] = 0;
      return env.reset(options);
    },
    step(action) {
      const result = env.step(action);
      running[0] = gamma * running[0] + result.reward;
      if (update) figures.update(running, 1);
      const scaled = result.reward / Math.sqrt(figures.variance[0] + EPSILON);
      return { ...result, reward: Math.min(CLIP, Math.max(-CLIP, scaled)) };
    },
  };
  return wrapping(wrapped, env);
}

function momentsOf(given: RunningMoments | undefined, size: number): RunningMoments {
  if (given !== undefined && given.size !== size)
    throw new ConfigError({ field: "moments", given: given.size, allowed: `moments of ${size} numbers` });
  return given ?? new RunningMoments(size);
}

/** The unchanged members of `env`, with snapshots that also contain the statistics. */
function remembering<Obs, Act, ObsSpace extends Space<Obs>, ActSpace extends Space<Act>>(
  env: Env<Obs, Act, ObsSpace, ActSpace>,
  figures: RunningMoments,
  others: readonly Float64Array[],
): Env<Obs, Act, ObsSpace, ActSpace> {
  const same = sameEnv(env);
  const { snapshot, restore } = env;
  if (snapshot === undefined || restore === undefined) return same;
  const columns = [...figures.state().map(([, values]) => values), ...others];
  return {
    ...same,
    snapshot: () => ({ figures: columns.map(packFloats), env: requireJson(snapshot.call(env)) }),
    restore(state) {
      const read = readSnapshot(state);
      const saved = columns.map((column) => column.slice());
      read.columns("figures", saved);
      restore.call(env, read.json("env"));
      columns.forEach((column, k) => void column.set(saved[k]));
    },
  };
}
