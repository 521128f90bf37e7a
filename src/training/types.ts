/** What training is given and what it yields: the contract that the command line, the lab and tests consume. */

import type { Algorithm, Diagnostics } from "../algorithms/algorithm.js";
import type { AlgorithmChoice, AlgorithmOptions, KnownAlgorithms, PresetName } from "../algorithms/known-algorithms.js";
import type { AnyAsyncEnv } from "../envs/async-env.js";
import type { ActionOf, AnyEnv, ObservationOf, Value } from "../envs/env.js";
import type { EnvSource } from "../envs/env-source.js";
import type { EnvOptions, KnownEnvs, TimeLimitOptions } from "../envs/known-envs.js";
import type { FeatureLayers } from "../policies/mlp-policy.js";
import type { Action, Policy } from "../policies/policy.js";

/** An environment as `train` is given it: an id that the compiler knows, or a function that makes a fresh one each time. */
export type EnvChoice = keyof KnownEnvs | (() => AnyEnv | AnyAsyncEnv);

/** Settings of a run that mean the same for every algorithm and environment. */
export interface RunSettings {
  readonly seed?: number | bigint | undefined;
  /**
   * Episodes after which training ends, and steps of all environments together: at the end of the update in which the
   * first of the two is reached. The preset's unless one of them is given.
   */
  readonly episodes?: number | null | undefined;
  readonly steps?: number | null | undefined;
  /** Whether training ends as soon as the environment counts as solved; the preset's choice unless given. */
  readonly stopWhenSolved?: boolean | undefined;
  /**
   * Learned weights to start from: another run, or the bytes of `checkpoint()` or `bestPolicy()`. Policy, value function
   * and normaliser are copied; everything else begins anew.
   */
  readonly from?: Uint8Array | Training | undefined;
  /** Makes the first layers of the policy and of the value function; those of the options follow. */
  readonly features?: FeatureLayers | undefined;
}

/**
 * What `train` is given. Everything may be left out: that is REINFORCE on CartPole with settings that work. Names and
 * options are checked by the compiler; `trainNamed` takes names that are known only when the program runs.
 */
export interface TrainConfig<A extends AlgorithmChoice = keyof KnownAlgorithms, E extends EnvChoice = EnvChoice>
  extends RunSettings {
  /** A registered name, or what `defineAlgorithm` returned; `reinforce` unless given. */
  readonly algorithm?: A | undefined;
  /** A registered id, or a function that makes an environment; `CartPole-v1` unless given. */
  readonly env?: E | undefined;
  /** Options of the environment, as `make` takes them. One given by a function takes `maxEpisodeSteps` alone. */
  readonly envOptions?: ChosenEnvOptions<E> | undefined;
  readonly preset?: PresetName<A> | undefined;
  /** Options of the algorithm that differ from the preset. */
  readonly options?: AlgorithmOptions<A> | undefined;
}

/** A config whose names and options are known only when the program runs: what `trainNamed` is given. */
export interface NamedConfig extends RunSettings {
  readonly algorithm?: string | Algorithm | undefined;
  readonly env?: EnvSource | undefined;
  readonly envOptions?: Readonly<Record<string, unknown>> | undefined;
  readonly preset?: string | undefined;
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

/** The environment that a choice leads to. */
type ChosenEnv<E> = E extends keyof KnownEnvs ? KnownEnvs[E] : E extends () => infer Made ? Made : AnyEnv;
type ChosenEnvOptions<E> = E extends keyof KnownEnvs ? EnvOptions<E> : TimeLimitOptions;

/** What the policy of a run observes and does: the environment's values, where the compiler knows them. */
export type TrainingIn<E> = Training<ObservationOf<ChosenEnv<E>>, ActIn<ActionOf<ChosenEnv<E>>>>;
type ActIn<Act> = Value extends Act ? Action : Act;

/** A config with every choice made: plain data, kept in run folders and checkpoints. */
export interface ResolvedConfig {
  readonly algorithm: string;
  /** Null for an environment that was given by a function: it has no name. */
  readonly env: string | null;
  readonly envOptions: Readonly<Record<string, unknown>>;
  readonly preset: string;
  /** Decimal digits: a seed may be larger than a number can hold. */
  readonly seed: string;
  /** What ends the run, at least one of the two. */
  readonly episodes: number | null;
  readonly steps: number | null;
  readonly stopWhenSolved: boolean;
  readonly options: Readonly<Record<string, unknown>>;
  /** SHA-256 of the weights that it started from, as in `RunResult`; null where they were drawn. */
  readonly from: string | null;
  /** Whether the first layers came from a function of the caller's, which resuming needs again. */
  readonly ownFeatures: boolean;
}

/** One update: the episodes that ended while it was collected, and what it did. */
export interface Update {
  /** 1 for the first. */
  readonly update: number;
  /** Since the start of the run. */
  readonly episodes: number;
  readonly steps: number;
  /** Of the episodes that ended since the last update, in order; undiscounted. */
  readonly returns: readonly number[];
  readonly lengths: readonly number[];
  /** Mean return of the last 100 episodes (of all, while there are fewer); NaN before the first has ended. */
  readonly averageReturn: number;
  readonly diagnostics: Diagnostics;
}

/** What became of a run, in a word and in words. */
export interface Verdict {
  readonly kind: "solved" | "collapsed" | "improving" | "stalled" | "unfinished";
  /** One sentence, such as `Solved at episode 214: the last 100 episodes average 475.3.` */
  readonly text: string;
}

/** How a run stands: `run.result()`. */
export interface RunResult {
  readonly verdict: Verdict;
  /** The first episode at which the last 100 averaged the environment's threshold, or null. */
  readonly solvedAtEpisode: number | null;
  readonly updates: number;
  readonly episodes: number;
  readonly steps: number;
  /** Mean return of the last 100 episodes; null before the first episode. */
  readonly averageReturn: number | null;
  readonly bestEpisodeReturn: number | null;
  /** SHA-256 of everything that is learned, the policy's weights first, as float32 in little-endian order: hexadecimal digits. */
  readonly weightsSha256: string;
}

/**
 * Training, as an iterator of updates. `for (const update of run) { …; break; }` may be left and entered again at will;
 * it ends by itself when the budget is used up (or the environment is solved, where the config says so).
 *
 * `for await (const update of run)` does the same in small pieces, between which everything else can run: for pages that must
 * stay responsive, and for environments that answer later. The bits are the same.
 */
export interface Training<Obs = unknown, Act = Action> extends Iterable<Update>, AsyncIterable<Update> {
  readonly config: ResolvedConfig;
  /** The environment's pass mark, where it has one. */
  readonly rewardThreshold: number | undefined;
  /** What the preset warns of, if anything. */
  readonly warning: string | undefined;
  readonly policy: Policy<Obs, Act>;
  /** Whether `checkpoint` can save this run: only where its environment has `snapshot()` and `restore()`. */
  readonly resumable: boolean;
  /** Whether its environment answers later: such a run is driven by `advanceAsync` or `for await`. */
  readonly asynchronous: boolean;
  /** Whether the budget is used up, or the environment solved where the config says that this ends the run. */
  readonly finished: boolean;
  /**
   * Does a piece of work and returns the update if it completed one: at most `steps` environment steps, or what lies between two
   * pauses of an update; there is a pause after each gradient step. Iterating is `advance` without a limit. `advance(0)` only
   * returns an update that `checkpoint` or `weights` completed.
   *
   * @throws EnvironmentError, AlgorithmError, NotFiniteError: the run has then failed. Every later call throws the same error again, and
   * `checkpoint` with it, as its state is in doubt; a checkpoint from before is good.
   */
  advance(steps?: number): Update | undefined;
  /** As `advance`, for environments that answer later too. One call at a time. */
  advanceAsync(steps?: number): Promise<Update | undefined>;
  /**
   * Everything that the future of this run depends on, as bytes: `resume(bytes)` goes on exactly as this would have. In the middle
   * of an update it completes the update first, which the next `advance` returns.
   * @throws EnvironmentError unless the run is `resumable`
   */
  checkpoint(): Uint8Array;
  /**
   * Everything that was learned (policy, value function, running means and variances), as bytes for `loadPolicy` and
   * `train({ from })`. Completes an update as `checkpoint` does.
   */
  weights(): Uint8Array;
  /** The policy as it was when 20 episodes in a row averaged most, as bytes for `loadPolicy`; undefined before there were 20. */
  bestPolicy(): Uint8Array | undefined;
  result(): RunResult;
}
