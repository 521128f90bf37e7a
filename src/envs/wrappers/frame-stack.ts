import { ConfigError } from "../../errors.js";
import { type Box, box, type Space } from "../../spaces/index.js";
import type { Env } from "../env.js";
import { wrapping } from "../innermost.js";
import { requireJson } from "../json-fault.js";
import { packFloats, readSnapshot } from "../snapshot.js";
import { type MayBeBox, observingBox } from "./box-values.js";
import { sameEnv } from "./same-env.js";

/**
 * Wraps an environment so that it observes its last `count` observations, oldest first: shape [count, …]. An episode begins
 * with `count` copies of its first observation, as in Gymnasium's FrameStackObservation with `padding_type="reset"`.
 *
 * @throws ConfigError if the observation space is not a Box
 */
export function frameStack<Obs, Act, ActSpace extends Space<Act>>(
  given: Env<Obs, Act, Space<Obs>, ActSpace> & MayBeBox<Obs>,
  count: number,
): Env<Float32Array, Act, Box, ActSpace> {
  if (!Number.isSafeInteger(count) || count < 1)
    throw new ConfigError({ field: "frameStack", given: count, allowed: "a whole number of at least 1" });
  const env = observingBox<Act, ActSpace>(given, "frameStack");
  const space = env.observationSpace;
  const size = space.low.length;
  const frames = new Float32Array(count * size);
  const repeated = (bounds: Float32Array): Float32Array =>
    Float32Array.from({ length: count * size }, (_, i) => bounds[i % size]);
  const shape = [count, ...space.shape];
  const stacked: Env<Float32Array, Act, Box, ActSpace> = {
    ...sameEnv(env),
    observationSpace: box({ low: repeated(space.low), high: repeated(space.high), shape }),
    reset(options) {
      const { observation, info } = env.reset(options);
      for (let k = 0; k < count; k++) frames.set(observation, k * size);
      return { observation: frames.slice(), info };
    },
    step(action) {
      const result = env.step(action);
      frames.copyWithin(0, size);
      frames.set(result.observation, (count - 1) * size);
      return { ...result, observation: frames.slice() };
    },
  };
  const { snapshot, restore } = env;
  if (snapshot && restore) {
    stacked.snapshot = () => ({ frames: [packFloats(frames)], env: requireJson(snapshot.call(env)) });
    stacked.restore = (state) => {
      const read = readSnapshot(state);
      const saved = frames.slice();
      read.columns("frames", [saved]);
      restore.call(env, read.json("env"));
      frames.set(saved);
    };
  }
  return wrapping(stacked, env);
}
