/** The types of environments and their options by id, for the compiler. */

import type { Given, Schema } from "../options.js";
import type { Box } from "../spaces/box.js";
import type { Discrete } from "../spaces/discrete.js";
import type { Tuple } from "../spaces/tuple.js";
import type { acrobot } from "./acrobot.js";
import type { AnyAsyncEnv } from "./async-env.js";
import type { Bandit, bandit } from "./bandit.js";
import type { blackjack } from "./blackjack.js";
import type {
  connectFourSpec,
  kuhnSpec,
  leducSpec,
  matchingPenniesSpec,
  rockPaperScissorsGame,
  ticTacToeSpec,
} from "./board-and-card-games.js";
import type { cartPole, cartPole200 } from "./cart-pole.js";
import type { cliffWalking, cliffWalkingSlippery } from "./cliff-walking.js";
import type { AnyEnv, Env } from "./env.js";
import type { frozenLake, frozenLake8x8 } from "./frozen-lake.js";
import type { GameEnv } from "./game-env.js";
import type { gridWorld } from "./gridworld.js";
import type { lunarLander, lunarLanderContinuous } from "./lunar-lander/lunar-lander.js";
import type { mountainCar } from "./mountain-car.js";
import type { mountainCarContinuous } from "./mountain-car-continuous.js";
import type { pendulum } from "./pendulum.js";
import type { rockPaperScissorsSpec } from "./rock-paper-scissors.js";
import type { TabularEnv } from "./tabular.js";
import type { taxi } from "./taxi.js";
import type { oneStep, twoStep } from "./toy-mdp.js";

type Choosing = Env<Float32Array, number, Box, Discrete>;
type Steering = Env<Float32Array, Float32Array, Box, Box>;
type Numbered = Env<number, number, Discrete, Discrete>;
type Hand = readonly [sum: number, dealer: number, usableAce: number];

/**
 * The environments whose types `make` and `train` know at compile time. Add your own:
 * `declare module "ascent/envs" { interface KnownEnvs { "MyGame-v0": Env<Float32Array, number> } }`.
 */
export interface KnownEnvs {
  "CartPole-v1": Choosing;
  "CartPole-v0": Choosing;
  "Acrobot-v1": Choosing;
  "MountainCar-v0": Choosing;
  "MountainCarContinuous-v0": Steering;
  "Pendulum-v1": Steering;
  "LunarLander-v3": Choosing;
  "LunarLanderContinuous-v3": Steering;
  "FrozenLake-v1": TabularEnv;
  "FrozenLake8x8-v1": TabularEnv;
  "CliffWalking-v1": TabularEnv;
  "CliffWalkingSlippery-v1": TabularEnv;
  "Taxi-v4": Numbered;
  "Blackjack-v1": Env<Hand, number, Tuple<Hand>, Discrete>;
  "GridWorld-v0": TabularEnv;
  "Bandit-v0": Bandit;
  "OneStep-v0": TabularEnv;
  "TwoStep-v0": TabularEnv;
  "RockPaperScissors-v0": Numbered;
  "RockPaperScissors-v1": GameEnv;
  "MatchingPennies-v0": GameEnv;
  "Kuhn-v0": GameEnv;
  "Leduc-v0": GameEnv;
  "TicTacToe-v0": GameEnv;
  "ConnectFour-v0": GameEnv;
}

/**
 * The options of each environment, all optional. `maxEpisodeSteps` is added to them. An environment that is not listed
 * here accepts options of any name, which are checked at run time. Add your own: `declare module "ascent/envs" {
 * interface KnownEnvOptions { "MyGame-v0": { readonly wind?: number } } }`.
 */
export interface KnownEnvOptions {
  "CartPole-v1": OptionsOf<typeof cartPole>;
  "CartPole-v0": OptionsOf<typeof cartPole200>;
  "Acrobot-v1": OptionsOf<typeof acrobot>;
  "MountainCar-v0": OptionsOf<typeof mountainCar>;
  "MountainCarContinuous-v0": OptionsOf<typeof mountainCarContinuous>;
  "Pendulum-v1": OptionsOf<typeof pendulum>;
  "LunarLander-v3": OptionsOf<typeof lunarLander>;
  "LunarLanderContinuous-v3": OptionsOf<typeof lunarLanderContinuous>;
  "FrozenLake-v1": OptionsOf<typeof frozenLake>;
  "FrozenLake8x8-v1": OptionsOf<typeof frozenLake8x8>;
  "CliffWalking-v1": OptionsOf<typeof cliffWalking>;
  "CliffWalkingSlippery-v1": OptionsOf<typeof cliffWalkingSlippery>;
  "Taxi-v4": OptionsOf<typeof taxi>;
  "Blackjack-v1": OptionsOf<typeof blackjack>;
  "GridWorld-v0": OptionsOf<typeof gridWorld>;
  "Bandit-v0": OptionsOf<typeof bandit>;
  "OneStep-v0": OptionsOf<typeof oneStep>;
  "TwoStep-v0": OptionsOf<typeof twoStep>;
  "RockPaperScissors-v0": OptionsOf<typeof rockPaperScissorsSpec>;
  "RockPaperScissors-v1": OptionsOf<typeof rockPaperScissorsGame>;
  "MatchingPennies-v0": OptionsOf<typeof matchingPenniesSpec>;
  "Kuhn-v0": OptionsOf<typeof kuhnSpec>;
  "Leduc-v0": OptionsOf<typeof leducSpec>;
  "TicTacToe-v0": OptionsOf<typeof ticTacToeSpec>;
  "ConnectFour-v0": OptionsOf<typeof connectFourSpec>;
}

/**
 * The type that `make` returns for an id: that of the environment if the compiler knows it, else `AnyEnv`. It is `never`
 * if the environment is asynchronous, because `make` throws then.
 */
export type MadeEnv<Id> = Id extends keyof KnownEnvs ? Exclude<KnownEnvs[Id], Asynchronous> : AnyEnv;

/** The same for `makeAsync`, which throws if the environment is not asynchronous. */
export type MadeAsyncEnv<Id> = Id extends keyof KnownEnvs ? Extract<KnownEnvs[Id], Asynchronous> : AnyAsyncEnv;

interface Asynchronous {
  readonly asynchronous: true;
}

/** The options of the environment with that id. */
export type EnvOptions<Id> = Id extends keyof KnownEnvOptions
  ? KnownEnvOptions[Id] & TimeLimitOptions
  : Readonly<Record<string, unknown>>;

/** The option of every environment. */
export interface TimeLimitOptions {
  /** The number of steps after which an episode is truncated. 0 means never. */
  readonly maxEpisodeSteps?: number | undefined;
}

type OptionsOf<Spec> = Spec extends { readonly options?: (infer S extends Schema) | undefined } ? Given<S> : never;
