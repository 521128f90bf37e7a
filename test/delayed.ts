/** Environments behind promises, as if a slow and unreliable network lay between. */

import { setImmediate, setTimeout } from "node:timers/promises";
import type { AnyAsyncEnv, AnyEnv } from "../src/envs/index.js";

/** Called before each answer: waits, throws, or never returns. `call` counts the steps from 1; a reset is 0. */
export type Delay = (call: number) => Promise<void>;

/** The same environment, each of whose answers comes after a delay. */
export function delayed(env: AnyEnv, delay: Delay, answerWithin?: number): AnyAsyncEnv {
  const { actionMask, snapshot, restore } = env;
  let steps = 0;
  return {
    asynchronous: true,
    answerWithin,
    observationSpace: env.observationSpace,
    actionSpace: env.actionSpace,
    async reset(options) {
      await delay(0);
      return env.reset(options);
    },
    async step(action) {
      await delay(++steps);
      return env.step(action);
    },
    ...(actionMask && { actionMask: () => actionMask.call(env) }),
    ...(snapshot && restore && { snapshot: () => snapshot.call(env), restore: (state) => restore.call(env, state) }),
  };
}

/** Up to five turns of the event loop, and sometimes a millisecond or two. */
export async function atRandom(): Promise<void> {
  for (let turns = Math.floor(6 * Math.random()); turns > 0; turns--) await setImmediate();
  if (Math.random() < 0.02) await setTimeout(2 * Math.random());
}

/** A promise that nobody settles: a connection that is lost without a word. */
export function never(): Promise<never> {
  return new Promise(() => {});
}
