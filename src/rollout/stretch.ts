/** Many steps in a row of some copies: acting and stepping, nothing learned in between. */

import type { BatchedEnv } from "../envs/batched/batched-env.js";
import type { Actor } from "../policies/actor.js";
import type { Policy } from "../policies/policy.js";
import type { Generator } from "../random/generator.js";
import { EnvironmentError } from "./guarded-env.js";

/** The end of an episode. */
export interface End {
  readonly copy: number;
  /** Steps that this copy had taken then. */
  readonly step: number;
  readonly terminated: boolean;
  readonly truncated: boolean;
}

/** The same while it is on its way to the account: with what was seen at the end. */
export interface Ended extends End {
  readonly final: Float32Array;
}

/** Who plays. */
export interface Players {
  readonly env: BatchedEnv;
  readonly policy: Policy;
  readonly actor: Actor;
  readonly rng: Generator;
  /** Which of all copies are those of `env`, and how many there are in all. */
  readonly first: number;
  readonly of: number;
}

/** How far to play. */
export interface Stretch {
  readonly steps: number;
  /** Stops after the step in which this many episodes have ended. */
  readonly episodes: number;
  /** Steps of all copies taken before, for messages. */
  readonly taken: number;
}

/** What was played. */
export interface Played {
  /** How many steps, one that failed included. */
  readonly steps: number;
  /** What went wrong in the last step. */
  readonly failure: { readonly error: unknown } | undefined;
  /** Those of all copies that played, step by step. */
  readonly rewards: Float64Array;
  /** In the order of the steps, which count from 1, then of the copies. */
  readonly ends: readonly Ended[];
}

/** Plays until there is enough, or something goes wrong. The actor records what it did. */
export function play({ env, policy, actor, rng, first, of }: Players, stretch: Stretch): Played {
  const { n, observationSize: size } = env;
  const numbers = n * env.actionSize;
  const actions = policy.actionSpace.kind === "box" ? new Float32Array(numbers) : new Int32Array(numbers);
  const rewards: number[] = [];
  const ends: Ended[] = [];
  let steps = 0;
  let failure: Played["failure"];
  try {
    while (steps < stretch.steps && ends.length < stretch.episodes) {
      steps++;
      actor.act(env.observations, rng, actions, env.actionMasks);
      const ended = env.step(actions);
      requireFinite(env, stretch.taken + steps * of);
      policy.normaliser?.update(env.observations, n);
      for (let i = 0; i < n; i++) rewards.push(env.rewards[i]);
      for (let i = 0; ended > 0 && i < n; i++) {
        const [terminated, truncated] = [env.terminated[i] === 1, env.truncated[i] === 1];
        if (!terminated && !truncated) continue;
        const final = env.finalObservations.slice(i * size, (i + 1) * size);
        ends.push({ copy: first + i, step: steps, terminated, truncated, final });
      }
    }
  } catch (error) {
    failure = { error };
  }
  return { steps, failure, rewards: new Float64Array(rewards), ends };
}

/** Equations overflow where their settings are extreme. */
function requireFinite({ observations, rewards, n, observationSize }: BatchedEnv, step: number): void {
  let sum = 0;
  for (let k = 0; k < observations.length; k++) sum += observations[k] - observations[k];
  for (let i = 0; i < n; i++) sum += rewards[i] - rewards[i];
  if (sum === 0) return;
  const which = rewards.findIndex((reward) => !Number.isFinite(reward));
  const place = observations.findIndex((value) => !Number.isFinite(value));
  const [field, value] =
    which >= 0 ? ["reward", rewards[which]] : [`observation[${place % observationSize}]`, observations[place]];
  throw new EnvironmentError(`the environment returned ${field} ${value} at step ${step}; expected a finite number`);
}
