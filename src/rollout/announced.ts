/** Announces calls of an environment, so that another thread can tell a long one from many. */

import type { AnyEnv } from "../envs/env.js";
import { wrapping } from "../envs/innermost.js";

/** The methods of an environment that may take long, and the making of it. */
export const CALLS = ["create()", "reset()", "step()", "actionMask()", "snapshot()", "restore()"] as const;
export type Call = (typeof CALLS)[number];

/** Is told of each call before it is made, with the number of the copy. */
export type Announce = (call: Call, copy: number) => void;

/** The same environment, with its calls announced. */
export function announced(env: AnyEnv, announce: (call: Call) => void): AnyEnv {
  const { actionMask, snapshot, restore } = env;
  const wrapper: AnyEnv = {
    observationSpace: env.observationSpace,
    actionSpace: env.actionSpace,
    reset(options) {
      announce("reset()");
      return env.reset(options);
    },
    step(action) {
      announce("step()");
      return env.step(action);
    },
    ...(actionMask && {
      actionMask() {
        announce("actionMask()");
        return actionMask.call(env);
      },
    }),
    ...(snapshot &&
      restore && {
        snapshot() {
          announce("snapshot()");
          return snapshot.call(env);
        },
        restore(state) {
          announce("restore()");
          restore.call(env, state);
        },
      }),
  };
  return wrapping(wrapper, env);
}
