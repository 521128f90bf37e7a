/** What training is given and what it yields: the contract that the command line, the lab and tests consume. */

import type { Diagnostics } from "../algorithms/algorithm.js";
import type { Policy } from "../policies/policy.js";

/** What `train` is given. Everything may be left out: that is REINFORCE on CartPole with settings that work. */
export interface TrainConfig {
  /** A registered name; `reinforce` unless given. */
  readonly algorithm?: string;
  /** A registered id such as `CartPole-v1`. */
  readonly env?: string;
  /** Options of the environment, as `make` takes them. */
  readonly envOptions?: Readonly<Record<string, unknown>>;
  readonly preset?: string;
  readonly seed?: number | bigint;
  /**
   * Episodes after which training ends, and steps of all environments together: at the end of the update in which the
   * first of the two is reached. The preset's unless one of them is given.
   */
  readonly episodes?: number | null;
  readonly steps?: number | null;
  /** Whether training ends as soon as the environment counts as solved; the preset's choice unless given. */
  readonly stopWhenSolved?: boolean;
  /** Options of the algorithm that differ from the preset. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Bytes of a checkpoint or of `bestPolicy()`, whose weights the run begins with. Everything else of it begins anew. */
  readonly from?: Uint8Array;
}

/** A config with every choice made: plain data, kept in run folders and checkpoints. */
export interface ResolvedConfig {
  readonly algorithm: string;
  readonly env: string;
  readonly envOptions: Readonly<Record<string, unknown>>;
  readonly preset: string;
  /** Decimal digits: a seed may be larger than a number can hold. */
  readonly seed: string;
  /** What ends the run, at least one of the two. */
  readonly episodes: number | null;
  readonly steps: number | null;
  readonly stopWhenSolved: boolean;
  readonly options: Readonly<Record<string, unknown>>;
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
 */
export interface Training extends Iterable<Update> {
  readonly config: ResolvedConfig;
  /** The environment's pass mark, where it has one. */
  readonly rewardThreshold: number | undefined;
  /** What the preset warns of, if anything. */
  readonly warning: string | undefined;
  readonly policy: Policy;
  /** Whether the budget is used up, or the environment solved where the config says that this ends the run. */
  readonly finished: boolean;
  /**
   * Works for at most `steps` environment steps and returns the update if one was completed: for callers that must stay
   * responsive or want checkpoints in the middle of long episodes. Iterating is `advance` without a limit.
   *
   * @throws EnvironmentError, NotFiniteError: the run has then failed. Every later call throws the same error again, and
   * `checkpoint` with it, as its state is in doubt; a checkpoint from before is good.
   */
  advance(steps?: number): Update | undefined;
  /** Everything that the future of this run depends on, as bytes: `resume(bytes)` goes on exactly as this would have. */
  checkpoint(): Uint8Array;
  /** The policy as it was when 20 episodes in a row averaged most, as bytes for `loadPolicy`; undefined before there were 20. */
  bestPolicy(): Uint8Array | undefined;
  result(): RunResult;
}
