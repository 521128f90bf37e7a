/** The options of playing with a policy. */

import { flag, int, resolveOptions, type Schema, seed, type Values } from "../options.js";

/** How to play. */
export interface PlayOptions {
  /** The seed of the environment and of the actions. Default: 0. */
  readonly seed?: number | bigint | undefined;
  /** Take the most likely action in every state instead of drawing one. */
  readonly deterministic?: boolean | undefined;
  /** The number of steps after which an episode is cut, even without a time limit. Default: 100,000. */
  readonly maxSteps?: number | undefined;
}

/** How to play, and how much of it. */
export interface EvaluateOptions extends PlayOptions {
  /** 100 unless given. */
  readonly episodes?: number | undefined;
}

const playing = {
  seed: seed(0, { help: "seed of the environment and of the actions" }),
  deterministic: flag(false, { help: "take the most likely actions" }),
  maxSteps: int(100_000, { min: 1, help: "steps after which an episode is cut" }),
};

const evaluating = { ...playing, episodes: int(100, { min: 1, help: "how many to play" }) };

/** @throws ConfigError for an unknown option, with the nearest known one, and for a bad value */
export function resolvePlay(given: PlayOptions): Values<typeof playing> {
  return resolved(playing, given);
}

/** @throws ConfigError for an unknown option, with the nearest known one, and for a bad value */
export function resolveEvaluate(given: EvaluateOptions): Values<typeof evaluating> {
  return resolved(evaluating, given);
}

function resolved<S extends Schema>(schema: S, given: PlayOptions): Values<S> {
  // Infinity is a number of steps too.
  const endless = given?.maxSteps === Number.POSITIVE_INFINITY;
  return resolveOptions(schema, endless ? { ...given, maxSteps: Number.MAX_SAFE_INTEGER } : { ...given }, "");
}
