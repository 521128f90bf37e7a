/** The types of training: configs, updates and results. */

import type { Algorithm, Diagnostics } from "../algorithms/algorithm.js";
import type { AlgorithmChoice, AlgorithmOptions, KnownAlgorithms, PresetName } from "../algorithms/known-algorithms.js";
import type { AnyAsyncEnv } from "../envs/async-env.js";
import type { InfoNumbers } from "../envs/batched/info-numbers.js";
import type { ActionOf, AnyEnv, ObservationOf, Value } from "../envs/env.js";
import type { EnvSource } from "../envs/env-source.js";
import type { EnvOptions, KnownEnvs, TimeLimitOptions } from "../envs/known-envs.js";
import type { FeatureLayers } from "../policies/mlp-policy.js";
import type { Action, Policy } from "../policies/policy.js";
import type { Rows } from "../policies/rows.js";
import type { StepCredit } from "./step-credit.js";

/** The `env` of a config: an id in `KnownEnvs`, or a function that makes a new environment at each call. */
export type EnvChoice = keyof KnownEnvs | (() => AnyEnv | AnyAsyncEnv);

/** Settings of a run that do not depend on the algorithm or the environment. */
export interface RunSettings {
  readonly seed?: number | bigint | undefined;
  /**
   * The budget, in episodes and in steps of all environments together. Training ends with the update in which the first
   * limit is reached. Default: the preset's limits, unless one of the two is given.
   */
  readonly episodes?: number | null | undefined;
  readonly steps?: number | null | undefined;
  /** Whether training ends when the environment is solved. Default: the preset's choice. */
  readonly stopWhenSolved?: boolean | undefined;
  /**
   * Weights to start from: another run, or the bytes of `checkpoint()` or `bestPolicy()`. Policy, value function and
   * normaliser are copied. Everything else starts fresh.
   */
  readonly from?: Uint8Array | Training | undefined;
  /** Makes the first layers of the policy and of the value function. The layers of the options follow. */
  readonly features?: FeatureLayers | undefined;
}

/**
 * The config of `train`. All fields are optional: `train()` is REINFORCE on CartPole with settings that work. The compiler
 * checks names and options; `trainNamed` accepts names that are known only at run time.
 */
export interface TrainConfig<A extends AlgorithmChoice = keyof KnownAlgorithms, E extends EnvChoice = EnvChoice>
  extends RunSettings {
  /** A registered name, or an object from `defineAlgorithm`. Default: `reinforce`. */
  readonly algorithm?: A | undefined;
  /** A registered id, or a function that makes an environment. Default: `CartPole-v1`. */
  readonly env?: E | undefined;
  /** Options of the environment, as for `make`. With a function as `env`, only `maxEpisodeSteps` is allowed. */
  readonly envOptions?: ChosenEnvOptions<E> | undefined;
  readonly preset?: PresetName<A> | undefined;
  /** Options of the algorithm that differ from the preset. */
  readonly options?: AlgorithmOptions<A> | undefined;
}

/** The config of `trainNamed`, with names and options that are known only at run time. */
export interface NamedConfig extends RunSettings {
  readonly algorithm?: string | Algorithm | undefined;
  readonly env?: EnvSource | undefined;
  readonly envOptions?: Readonly<Record<string, unknown>> | undefined;
  readonly preset?: string | undefined;
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

/** The type of the environment that `env` stands for. */
type ChosenEnv<E> = E extends keyof KnownEnvs ? KnownEnvs[E] : E extends () => infer Made ? Made : AnyEnv;
type ChosenEnvOptions<E> = E extends keyof KnownEnvs ? EnvOptions<E> : TimeLimitOptions;

/** A `Training` with the observation and action types of its environment, if the compiler knows them. */
export type TrainingIn<E> = Training<ObservationOf<ChosenEnv<E>>, ActIn<ActionOf<ChosenEnv<E>>>>;
type ActIn<Act> = Value extends Act ? Action : Act;

/** A config with every setting filled in: plain data, saved in run folders and checkpoints. */
export interface ResolvedConfig {
  readonly algorithm: string;
  /** Null if the environment was made by a function, which has no name. */
  readonly env: string | null;
  readonly envOptions: Readonly<Record<string, unknown>>;
  readonly preset: string;
  /** Decimal digits, because a seed may exceed 2^53. */
  readonly seed: string;
  /** The limits of the run. At least one is not null. */
  readonly episodes: number | null;
  readonly steps: number | null;
  readonly stopWhenSolved: boolean;
  readonly options: Readonly<Record<string, unknown>>;
  /** SHA-256 of the weights that it started from, as in `RunResult`; null if they were drawn. */
  readonly from: string | null;
  /** Whether the caller's `features` made the first layers. `resume` then needs that function again. */
  readonly ownFeatures: boolean;
  /**
   * Where the numerics are not exact: `fast`, with the instruction set, such as `fast (avx2)`. The bits then belong to the
   * machine, and the run goes on only with the same numerics.
   */
  readonly numerics?: string | undefined;
}

/** One update: the episodes that ended in its batch, and the diagnostics of its gradient steps. */
export interface Update {
  /** 1 for the first. */
  readonly update: number;
  /** Episodes and steps since the start of the run. */
  readonly episodes: number;
  readonly steps: number;
  /** Undiscounted returns and lengths of the episodes that ended since the last update, in order. */
  readonly returns: readonly number[];
  readonly lengths: readonly number[];
  /** The step, counted as `steps`, at which each of these episodes ended. It may lie far before the end of the update. */
  readonly lastSteps: readonly number[];
  /** Mean return of the last 100 episodes, or of all if there are fewer. NaN before the first episode ends. */
  readonly averageReturn: number;
  /**
   * The numbers that the environment gave as `info` at the last steps of these episodes, each as the mean over the episodes
   * that have it. True counts as 1 and false as 0; values that are no finite numbers are left out.
   */
  readonly info: InfoNumbers;
  readonly diagnostics: Diagnostics;
  /** What the update made of each step, if `explain` asked for it. */
  readonly credit?: StepCredit | undefined;
}

/** A judgement of a run, as one word and as a sentence. */
export interface Verdict {
  readonly kind: "solved" | "collapsed" | "no-gradient" | "improving" | "stalled" | "unfinished" | "played";
  /** One sentence, such as `Solved at episode 214: the last 100 episodes average 475.3.` */
  readonly text: string;
}

/** The state of a run so far, from `run.result()`. */
export interface RunResult {
  readonly verdict: Verdict;
  /** The first episode at which the last 100 and the last 20 both averaged the environment's threshold, or null. */
  readonly solvedAtEpisode: number | null;
  readonly updates: number;
  readonly episodes: number;
  readonly steps: number;
  /** Mean return of the last 100 episodes; null before the first episode ends. */
  readonly averageReturn: number | null;
  readonly bestEpisodeReturn: number | null;
  /** SHA-256 of all weights, the policy's first, as little-endian float32: 64 hexadecimal digits. */
  readonly weightsSha256: string;
}

/**
 * A run, as an iterator of updates. You can leave the loop `for (const update of run)` and enter it again later. It ends
 * when the budget is used up, or when the environment is solved and `stopWhenSolved` is set.
 *
 * `for await (const update of run)` does the same work in small slices, between which other tasks can run. Use it in pages
 * that must stay responsive, and for asynchronous environments. The bits are the same.
 */
export interface Training<Obs = unknown, Act = Action> extends Iterable<Update>, AsyncIterable<Update> {
  readonly config: ResolvedConfig;
  /** The average return, over 100 episodes and over the last 20 of them, at which the environment counts as solved, if it has one. */
  readonly rewardThreshold: number | undefined;
  /** What speaks against the preset or the options, if anything. */
  readonly warning: string | undefined;
  /** The policy at hand, which every update changes. Even after a run is solved it may be worse than `best()`. */
  readonly policy: Policy<Obs, Act>;
  /**
   * V(s) of each row, in the units of the rewards that the algorithm sees. Undefined without a value function. `rowsOf` of
   * `ascent/policies` makes rows of observations.
   */
  readonly valuesOf: ((rows: Rows) => Float32Array) | undefined;
  /** Updates so far. */
  readonly updates: number;
  /** Whether `checkpoint` can save this run. It needs `snapshot()` and `restore()` of the environment. */
  readonly resumable: boolean;
  /** Whether the environment is asynchronous. Such a run needs `advanceAsync` or `for await`. */
  readonly asynchronous: boolean;
  /** Whether the budget is used up, or the environment is solved and `stopWhenSolved` is set. */
  readonly finished: boolean;
  /**
   * Does one slice of work: about `steps` environment steps, or the work between two pauses of an update, which has one
   * after each gradient step and may have more. The first slices only reset environments. Returns the update if the slice
   * completed it. Without `steps`, it continues to the end of the update, as iterating does. `advance(0)` only returns an
   * update that `checkpoint` or `weights` completed.
   *
   * @throws EnvironmentError, AlgorithmError or NotFiniteError if the run fails. From then on, `advance` and `checkpoint`
   * throw the same error again, because the state may be invalid. Earlier checkpoints are good.
   * @throws ConfigError if another call of `advance`, `advanceAsync`, `checkpoint` or `weights` is at work: from inside the
   * environment or the algorithm, or before the promise of `advanceAsync` is settled. That call goes on undisturbed.
   */
  advance(steps?: number): Update | undefined;
  /** As `advance`, also for asynchronous environments. Wait for each call before the next one. */
  advanceAsync(steps?: number): Promise<Update | undefined>;
  /**
   * The complete state of the run as bytes, from which `resume(bytes)` continues with the same bits. In the middle of an
   * update, it completes the update first; the next `advance` returns it.
   *
   * @throws EnvironmentError unless the run is `resumable`
   */
  checkpoint(): Uint8Array;
  /**
   * The learned state (policy, value function, running means and variances) as bytes, for `loadPolicy` and
   * `train({ from })`. Like `checkpoint`, it completes a started update.
   */
  weights(): Uint8Array;
  /**
   * The policy with the best average over 20 episodes, ready to act; later updates don't change it. It is the same object
   * until a better one is found. Before 20 episodes have ended, it is `policy`.
   */
  best(): Policy<Obs, Act>;
  /** The same as bytes for `loadPolicy`. Undefined before 20 episodes. */
  bestPolicy(): Uint8Array | undefined;
  result(): RunResult;
}

/** What a run folder needs to know of a run, whatever it learns. */
export type SavableRun = Pick<
  Training,
  | "config"
  | "warning"
  | "updates"
  | "finished"
  | "resumable"
  | "asynchronous"
  | "advance"
  | "advanceAsync"
  | "checkpoint"
  | "weights"
  | "bestPolicy"
  | "result"
>;
