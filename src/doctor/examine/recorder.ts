/** Records what passes between a policy and its environment. */

import type { AnyEnv, Env } from "../../envs/env.js";
import { flatten } from "../../spaces/index.js";

/** The most steps that are kept. */
const MOST_ROWS = 2000;

/** The observations and actions of some episodes. */
export interface Played {
  /** Observations as network inputs, before any normalisation. At most 2,000. */
  readonly observations: Float32Array[];
  /** The actions that the environment was given. */
  readonly actions: unknown[];
}

/** The same environment, which writes into `record`. */
export function recorded(env: AnyEnv, record: Played): Env<unknown, unknown> {
  const { observationSpace } = env;
  const keep = (observation: unknown): void => {
    if (record.observations.length < MOST_ROWS) record.observations.push(flatten(observationSpace, observation));
  };
  const wrapped: Env<unknown, unknown> = {
    observationSpace,
    actionSpace: env.actionSpace,
    reset(options) {
      const result = env.reset(options);
      keep(result.observation);
      return result;
    },
    step(action) {
      const result = (env as Env<unknown, unknown>).step(action);
      if (record.actions.length < MOST_ROWS) record.actions.push(action);
      if (!result.terminated && !result.truncated) keep(result.observation);
      return result;
    },
  };
  const { actionMask } = env;
  if (actionMask) wrapped.actionMask = () => actionMask.call(env);
  return wrapped;
}

/** A record without anything in it. */
export function emptyRecord(): Played {
  return { observations: [], actions: [] };
}

/** All observations as one matrix, row by row. */
export function rowsOf({ observations }: Played, size: number): Float32Array {
  const rows = new Float32Array(observations.length * size);
  observations.forEach((row, i) => void rows.set(row, i * size));
  return rows;
}
