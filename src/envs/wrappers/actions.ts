import { ConfigError } from "../../errors.js";
import { type Box, box, type Space } from "../../spaces/index.js";
import type { Env } from "../env.js";
import { wrapping } from "../innermost.js";
import { boxOf, type MayBeBox } from "./box-values.js";
import { sameEnv } from "./same-env.js";

const BOX_ACTIONS = "an environment whose actions are a Box";

/**
 * Wraps an environment so that its actions range from `low` to `high`, and maps them to its own bounds:
 * a ← env.low + (env.high − env.low)·(a − low)/(high − low), in float32, clipped to those bounds. As Gymnasium's
 * RescaleAction.
 *
 * @throws ConfigError if the action space is not a Box, or a bound is infinite
 */
export function scaleActions<Obs, Act, ObsSpace extends Space<Obs>>(
  env: Env<Obs, Act, ObsSpace> & MayBeBox<Act>,
  { low = -1, high = 1 }: { low?: number | undefined; high?: number | undefined } = {},
): Env<Obs, Float32Array, ObsSpace, Box> {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high))
    throw new ConfigError({ field: "scaleActions", given: { low, high }, allowed: "finite bounds, low below high" });
  const space = boxOf(env.actionSpace, "scaleActions", BOX_ACTIONS);
  if (![...space.low, ...space.high].every(Number.isFinite))
    throw new ConfigError({ field: "scaleActions", given: String(space), allowed: "actions with finite bounds" });
  return withActions(env, box({ low, high, shape: space.shape }), (action) =>
    action.map((a, i) => {
      const from = space.low[i];
      const to = space.high[i];
      return Math.min(to, Math.max(from, from + ((to - from) * (a - low)) / (high - low)));
    }),
  );
}

/**
 * Wraps an environment so that it accepts any numbers as actions, and clips them to its bounds. As Gymnasium's ClipAction.
 *
 * @throws ConfigError if the action space is not a Box
 */
export function clipActions<Obs, Act, ObsSpace extends Space<Obs>>(
  env: Env<Obs, Act, ObsSpace> & MayBeBox<Act>,
): Env<Obs, Float32Array, ObsSpace, Box> {
  const { low, high, shape } = boxOf(env.actionSpace, "clipActions", BOX_ACTIONS);
  return withActions(env, box({ low: -Infinity, high: Infinity, shape }), (action) =>
    action.map((a, i) => Math.min(high[i], Math.max(low[i], a))),
  );
}

/** Wraps `env` with another action space. `toInner` converts its actions to those of `env`. */
function withActions<Obs, ObsSpace extends Space<Obs>>(
  env: Env<Obs, unknown, ObsSpace>,
  actionSpace: Box,
  toInner: (action: Float32Array) => Float32Array,
): Env<Obs, Float32Array, ObsSpace, Box> {
  return wrapping({ ...sameEnv(env), actionSpace, step: (action) => env.step(toInner(action)) }, env);
}
