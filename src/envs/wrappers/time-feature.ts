import { ConfigError } from "../../errors.js";
import { type Box, box, type Space } from "../../spaces/index.js";
import type { Env } from "../env.js";
import { wrapping } from "../innermost.js";
import { requireJson } from "../json-fault.js";
import { readSnapshot } from "../snapshot.js";
import { type MayBeBox, observingBox } from "./box-values.js";
import { sameEnv } from "./same-env.js";

/**
 * Wraps an environment so that its observations end with the remaining fraction of the episode's time,
 * 1 − t/maxEpisodeSteps in float32, and 0 after the limit (Pardo et al. 2018). It ends no episode; `timeLimit` does.
 *
 * @throws ConfigError if the observation space is not a Box of one dimension
 */
export function timeFeature<Obs, Act, ActSpace extends Space<Act>>(
  given: Env<Obs, Act, Space<Obs>, ActSpace> & MayBeBox<Obs>,
  maxEpisodeSteps: number,
): Env<Float32Array, Act, Box, ActSpace> {
  if (!Number.isSafeInteger(maxEpisodeSteps) || maxEpisodeSteps < 1)
    throw new ConfigError({
      field: "maxEpisodeSteps",
      given: maxEpisodeSteps,
      allowed: "a whole number of at least 1",
    });
  const env = observingBox<Act, ActSpace>(given, "timeFeature", "a Box of one dimension");
  const space = env.observationSpace;
  if (space.shape.length !== 1)
    throw new ConfigError({ field: "timeFeature", given: String(space), allowed: "a Box of one dimension" });
  let steps = 0;
  const timed = (observation: Float32Array): Float32Array =>
    Float32Array.from([...observation, Math.max(0, 1 - steps / maxEpisodeSteps)]);
  const wrapped: Env<Float32Array, Act, Box, ActSpace> = {
    ...sameEnv(env),
    observationSpace: box({ low: [...space.low, 0], high: [...space.high, 1] }),
    reset(options) {
      const { observation, info } = env.reset(options);
      steps = 0;
      return { observation: timed(observation), info };
    },
    step(action) {
      const result = env.step(action);
      steps++;
      return { ...result, observation: timed(result.observation) };
    },
  };
  const { snapshot, restore } = env;
  if (snapshot && restore) {
    wrapped.snapshot = () => ({ steps, env: requireJson(snapshot.call(env)) });
    wrapped.restore = (state) => {
      const read = readSnapshot(state);
      const saved = read.integer("steps", 0, Number.MAX_SAFE_INTEGER);
      restore.call(env, read.json("env"));
      steps = saved;
    };
  }
  return wrapping(wrapped, env);
}
