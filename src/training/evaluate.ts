/** Plays with a policy, without learning: how good it is, and what it looks like. */

import type { Env } from "../envs/env.js";
import { checkValue, int } from "../options.js";
import type { Policy } from "../policies/policy.js";
import { defaultRng, type Entropy, type Generator, SeedSequence } from "../random/index.js";

/** Sets these random numbers apart from the ones that a run with the same seed trained on. */
const EVALUATION = 0xe7a1;

export interface PlayOptions {
  /** For the environment and for the actions; 0 unless given. */
  readonly seed?: number | bigint | undefined;
  /** The likeliest action in every state instead of a random one. */
  readonly deterministic?: boolean | undefined;
  /** Steps after which an episode is cut even where the environment has no time limit; 100,000 unless given. */
  readonly maxSteps?: number | undefined;
}

/** A step of an episode that is being played. */
export interface Step {
  /** 1 for the first episode. */
  readonly episode: number;
  /** 1 for the first of its episode. */
  readonly step: number;
  readonly reward: number;
  /** Sum of rewards so far, undiscounted. */
  readonly return: number;
  /** Whether this step ended the episode: a terminal state, a time limit, or `maxSteps`. */
  readonly last: boolean;
}

/** Episodes without end, step by step; `env.render()` shows what a step has led to. */
export function* play(
  policy: Policy,
  env: Env<unknown, unknown>,
  { seed = 0, deterministic = false, maxSteps = 100_000 }: PlayOptions = {},
): Iterable<Step> {
  const [forEnv, forActing] = new SeedSequence([EVALUATION, seed] as Entropy).spawn(2);
  const rng: Generator = defaultRng(forActing);
  const envSeed = (forEnv.generateState(1, "uint64") as BigUint64Array)[0];
  for (let episode = 1; ; episode++) {
    let { observation } = env.reset(episode === 1 ? { seed: envSeed } : {});
    const memory = policy.initialMemory();
    let total = 0;
    for (let step = 1; ; step++) {
      const action = policy.act(observation, { deterministic, rng, mask: env.actionMask?.(), memory });
      const { observation: next, reward, terminated, truncated } = env.step(action);
      observation = next;
      total += reward;
      const last = terminated || truncated || step >= maxSteps;
      yield { episode, step, reward, return: total, last };
      if (last) break;
    }
  }
}

/** What `evaluate` found: every return, their mean, and how sure it is. */
export interface Evaluation {
  /** One an episode; undiscounted. */
  readonly returns: readonly number[];
  readonly lengths: readonly number[];
  readonly mean: number;
  /** A 95 % confidence interval for the mean, over the episodes of this one policy. */
  readonly interval: readonly [low: number, high: number];
  readonly min: number;
  readonly max: number;
}

/** The returns of whole episodes. The same seed gives the same episodes. @throws ConfigError unless `episodes` is at least 1 */
export function evaluate(
  policy: Policy,
  env: Env<unknown, unknown>,
  { episodes = 100, ...options }: PlayOptions & { readonly episodes?: number | undefined } = {},
): Evaluation {
  checkValue("episodes", int(100, { min: 1, help: "" }), episodes);
  const returns: number[] = [];
  const lengths: number[] = [];
  for (const step of play(policy, env, options)) {
    if (!step.last) continue;
    returns.push(step.return);
    lengths.push(step.step);
    if (returns.length === episodes) break;
  }
  return {
    returns,
    lengths,
    mean: meanOf(returns),
    interval: bootstrapInterval(returns, defaultRng(new SeedSequence([EVALUATION, options.seed ?? 0, 1] as Entropy))),
    min: Math.min(...returns),
    max: Math.max(...returns),
  };
}

/** The middle 95 % of the means of resamples with replacement (the percentile bootstrap, Efron 1979). */
export function bootstrapInterval(
  values: readonly number[],
  rng: Generator,
  resamples = 2000,
): [low: number, high: number] {
  const means = Float64Array.from({ length: resamples }, () => {
    let total = 0;
    for (let i = 0; i < values.length; i++) total += values[Math.floor(rng.random() * values.length)];
    return total / values.length;
  }).sort();
  return [means[Math.floor(0.025 * resamples)], means[Math.ceil(0.975 * resamples) - 1]];
}

function meanOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
