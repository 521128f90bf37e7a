/** Plays with a policy, without learning: how good it is, and what it looks like. */

import { type AnyAsyncEnv, isAsync } from "../envs/async-env.js";
import { OwnStates } from "../envs/batched/shared-state.js";
import type { AnyEnv, Env } from "../envs/env.js";
import { requireFitting } from "../policies/fitting.js";
import type { Policy } from "../policies/policy.js";
import { guarded, guardedAsync } from "../rollout/guarded-env.js";
import { environmentsFor, requireEnv, requirePolicy, requirePrompt } from "./environments-for.js";
import { type Evaluation, Returns } from "./evaluation.js";
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
  requirePolicy(policy);
  requirePrompt(env, "play");
  requireFitting(policy, env);
  return playing(new Player(policy, resolvePlay(options), 1), guarded(env));
}

function* playing(player: Player<Env<unknown, unknown>>, env: Env<unknown, unknown>): Iterable<Step> {
  for (const seat = player.seat(env); ; ) {
    begin(player, seat);
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
  requirePolicy(policy);
  requireEnv(env);
  requireFitting(policy, env);
  return playingAsync(new Player(policy, resolvePlay(options), 1), guardedAsync(env));
}

async function* playingAsync(player: Player<AnyAsyncEnv>, env: AnyAsyncEnv): AsyncIterable<Step> {
  for (const seat = player.seat(env); ; ) {
    await beginAsync(player, seat);
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
  const playing = evaluating(policy, env, options);
  for (;;) {
    const { done, value } = playing.next();
    if (done) return value;
  }
}

/** As `evaluate`, in pieces: yields the number of steps after each round of all environments. */
export function* evaluating(
  policy: Policy,
  env: Env<unknown, unknown> | (() => Env<unknown, unknown>),
  options: EvaluateOptions,
): Generator<number, Evaluation> {
  const { episodes, ...how } = resolveEvaluate(options);
  const envs = environmentsFor(policy, env, episodes);
  for (const own of envs) {
    requirePrompt(own, "evaluate");
    requireFitting(policy, own);
  }
  const player = new Player<Env<unknown, unknown>>(policy, how, envs.length);
  const played = new Returns(episodes);
  let seats = envs.map((own, i) => player.seat(guarded(own, nameOf(i, envs.length))));
  for (const seat of seats) begin(player, seat);
  let own: OwnStates | undefined = new OwnStates(envs);
  while (seats.length > 0) {
    player.decide(seats);
    const left: Seat<Env<unknown, unknown>>[] = [];
    for (let i = 0; i < seats.length; i++) {
      const seat = seats[i];
      own?.requireUntouched(i);
      const step = player.tell(seat, seat.env.step(seat.action));
      if (!step.last) continue;
      played.add(step);
      if (player.begun < episodes) begin(player, seat);
      else left.push(seat);
    }
    own = undefined;
    yield seats.length;
    if (left.length > 0) seats = seats.filter((seat) => !left.includes(seat));
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
  const playing = evaluatingAsync(policy, env, options);
  for (;;) {
    const { done, value } = await playing.next();
    if (done) return value;
  }
}

/** As `evaluateAsync`, in pieces: yields the number of steps after each round of all environments. */
export async function* evaluatingAsync(
  policy: Policy,
  env: AnyAsyncEnv | (() => AnyAsyncEnv),
  options: EvaluateOptions,
): AsyncGenerator<number, Evaluation> {
  const { episodes, ...how } = resolveEvaluate(options);
  const envs = environmentsFor(policy, env, episodes);
  for (const own of envs) {
    requireEnv(own);
    requireFitting(policy, own);
  }
  const player = new Player<AnyAsyncEnv>(policy, how, envs.length);
  const played = new Returns(episodes);
  let seats = envs.map((own, i) => player.seat(guardedAsync(own, nameOf(i, envs.length))));
  await Promise.all(seats.map((seat) => beginAsync(player, seat)));
  while (seats.length > 0) {
    player.decide(seats);
    const left: Seat<AnyAsyncEnv>[] = [];
    const turn = async (seat: Seat<AnyAsyncEnv>): Promise<void> => {
      const step = player.tell(seat, await seat.env.step(seat.action));
      if (!step.last) return;
      played.add(step);
      if (player.begun < episodes) await beginAsync(player, seat);
      else left.push(seat);
    };
    await Promise.all(seats.map(turn));
    yield seats.length;
    if (left.length > 0) seats = seats.filter((seat) => !left.includes(seat));
  }
  return played.summary(how.seed);
}

function begin(player: Player<Env<unknown, unknown>>, seat: Seat<Env<unknown, unknown>>): void {
  seat.observation = seat.env.reset({ seed: player.next(seat) }).observation;
}

async function beginAsync(player: Player<AnyAsyncEnv>, seat: Seat<AnyAsyncEnv>): Promise<void> {
  seat.observation = (await seat.env.reset({ seed: player.next(seat) })).observation;
}

function nameOf(i: number, envs: number): string {
  return envs === 1 ? "the environment" : `environment ${i}`;
}
