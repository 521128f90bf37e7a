/** Environments: Gymnasium's classics and your own, one at a time or side by side in batches. */

export { choice, flag, int, real, text } from "../options.js";
export { RunningMoments } from "../running-moments.js";
export { acrobot } from "./acrobot.js";
export type { AnyAsyncEnv, AsyncEnv } from "./async-env.js";
export { type Bandit, bandit } from "./bandit.js";
export { type AsyncBatchedEnv, asyncBatch } from "./batched/async-batch.js";
export { batch } from "./batched/batch.js";
export type { BatchedEnv } from "./batched/batched-env.js";
export { sideBySide } from "./batched/side-by-side.js";
export { blackjack } from "./blackjack.js";
export {
  connectFourSpec,
  kuhnSpec,
  leducSpec,
  matchingPenniesSpec,
  rockPaperScissorsGame,
  ticTacToeSpec,
} from "./board-and-card-games.js";
export { cartPole, cartPole200 } from "./cart-pole.js";
export { checkEnv, type Finding } from "./check-env.js";
export { cliffWalking, cliffWalkingSlippery } from "./cliff-walking.js";
export type { Dynamics } from "./dynamics.js";
export type {
  ActionOf,
  AnyEnv,
  Env,
  Info,
  Json,
  ObservationOf,
  ResetOptions,
  ResetResult,
  StepResult,
  Value,
} from "./env.js";
export type { EnvSource } from "./env-source.js";
export { defineEnv, type EnvSpec } from "./env-spec.js";
export { frozenLake, frozenLake8x8 } from "./frozen-lake.js";
export { randomLake } from "./frozen-lake-map.js";
export { type GameEnv, type GameEnvOptions, gameEnv } from "./game-env.js";
export { defineGame, type GameDescription, type GameOptions } from "./game-spec.js";
export { gridWorld } from "./gridworld.js";
export type { EnvOptions, KnownEnvOptions, KnownEnvs, MadeAsyncEnv, MadeEnv, TimeLimitOptions } from "./known-envs.js";
export { lunarLander, lunarLanderContinuous } from "./lunar-lander/lunar-lander.js";
export { landerPilot, landerPilotContinuous } from "./lunar-lander/pilot.js";
export { mountainCar } from "./mountain-car.js";
export { mountainCarContinuous } from "./mountain-car-continuous.js";
export { pendulum } from "./pendulum.js";
export { type EnvEntry, envEntry, listEnvs, make, makeAsync, makeBatch, register } from "./registry.js";
export { ResetNeeded } from "./reset-needed.js";
export { ROCK_PAPER_SCISSORS, rockPaperScissors, rockPaperScissorsSpec } from "./rock-paper-scissors.js";
export type { Gauge, Judge, Opponents, PoolSettings, SelfPlay } from "./self-play.js";
export { single } from "./single.js";
export { packFloats, readSnapshot, type SnapshotReader } from "./snapshot.js";
export { type Outcome, type Table, type TabularEnv, tabular } from "./tabular.js";
export { taxi } from "./taxi.js";
export { timeLimit } from "./time-limit.js";
export { oneStep, twoStep } from "./toy-mdp.js";
export { against, type Opponent, type Pair, type TwoPlayerGame, type TwoPlayerStep } from "./two-player.js";
export { clipActions, scaleActions } from "./wrappers/actions.js";
export { frameStack } from "./wrappers/frame-stack.js";
export { type NormaliseOptions, normaliseObservations, normaliseRewards } from "./wrappers/normalise.js";
export { type RecordedEpisode, recordEpisodes } from "./wrappers/record-episodes.js";
export { timeFeature } from "./wrappers/time-feature.js";
