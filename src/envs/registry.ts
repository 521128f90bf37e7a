/** The registry of environments with Ascent's own in it: they are registered at its first use. */

import type { Schema } from "../options.js";
import { acrobot } from "./acrobot.js";
import type { AnyAsyncEnv } from "./async-env.js";
import { bandit } from "./bandit.js";
import type { BatchedEnv } from "./batched/batched-env.js";
import { blackjack } from "./blackjack.js";
import {
  connectFourSpec,
  kuhnSpec,
  leducSpec,
  matchingPenniesSpec,
  rockPaperScissorsGame,
  ticTacToeSpec,
} from "./board-and-card-games.js";
import { cartPole, cartPole200 } from "./cart-pole.js";
import { cliffWalking, cliffWalkingSlippery } from "./cliff-walking.js";
import * as entries from "./entries.js";
import type { AnyEnv, Value } from "./env.js";
import type { EnvSpec } from "./env-spec.js";
import { frozenLake, frozenLake8x8 } from "./frozen-lake.js";
import { gridWorld } from "./gridworld.js";
import type { EnvOptions, KnownEnvs, MadeAsyncEnv, MadeEnv } from "./known-envs.js";
import { lunarLander, lunarLanderContinuous } from "./lunar-lander/lunar-lander.js";
import { mountainCar } from "./mountain-car.js";
import { mountainCarContinuous } from "./mountain-car-continuous.js";
import { pendulum } from "./pendulum.js";
import { rockPaperScissorsSpec } from "./rock-paper-scissors.js";
import { taxi } from "./taxi.js";
import { oneStep, twoStep } from "./toy-mdp.js";

export type { EnvEntry } from "./entries.js";

const builtIn: readonly EnvSpec[] = [
  cartPole,
  cartPole200,
  acrobot,
  mountainCar,
  mountainCarContinuous,
  pendulum,
  lunarLander,
  lunarLanderContinuous,
  frozenLake,
  frozenLake8x8,
  cliffWalking,
  cliffWalkingSlippery,
  taxi,
  blackjack,
  gridWorld,
  bandit,
  oneStep,
  twoStep,
  rockPaperScissorsSpec,
  rockPaperScissorsGame,
  matchingPenniesSpec,
  kuhnSpec,
  leducSpec,
  ticTacToeSpec,
  connectFourSpec,
];

let registered = false;

/** Registers Ascent's own environments, once. A function that looks up an id for its caller begins with this. */
export function registerBuiltInEnvs(): void {
  if (registered) return;
  registered = true;
  for (const spec of builtIn) entries.register(spec);
}

/**
 * Registers an environment under its id, for `make`, `makeBatch`, `train` and the command line:
 * `register({ id: "MyGame-v0", create: () => myGame(), maxEpisodeSteps: 200 })`.
 *
 * Registering the same object again changes nothing.
 *
 * @throws ConfigError if the id is taken
 */
export function register<S extends Schema, Obs extends Value, Act extends Value>(spec: EnvSpec<S, Obs, Act>): void {
  registerBuiltInEnvs();
  entries.register(spec);
}

/** Every registered environment, in the order of registration. */
export function listEnvs(): readonly entries.EnvEntry[] {
  registerBuiltInEnvs();
  return entries.listEnvs();
}

/** The entry of this id. @throws ConfigError for an unknown id, with the nearest known one */
export function envEntry(id: string): entries.EnvEntry {
  registerBuiltInEnvs();
  return entries.envEntry(id);
}

/**
 * Makes a registered environment: `make("Pendulum-v1", { g: 9.81 })`. The option `maxEpisodeSteps`, which every
 * environment has, overrides the registered time limit.
 *
 * @throws ConfigError for an asynchronous environment: `makeAsync` makes those
 */
export function make<Id extends keyof KnownEnvs | (string & {})>(id: Id, options?: EnvOptions<Id>): MadeEnv<Id>;
export function make(id: string, options: Readonly<Record<string, unknown>> = {}): AnyEnv {
  registerBuiltInEnvs();
  return entries.make(id, options);
}

/**
 * As `make`, for an asynchronous environment: `makeAsync("Remote-v0")`.
 *
 * @throws ConfigError for an environment that answers at once
 */
export function makeAsync<Id extends keyof KnownEnvs | (string & {})>(
  id: Id,
  options?: EnvOptions<Id>,
): MadeAsyncEnv<Id>;
export function makeAsync(id: string, options: Readonly<Record<string, unknown>> = {}): AnyAsyncEnv {
  registerBuiltInEnvs();
  return entries.makeAsync(id, options);
}

/** Makes a registered environment of either form. */
export function makeRegistered(id: string, options: Readonly<Record<string, unknown>>): AnyEnv | AnyAsyncEnv {
  registerBuiltInEnvs();
  return entries.makeRegistered(id, options);
}

/**
 * `n` copies that step together. Equations are computed for all copies at once, other environments step in turn.
 *
 * @throws ConfigError for an asynchronous environment: only training steps copies of those together
 */
export function makeBatch(id: string, n: number, options: Readonly<Record<string, unknown>> = {}): BatchedEnv {
  registerBuiltInEnvs();
  return entries.makeBatch(id, n, options);
}
