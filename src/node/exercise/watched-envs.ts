/** `ascent/envs` as a learner's code sees it: what `make` makes tells the process that checks it how its episodes went. */

import type { EnvOptions, KnownEnvs, MadeEnv } from "../../envs/index.js";
import * as envs from "../../envs/index.js";
import type { Message } from "./messages.js";

export * from "../../envs/index.js";

const LAST = 100;
/** Milliseconds from one message to the next. */
const PAUSE = 100;

/** As `make` of `ascent/envs`. */
export function make<Id extends keyof KnownEnvs | (string & {})>(id: Id, options?: EnvOptions<Id>): MadeEnv<Id>;
export function make(id: string, options?: Readonly<Record<string, unknown>>): envs.AnyEnv {
  const env = envs.make(id, options);
  const { step } = env;
  const told = teller();
  let sum = 0;
  env.step = (action) => {
    const result = step.call(env, action);
    sum += result.reward;
    if (result.terminated || result.truncated) {
      told(sum);
      sum = 0;
    }
    return result;
  };
  return env;
}

/** Takes the return of each episode, and tells now and then how many there were and the mean of the last ones. */
function teller(): (episodeReturn: number) => void {
  const last: number[] = [];
  let episodes = 0;
  let toldAt = 0;
  return (episodeReturn) => {
    last[episodes++ % LAST] = episodeReturn;
    const now = performance.now();
    if (now - toldAt < PAUSE) return;
    toldAt = now;
    const mean = last.reduce((sum, one) => sum + one, 0) / last.length;
    const message: Message = { training: { episodes, mean } };
    process.send?.(message);
  };
}
