/** Plays with a policy, without learning: how good it is, and what it looks like. */

import { type AnyAsyncEnv, isAsync } from "../envs/async-env.js";
import type { AnyEnv, Env } from "../envs/env.js";
import { ConfigError } from "../errors.js";
import { checkValue, int } from "../options.js";
import type { Policy } from "../policies/policy.js";
import { defaultRng, type Entropy, type Generator, SeedSequence } from "../random/index.js";
import { guarded, guardedAsync } from "../rollout/guarded-env.js";
import { EVALUATION, Player, type PlayOptions, type Step } from "./player.js";

export type { PlayOptions, Step } from "./player.js";

/**
 * Episodes without end, step by step; `env.render()` shows what a step has led to.
 *
 * @throws ConfigError for an asynchronous environment: `playAsync` waits for its answers
 * @throws EnvironmentError where a method of the environment throws or returns a wrong answer
 */
export function* play(policy: Policy, env: Env<unknown, unknown>, options: PlayOptions = {}): Iterable<Step> {
  requirePrompt(env, "play");
  const checked = guarded(env);
  const player = new Player(policy, options);
  for (let seed: bigint | undefined = player.seed; ; seed = undefined) {
    player.begin(checked.reset(seed === undefined ? {} : { seed }).observation);
    for (let last = false; !last; ) {
      const step = player.tell(checked.step(player.ask(checked.actionMask?.())));
      yield step;
      last = step.last;
    }
  }
}

/**
 * As `play`, for an asynchronous environment: `for await (const step of playAsync(policy, env))`. The steps are those
 * that `play` yields.
 *
 * @throws EnvironmentError where a promise is rejected, is late, or holds a wrong answer
 */
export async function* playAsync(policy: Policy, env: AnyAsyncEnv, options: PlayOptions = {}): AsyncIterable<Step> {
  const checked = guardedAsync(env);
  const player = new Player(policy, options);
  for (let seed: bigint | undefined = player.seed; ; seed = undefined) {
    player.begin((await checked.reset({ seed })).observation);
    for (let last = false; !last; ) {
      const step = player.tell(await checked.step(player.ask(checked.actionMask?.())));
      yield step;
      last = step.last;
    }
  }
}

/** The steps of either form, for callers that await them in any case: `for await (const step of steps(policy, env))`. */
export function steps(
  policy: Policy,
  env: AnyEnv | AnyAsyncEnv,
  options: PlayOptions = {},
): Iterable<Step> | AsyncIterable<Step> {
  return isAsync(env) ? playAsync(policy, env, options) : play(policy, env, options);
}

function requirePrompt(env: object, name: string): void {
  if (!isAsync(env)) return;
  const allowed = `an environment that answers at once; ${name}Async(policy, env) waits for this one`;
  throw new ConfigError({ field: name, given: "an asynchronous environment", allowed });
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

/** How to play, and how much of it. */
export interface EvaluateOptions extends PlayOptions {
  /** 100 unless given. */
  readonly episodes?: number | undefined;
}

/**
 * The returns of whole episodes. The same seed gives the same episodes.
 *
 * @throws ConfigError unless `episodes` is at least 1, and for an asynchronous environment: `evaluateAsync` waits for its answers
 * @throws EnvironmentError where a method of the environment throws or returns a wrong answer
 */
export function evaluate(
  policy: Policy,
  env: Env<unknown, unknown>,
  { episodes, ...options }: EvaluateOptions = {},
): Evaluation {
  requirePrompt(env, "evaluate");
  const played = new Returns(episodes);
  for (const step of play(policy, env, options)) if (played.add(step)) break;
  return played.summary(options.seed);
}

/**
 * As `evaluate`, for an asynchronous environment. The episodes are those that `evaluate` plays.
 *
 * @throws ConfigError unless `episodes` is at least 1
 * @throws EnvironmentError where a promise is rejected, is late, or holds a wrong answer
 */
export async function evaluateAsync(
  policy: Policy,
  env: AnyAsyncEnv,
  { episodes, ...options }: EvaluateOptions = {},
): Promise<Evaluation> {
  const played = new Returns(episodes);
  for await (const step of playAsync(policy, env, options)) if (played.add(step)) break;
  return played.summary(options.seed);
}

/** The returns of so many episodes. */
class Returns {
  private readonly episodes: number;
  private readonly returns: number[] = [];
  private readonly lengths: number[] = [];

  constructor(episodes = 100) {
    checkValue("episodes", int(100, { min: 1, help: "" }), episodes);
    this.episodes = episodes;
  }

  /** Takes in a step, and returns whether it ended the last episode. */
  add(step: Step): boolean {
    if (!step.last) return false;
    this.returns.push(step.return);
    this.lengths.push(step.step);
    return this.returns.length === this.episodes;
  }

  summary(seed: number | bigint = 0): Evaluation {
    const { returns, lengths } = this;
    return {
      returns,
      lengths,
      mean: meanOf(returns),
      interval: bootstrapInterval(returns, defaultRng(new SeedSequence([EVALUATION, seed, 1] as Entropy))),
      min: Math.min(...returns),
      max: Math.max(...returns),
    };
  }
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
