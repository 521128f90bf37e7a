/** Makes the environments in which a policy plays side by side. */

import { anotherOf } from "../envs/another.js";
import { isAsync } from "../envs/async-env.js";
import { madeCopies } from "../envs/batched/copies.js";
import { areDistinct } from "../envs/innermost.js";
import { ConfigError } from "../errors.js";
import { isOwnAct } from "../policies/decide.js";
import type { Policy } from "../policies/policy.js";

/** @throws ConfigError for an asynchronous environment, and for what is none */
export function requirePrompt(env: object, name: string): void {
  requireEnv(env);
  if (!isAsync(env)) return;
  const allowed = `an environment that answers at once; ${name}Async(policy, env) waits for this one`;
  throw new ConfigError({ field: name, given: "an asynchronous environment", allowed });
}

/**
 * Checks what JavaScript could pass by mistake, such as a run in place of its policy.
 *
 * @throws ConfigError unless this is a policy
 */
export function requirePolicy(policy: Policy): void {
  if (typeof policy?.act === "function" && policy.actionSpace !== undefined && policy.observationSpace !== undefined)
    return;
  const allowed = "a policy, such as run.policy or what loadPolicy(bytes) returns as policy";
  throw new ConfigError({ field: "policy", given: policy, allowed });
}

/** @throws ConfigError unless this is an environment */
export function requireEnv(env: unknown): void {
  if (typeof env === "object" && env !== null && "reset" in env && "step" in env) return;
  const allowed = 'an environment, such as make("CartPole-v1"), with reset() and step()';
  throw new ConfigError({ field: "env", given: env, allowed });
}

/** How many environments play side by side: with more, the time per step falls no further. */
const SIDE_BY_SIDE = 16;

/**
 * The environments for so many episodes. A function makes several, and so does `make` where it made the environment;
 * another environment plays alone. So does an `act` of somebody's own, which may count on the order of its calls.
 *
 * @throws ConfigError if a function makes one object for several copies
 */
export function environmentsFor<E extends object>(policy: Policy, env: E | (() => E), episodes: number): E[] {
  requirePolicy(policy);
  const most = isOwnAct(policy) ? Math.min(episodes, SIDE_BY_SIDE) : 1;
  if (typeof env === "function") return madeCopies(most, env as () => E);
  requireEnv(env);
  const another = anotherOf(env) as (() => E) | undefined;
  if (another === undefined) return [env];
  const envs = [env, ...Array.from({ length: most - 1 }, another)];
  return areDistinct(envs) ? envs : [env];
}
