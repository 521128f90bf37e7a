/** Tracks the episodes of a batch: the current one of each copy, and where the others ended. */

import type { BatchedEnv } from "../envs/batched/batched-env.js";
import { type InfoNumbers, NO_NUMBERS } from "../envs/batched/info-numbers.js";
import type { Segment } from "./batch.js";
import { EnvironmentError } from "./guard.js";

/** The steps that a whole episode may have. Its rows are kept until it ends, so one without an end would fill the memory. */
export const LONGEST_EPISODE = 1_000_000;

/** A finished episode. */
export interface Episode {
  /** Sum of rewards, undiscounted, in the environment's own units. */
  readonly return: number;
  readonly length: number;
  /** The numbers in the `info` of its last step, if any. */
  readonly info?: InfoNumbers;
}

/** The end of an episode. */
interface End {
  readonly copy: number;
  /** The step of this batch at which it ended, counted from 1. */
  readonly step: number;
  readonly terminated: boolean;
  readonly truncated: boolean;
}

/** A finished episode of a batch, and the step of the run at which it ended. */
export interface EndedEpisode extends Episode {
  /** The steps of all copies since the start of the run, up to and with this one. */
  readonly lastStep: number;
}

/** The state in a checkpoint. */
export interface EpisodesState {
  readonly ends: readonly End[];
  readonly episodes: readonly Episode[];
  /** Return and length so far of each copy's current episode. */
  readonly returns: readonly number[];
  readonly lengths: readonly number[];
}

/** Tracks the episodes of `n` copies. */
export class Episodes {
  private over: Episode[] = [];
  /** The raw observation after each of these ends. */
  finalObservations: Float32Array[] = [];
  private readonly n: number;
  private readonly longest: number;
  private returns: Float64Array;
  private lengths: Int32Array;
  private ends: End[] = [];

  /** `longest` is the number of steps within which an episode must end. */
  constructor(n: number, longest = Number.POSITIVE_INFINITY) {
    this.n = n;
    this.longest = longest;
    this.returns = new Float64Array(n);
    this.lengths = new Int32Array(n);
  }

  /**
   * Records step `step` of the batch, counted from 1. Calls `ended` for each copy whose episode ended.
   *
   * @throws EnvironmentError if an episode does not end within `longest` steps
   */
  add(env: Pick<BatchedEnv, OutcomeArrays>, step: number, ended: (copy: number) => void): void {
    const { returns, lengths } = this;
    const { rewards, terminated, truncated, finalObservations, finalInfos, observationSize: size } = env;
    for (let copy = 0; copy < this.n; copy++) {
      returns[copy] += rewards[copy];
      lengths[copy]++;
      if (terminated[copy] === 0 && truncated[copy] === 0) {
        if (lengths[copy] >= this.longest) throw endless(this.longest);
        continue;
      }
      const episode = { return: returns[copy], length: lengths[copy] };
      const info = finalInfos?.[copy] ?? NO_NUMBERS;
      this.over.push(info === NO_NUMBERS ? episode : { ...episode, info });
      this.ends.push({ copy, step, terminated: terminated[copy] === 1, truncated: truncated[copy] === 1 });
      this.finalObservations.push(finalObservations.slice(copy * size, (copy + 1) * size));
      returns[copy] = 0;
      lengths[copy] = 0;
      ended(copy);
    }
  }

  /** The number of episodes that ended in this batch. */
  get count(): number {
    return this.over.length;
  }

  /** These episodes, in the order of their ends. `before` is the number of steps that all copies took before the batch. */
  ended(before: number): EndedEpisode[] {
    return this.over.map((episode, k) => ({ ...episode, lastStep: before + this.ends[k].step * this.n }));
  }

  /**
   * The segments of a batch with `steps` steps per copy, and the raw observation after each. If the episode goes on, that
   * is the copy's current one in `observations`.
   */
  segments(steps: number, observations: Float32Array): { segments: Segment[]; finalObservations: Float32Array[] } {
    const { n, ends } = this;
    const size = observations.length / n;
    const segments: Segment[] = [];
    const finalObservations: Float32Array[] = [];
    for (let copy = 0; copy < n; copy++) {
      const first = copy * steps;
      let start = first;
      ends.forEach((end, k) => {
        if (end.copy !== copy) return;
        const { terminated, truncated } = end;
        segments.push({ start, end: first + end.step, terminated, truncated });
        finalObservations.push(this.finalObservations[k]);
        start = first + end.step;
      });
      if (start === first + steps) continue;
      segments.push({ start, end: first + steps, terminated: false, truncated: false });
      finalObservations.push(observations.slice(copy * size, (copy + 1) * size));
    }
    return { segments, finalObservations };
  }

  /** Begins the next batch. The current episodes go on. */
  clear(): void {
    this.over = [];
    this.ends = [];
    this.finalObservations = [];
  }

  snapshot(): EpisodesState {
    return {
      ends: [...this.ends],
      episodes: [...this.over],
      returns: [...this.returns],
      lengths: [...this.lengths],
    };
  }

  /** `steps` is the number of steps in the batch so far. @throws RangeError if the parts do not fit together */
  restore({ ends, episodes, returns, lengths }: EpisodesState, finalObservations: Float32Array[], steps: number): void {
    const { n } = this;
    for (const { copy, step } of ends) {
      const known = Number.isSafeInteger(copy) && copy >= 0 && copy < n;
      if (!known || !(Number.isSafeInteger(step) && step > 0 && step <= steps))
        throw new RangeError("the episodes do not fit the steps");
    }
    const known = episodes.every(
      ({ return: total, length, info = NO_NUMBERS }) =>
        Number.isFinite(total) && Number.isSafeInteger(length) && Object.values(info ?? [null]).every(Number.isFinite),
    );
    if (!known || episodes.length !== ends.length) throw new RangeError("the episodes do not fit their ends");
    if (returns.length !== n || lengths.length !== n || finalObservations.length !== ends.length)
      throw new RangeError("the episodes do not fit the batch");
    this.ends = [...ends];
    this.over = [...episodes];
    this.returns = Float64Array.from(returns);
    this.lengths = Int32Array.from(lengths);
    this.finalObservations = finalObservations;
  }
}

function endless(steps: number): EnvironmentError {
  return new EnvironmentError(
    `an episode has not ended after ${steps} steps, and this algorithm learns from whole episodes: set a time limit ` +
      "(the environment option maxEpisodeSteps), or collect a number of steps, as a2c and ppo do",
  );
}

type OutcomeArrays = "rewards" | "terminated" | "truncated" | "finalObservations" | "finalInfos" | "observationSize";
