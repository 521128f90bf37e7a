/** The episodes of a batch: how far each copy's is, and which have ended where. */

import type { BatchedEnv } from "../envs/batched/batched-env.js";
import type { Segment } from "./batch.js";

/** An episode that is over. */
export interface Episode {
  /** Sum of rewards, undiscounted, in the environment's own units. */
  readonly return: number;
  readonly length: number;
}

/** The end of an episode. */
interface End {
  readonly copy: number;
  /** Steps of this batch that the copy had taken then. */
  readonly step: number;
  readonly terminated: boolean;
  readonly truncated: boolean;
}

/** What a checkpoint holds of it. */
export interface EpisodesState {
  readonly ends: readonly End[];
  readonly episodes: readonly Episode[];
  /** Of each copy's episode so far. */
  readonly returns: readonly number[];
  readonly lengths: readonly number[];
}

/** Follows the episodes of `n` copies. */
export class Episodes {
  /** Those that ended in this batch, in the order of their ends. */
  over: Episode[] = [];
  /** The raw observation after each end. */
  finalObservations: Float32Array[] = [];
  private readonly n: number;
  private returns: Float64Array;
  private lengths: Int32Array;
  private ends: End[] = [];

  constructor(n: number) {
    this.n = n;
    this.returns = new Float64Array(n);
    this.lengths = new Int32Array(n);
  }

  /** Takes in step `step` of the batch, counted from 1. Calls `ended` for each copy whose episode it ended. */
  add(env: Pick<BatchedEnv, OutcomeArrays>, step: number, ended: (copy: number) => void): void {
    const { returns, lengths } = this;
    const { rewards, terminated, truncated, finalObservations, observationSize: size } = env;
    for (let copy = 0; copy < this.n; copy++) {
      returns[copy] += rewards[copy];
      lengths[copy]++;
      if (terminated[copy] === 0 && truncated[copy] === 0) continue;
      this.over.push({ return: returns[copy], length: lengths[copy] });
      this.ends.push({ copy, step, terminated: terminated[copy] === 1, truncated: truncated[copy] === 1 });
      this.finalObservations.push(finalObservations.slice(copy * size, (copy + 1) * size));
      returns[copy] = 0;
      lengths[copy] = 0;
      ended(copy);
    }
  }

  /**
   * The segments of a batch of `steps` steps a copy, and the raw observation after each: of an episode that goes on, the one in
   * `observations`, which is acted on next.
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

  /** Begins the next batch; episodes under way go on. */
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

  /** @throws RangeError where the parts do not belong together; `steps` are those of the batch so far */
  restore({ ends, episodes, returns, lengths }: EpisodesState, finalObservations: Float32Array[], steps: number): void {
    const { n } = this;
    for (const { copy, step } of ends) {
      const known = Number.isSafeInteger(copy) && copy >= 0 && copy < n;
      if (!known || !(Number.isSafeInteger(step) && step > 0 && step <= steps))
        throw new RangeError("the episodes do not fit the steps");
    }
    if (returns.length !== n || lengths.length !== n || finalObservations.length !== ends.length)
      throw new RangeError("the episodes do not fit the batch");
    this.ends = [...ends];
    this.over = [...episodes];
    this.returns = Float64Array.from(returns);
    this.lengths = Int32Array.from(lengths);
    this.finalObservations = finalObservations;
  }
}

type OutcomeArrays = "rewards" | "terminated" | "truncated" | "finalObservations" | "observationSize";
