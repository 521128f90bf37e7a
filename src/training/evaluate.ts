/** Plays with a policy, without learning: how good it is, and what it looks like. */

import { type AnyAsyncEnv, isAsync } from "../envs/async-env.js";
import type { AnyEnv, Env } from "../envs/env.js";
import type { Policy } from "../policies/policy.js";
import { guarded, guardedAsync } from "../rollout/guarded-env.js";
import { type Evaluation, Returns } from "./evaluation.js";
import { environmentsFor, requireFitting, requirePrompt } from "./fitting-env.js";
import { type EvaluateOptions, type PlayOptions, resolveEvaluate, resolvePlay } from "./play-options.js";
import { Player, type Seat, type Step } from "./player.js";

export { bootstrapInterval, type Evaluation } from "./evaluation.js";
export type { EvaluateOptions, PlayOptions } from "./play-options.js";
export type { Step } from "./player.js";

/**
 * Episodes without end, step by step; `env.render()` shows what a step has led to.
 *
 * @throws ConfigError if the environment does not fit the policy, for a bad option, and for an asynchronous environment:
 * `playAsync` waits for its answers
 * @throws EnvironmentError where a method throws or returns something wrong
 */
export function play(policy: Policy, env: Env<unknown, unknown>, options: PlayOptions = {}): Iterable<Step> {
  requirePrompt(env, "play");
  requireFitting(policy, env);
  return playing(new Player(policy, resolvePlay(options), 1), guarded(env));
}

function* playing(player: Player<Env<unknown, unknown>>, env: Env<unknown, unknown>): Iterable<Step> {
  for (;;) {
    const seat = begun(player, env);
    for (let last = false; !last; ) {
      player.decide([seat]);
      const step = player.tell(seat, env.step(seat.action));
      yield step;
      last = step.last;
    }
  }
}

/**
 * As `play`, for an asynchronous environment: `for await (const step of playAsync(policy, env))`. The steps are those
 * that `play` yields.
 *
 * @throws ConfigError if the environment does not fit the policy, and for a bad option
 * @throws EnvironmentError where a promise is rejected, is late, or holds a wrong answer
 */
export function playAsync(policy: Policy, env: AnyAsyncEnv, options: PlayOptions = {}): AsyncIterable<Step> {
  requireFitting(policy, env);
  return playingAsync(new Player(policy, resolvePlay(options), 1), guardedAsync(env));
}

async function* playingAsync(player: Player<AnyAsyncEnv>, env: AnyAsyncEnv): AsyncIterable<Step> {
  for (;;) {
    const seat = await begunAsync(player, env);
    for (let last = false; !last; ) {
      player.decide([seat]);
      const step = player.tell(seat, await env.step(seat.action));
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

/**
 * The returns of whole episodes. The same seed gives the same episodes, one at a time or side by side. They are played
 * side by side where more environments can be made: from a function, `evaluate(policy, () => myGame())`, or as `make`
 * made this one. Pass an object of your own where one episode should leave something to the next.
 *
 * @throws ConfigError if the environment does not fit the policy, for a bad option, and for an asynchronous environment:
 * `evaluateAsync` waits for its answers
 * @throws EnvironmentError where a method throws or returns something wrong
 */
export function evaluate(
  policy: Policy,
  env: Env<unknown, unknown> | (() => Env<unknown, unknown>),
  options: EvaluateOptions = {},
): Evaluation {
  const { episodes, ...how } = resolveEvaluate(options);
  const envs = environmentsFor(policy, env, episodes);
  for (const own of envs) {
    requirePrompt(own, "evaluate");
    requireFitting(policy, own);
  }
  const player = new Player<Env<unknown, unknown>>(policy, how, envs.length);
  const played = new Returns(episodes);
  let seats = envs.map((own, i) => begun(player, guarded(own, nameOf(i, envs.length))));
  for (let left = episodes - envs.length; seats.length > 0; ) {
    player.decide(seats);
    const next = seats.map((seat) => {
      const step = player.tell(seat, seat.env.step(seat.action));
      if (!step.last) return seat;
      played.add(step);
      return left-- > 0 ? begun(player, seat.env) : undefined;
    });
    seats = next.filter((seat) => seat !== undefined);
  }
  return played.summary(how.seed);
}

/**
 * As `evaluate`, for asynchronous environments. With a function that makes them, several are asked at the same time. The
 * episodes are those that `evaluate` plays.
 *
 * @throws ConfigError if the environment does not fit the policy, and for a bad option
 * @throws EnvironmentError where a promise is rejected, is late, or holds a wrong answer
 */
export async function evaluateAsync(
  policy: Policy,
  env: AnyAsyncEnv | (() => AnyAsyncEnv),
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  const { episodes, ...how } = resolveEvaluate(options);
  const envs = environmentsFor(policy, env, episodes);
  for (const own of envs) requireFitting(policy, own);
  const player = new Player<AnyAsyncEnv>(policy, how, envs.length);
  const played = new Returns(episodes);
  let seats = await Promise.all(envs.map((own, i) => begunAsync(player, guardedAsync(own, nameOf(i, envs.length)))));
  for (let left = episodes - envs.length; seats.length > 0; ) {
    player.decide(seats);
    const next = await Promise.all(
      seats.map(async (seat) => {
        const step = player.tell(seat, await seat.env.step(seat.action));
        if (!step.last) return seat;
        played.add(step);
        return left-- > 0 ? begunAsync(player, seat.env) : undefined;
      }),
    );
    seats = next.filter((seat) => seat !== undefined);
  }
  return played.summary(how.seed);
}

function begun<E extends Env<unknown, unknown>>(player: Player<E>, env: E): Seat<E> {
  const { seat, seed } = player.next(env);
  seat.observation = env.reset({ seed }).observation;
  return seat;
}

async function begunAsync(player: Player<AnyAsyncEnv>, env: AnyAsyncEnv): Promise<Seat<AnyAsyncEnv>> {
  const { seat, seed } = player.next(env);
  seat.observation = (await env.reset({ seed })).observation;
  return seat;
}

function nameOf(i: number, envs: number): string {
  return envs === 1 ? "the environment" : `environment ${i}`;
}
