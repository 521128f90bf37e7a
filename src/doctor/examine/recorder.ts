/** Records what passes between a policy and its environment. */

import type { AnyEnv, Env } from "../../envs/env.js";
import { flatten } from "../../spaces/index.js";

/** The most steps that are kept. */
const MOST_ROWS = 2000;

/** The observations and actions of some episodes. */
export interface Played {
  /** Observations as network inputs, before any normalisation. At most 2,000. */
  readonly observations: Float32Array[];
  /** For each of them, 1 if it is the first of an episode. */
  readonly begins: number[];
  /** The actions that the environment was given. */
  readonly actions: unknown[];
}

/** The same environment, which writes into `record`. */
export function recorded(env: AnyEnv, record: Played): Env<unknown, unknown> {
  const { observationSpace } = env;
  const keep = (observation: unknown, begins: number): void => {
    if (record.observations.length === MOST_ROWS) return;
    record.observations.push(flatten(observationSpace, observation));
    record.begins.push(begins);
  };
  const wrapped: Env<unknown, unknown> = {
    observationSpace,
    actionSpace: env.actionSpace,
    reset(options) {
      const result = env.reset(options);
      keep(result.observation, 1);
      return result;
    },
    step(action) {
      const result = (env as Env<unknown, unknown>).step(action);
      if (record.actions.length < MOST_ROWS) record.actions.push(action);
      if (!result.terminated && !result.truncated) keep(result.observation, 0);
      return result;
    },
  };
  const { actionMask } = env;
  if (actionMask) wrapped.actionMask = () => actionMask.call(env);
  return wrapped;
}

/** A record without anything in it. */
export function emptyRecord(): Played {
  return { observations: [], begins: [], actions: [] };
}

/** All observations as one matrix, row by row. */
export function rowsOf({ observations }: Played, size: number): Float32Array {
  const rows = new Float32Array(observations.length * size);
  observations.forEach((row, i) => void rows.set(row, i * size));
  return rows;
}
