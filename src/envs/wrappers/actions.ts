import { ConfigError } from "../../errors.js";
import { type Box, box } from "../../spaces/index.js";
import type { Env } from "../env.js";
import { sameEnv } from "./same-env.js";

/**
 * The same environment with actions from `low` to `high`, stretched to the bounds that it has itself:
 * a ← env.low + (env.high − env.low)·(a − low)/(high − low), in float32, and no further than those bounds. As Gymnasium's RescaleAction.
 * @throws ConfigError where the actions are no Box, or have an infinite bound
 */
export function scaleActions<Obs>(
  env: Env<Obs, Float32Array>,
  { low = -1, high = 1 }: { low?: number; high?: number } = {},
): Env<Obs, Float32Array> {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high))
    throw new ConfigError({ field: "scaleActions", given: { low, high }, allowed: "finite bounds, low below high" });
  const space = boxOf(env, "scaleActions");
  if (![...space.low, ...space.high].every(Number.isFinite))
    throw new ConfigError({ field: "scaleActions", given: String(space), allowed: "actions with finite bounds" });
  return {
    ...sameEnv(env),
    actionSpace: box({ low, high, shape: space.shape }),
    step: (action) =>
      env.step(
        action.map((a, i) => {
          const [from, to] = [space.low[i], space.high[i]];
          return Math.min(to, Math.max(from, from + ((to - from) * (a - low)) / (high - low)));
        }),
      ),
  };
}

/**
 * The same environment, which takes any numbers as actions and moves those beyond its bounds to them. As Gymnasium's ClipAction.
 * @throws ConfigError where the actions are no Box
 */
export function clipActions<Obs>(env: Env<Obs, Float32Array>): Env<Obs, Float32Array> {
  const { low, high, shape } = boxOf(env, "clipActions");
  return {
    ...sameEnv(env),
    actionSpace: box({ low: -Infinity, high: Infinity, shape }),
    step: (action) => env.step(action.map((a, i) => Math.min(high[i], Math.max(low[i], a)))),
  };
}

function boxOf(env: Env<never, Float32Array> | Env<unknown, Float32Array>, field: string): Box {
  const space = env.actionSpace as unknown as Box;
  if (space.kind !== "box")
    throw new ConfigError({ field, given: String(space), allowed: "an environment whose actions are a Box" });
  return space;
}
