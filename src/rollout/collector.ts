/**
 * Collects batches. A collector does not step environments. Its driver asks it for actions and tells it when the results
 * have arrived, so the same code serves synchronous and asynchronous environments.
 */

import type { BatchedEnv } from "../envs/batched/batched-env.js";
import type { Json } from "../envs/env.js";
import { kernels } from "../kernels/kernels.js";
import { f32 } from "../kernels/memory.js";
import type { Exploration } from "../policies/heads/head.js";
import type { Policy } from "../policies/policy.js";
import { type Choice, RowActor } from "../policies/row-actor.js";
import type { Sequences } from "../policies/rows.js";
import type { Generator } from "../random/generator.js";
import { Tensor, tensor } from "../tensor/index.js";
import { at } from "../tensor/tensor.js";
import type { Batch, Segment } from "./batch.js";
import { type BufferState, RolloutBuffer } from "./buffer.js";
import { type EndedEpisode, Episodes, type EpisodesState, LONGEST_EPISODE } from "./episodes.js";
import { EnvironmentError } from "./guard.js";
import type { RewardScaling } from "./reward-scaling.js";

/** The size of a batch: whole episodes of one environment, or a number of steps of each of several environments. */
export type Collect = { readonly episodes: number } | { readonly steps: number; readonly envs: number };

/** The state of a partly collected batch: plain data and arrays. */
export interface CollectorState {
  readonly plain: EpisodesState & {
    readonly env: Json;
    /** False before the first reset. */
    readonly started: boolean;
    readonly steps: number;
  };
  readonly arrays: BufferState & {
    /** The raw observation after each end of an episode. */
    readonly finalObservations: Float32Array;
    /** The exploration noise, if it lasts longer than a step. */
    readonly exploration: Float32Array;
    /** The current memory of each copy, and its memory before the first row of the batch. */
    readonly carriedMemory: Float32Array;
    readonly firstMemory: Float32Array;
  };
}

/** The parts of a collector. */
export interface CollectorOptions {
  /** The environments. The collector reads their arrays, and does not step them. */
  readonly env: Pick<BatchedEnv, Exclude<keyof BatchedEnv, "reset" | "resetCopy" | "step">>;
  readonly policy: Policy;
  /** Draws the actions. */
  readonly rng: Generator;
  readonly collect: Collect;
  readonly rewardScaling?: RewardScaling | undefined;
}

/** Chooses actions and records their results until a batch is complete. */
export class Collector {
  /** Steps of all environments since the start of the run. */
  steps = 0;
  /** Whether the environments have been reset. */
  started = false;
  /** Copies that have been reset so far, where they are reset one by one. */
  resets = 0;
  private readonly options: CollectorOptions;
  private readonly actor: RowActor;
  private readonly buffer: RolloutBuffer;
  private readonly exploration: Exploration | undefined;
  /** The current memory of each copy, and its memory before the first row of the batch. */
  private readonly carried: Tensor | undefined;
  private readonly first: Tensor | undefined;
  private readonly choice: Choice;
  private readonly actions: Int32Array | Float32Array;
  private readonly scaled: Float64Array;
  private readonly episodes: Episodes;

  constructor(options: CollectorOptions) {
    const { env, policy } = options;
    const { n } = env;
    this.options = options;
    this.actor = new RowActor(policy);
    const { widths } = this.actor;
    this.buffer = new RolloutBuffer(policy, { copies: n, masked: env.actionMasks !== undefined, widths });
    this.exploration = policy.head.exploration?.(n);
    this.carried = policy.memory && tensor(new Float32Array(n * policy.memory.size), [n, policy.memory.size]);
    this.first = policy.memory && new Tensor([n, policy.memory.size]);
    this.choice = { rng: options.rng, deterministic: false, memory: this.carried, exploration: this.exploration };
    const numbers = n * env.actionSize;
    this.actions = policy.actionSpace.kind === "box" ? new Float32Array(numbers) : new Int32Array(numbers);
    this.scaled = new Float64Array(n);
    this.episodes = new Episodes(n, "episodes" in options.collect ? LONGEST_EPISODE : undefined);
  }

  /** Call it once, after all environments have been reset. */
  begin(): void {
    this.started = true;
    const { env, policy } = this.options;
    policy.normaliser?.update(env.observations, env.n);
  }

  /** The next actions: one row per copy, valid until the next call. */
  ask(): Int32Array | Float32Array {
    const { buffer, exploration, choice, actions } = this;
    const { env, rng } = this.options;
    const { n, observations, actionMasks } = env;
    const step = buffer.steps;
    const row = buffer.extend();
    if (step === 0) this.rememberFirst();
    copyInto(buffer.features, row, observations, env.observationSize * n);
    if (actionMasks !== undefined && buffer.masks !== undefined)
      copyInto(buffer.masks, row, actionMasks, actionMasks.length);
    exploration?.begin(step, rng);
    this.actor.act(buffer, row, n, choice, actions);
    return actions;
  }

  /** Records the results of that step from the environments' arrays. */
  tell(): void {
    const { env, policy, rewardScaling } = this.options;
    const { n, observations, rewards } = env;
    const { buffer } = this;
    this.steps += n;
    requireFinite(env, this.steps);
    policy.normaliser?.update(observations, n);
    rewardScaling?.scale(rewards, this.scaled);
    buffer.record(rewardScaling === undefined ? rewards : this.scaled);
    this.episodes.add(env, buffer.steps, this.forget);
  }

  /** Whether the batch is complete. */
  get complete(): boolean {
    const { collect } = this.options;
    return "episodes" in collect ? this.episodes.count >= collect.episodes : this.buffer.steps >= collect.steps;
  }

  /** Returns the complete batch and the episodes that ended in it, and starts a new batch. */
  take(): { batch: Batch; episodes: EndedEpisode[] } {
    const { env, policy } = this.options;
    const { episodes, buffer } = this;
    const { steps } = buffer;
    const ended = episodes.ended(this.steps - steps * env.n);
    const { segments, finalObservations } = episodes.segments(steps, env.observations);
    const sequences = this.sequences(segments, steps);
    const columns = buffer.take();
    const finalFeatures = tensor(joined(finalObservations), [segments.length, env.observationSize]);
    policy.normaliser?.apply(at(finalFeatures) >>> 2, segments.length);
    episodes.clear();
    const batch = { ...columns, size: columns.rewards.length, segments, finalFeatures, sequences };
    return { batch, episodes: ended };
  }

  /** @throws EnvironmentError if the environment has no `snapshot()` */
  snapshot(): CollectorState {
    const { env } = this.options;
    if (env.snapshot === undefined) {
      throw new EnvironmentError(
        "this environment has no snapshot() and restore(), so its runs can't be saved and resumed exactly",
      );
    }
    const numbers = (memory: Tensor | undefined): Float32Array => memory?.toArray() ?? new Float32Array();
    return {
      plain: {
        env: env.snapshot(),
        started: this.started,
        steps: this.steps,
        ...this.episodes.snapshot(),
      },
      arrays: {
        ...this.buffer.snapshot(),
        finalObservations: joined(this.episodes.finalObservations),
        exploration: this.exploration?.snapshot() ?? new Float32Array(),
        carriedMemory: numbers(this.carried),
        firstMemory: numbers(this.first),
      },
    };
  }

  /** @throws RangeError if the parts do not fit together */
  restore({ plain, arrays }: CollectorState): void {
    const { env } = this.options;
    // In any other state, the environments would refuse a step or be reset twice.
    const { running = plain.started } = plain.env as { running?: Json };
    if ((plain.steps > 0 && !plain.started) || running !== plain.started)
      throw new RangeError("the environments do not fit the steps");
    this.buffer.restore(arrays);
    this.exploration?.restore(arrays.exploration);
    restoreMemory(this.carried, arrays.carriedMemory);
    restoreMemory(this.first, arrays.firstMemory);
    this.actor.refill(this.buffer, this.buffer.steps * env.n);
    this.episodes.restore(plain, apart(arrays.finalObservations, env.observationSize), this.buffer.steps);
    env.restore?.(plain.env);
    this.started = plain.started;
    this.steps = plain.steps;
    if (this.complete) throw new RangeError("the batch is complete already");
  }

  /** Saves the memory with which the batch begins. */
  private rememberFirst(): void {
    const { first, carried } = this;
    if (first === undefined || carried === undefined) return;
    kernels.copy_rows(at(first), at(carried), 1, first.size, first.size, first.size, 0);
  }

  /** Clears the memory and the discounted return of a copy whose episode ended. */
  private readonly forget = (copy: number): void => {
    const { carried } = this;
    this.options.rewardScaling?.end(copy);
    if (carried === undefined) return;
    const width = carried.shape[1];
    const start = (at(carried) >>> 2) + copy * width;
    f32.fill(0, start, start + width);
  };

  private sequences(segments: readonly Segment[], steps: number): Sequences | undefined {
    if (this.first === undefined) return undefined;
    const { n } = this.options.env;
    const begins = new Uint8Array(n * steps);
    // A segment that starts after the first row of its copy starts with a new episode.
    for (const { start } of segments) if (start % steps !== 0) begins[start] = 1;
    return { copies: n, steps, begins, memory: tensor(this.first.toArray(), this.first.shape) };
  }
}

/** Writes numbers to a column, starting at the first number of a row. */
function copyInto(column: Tensor, row: number, numbers: Float32Array | Uint8Array, count: number): void {
  const start = (at(column) >>> 2) + row * column.shape[1];
  for (let k = 0; k < count; k++) f32[start + k] = numbers[k];
}

function restoreMemory(memory: Tensor | undefined, saved: Float32Array): void {
  if (saved.length !== (memory?.size ?? 0)) throw new RangeError(`${saved.length} numbers of memory do not fit`);
  memory?.set(saved);
}

/** Checks for NaN and infinity: equations with extreme settings can overflow. */
function requireFinite({ observations, rewards, n, observationSize }: CollectorOptions["env"], step: number): void {
  let sum = 0;
  for (let k = 0; k < observations.length; k++) sum += observations[k] - observations[k];
  for (let i = 0; i < n; i++) sum += rewards[i] - rewards[i];
  if (sum === 0) return;
  const which = rewards.findIndex((reward) => !Number.isFinite(reward));
  const place = observations.findIndex((value) => !Number.isFinite(value));
  const field = which >= 0 ? "reward" : `observation[${place % observationSize}]`;
  const value = which >= 0 ? rewards[which] : observations[place];
  throw new EnvironmentError(`the environment returned ${field} ${value} at step ${step}; expected a finite number`);
}

/** Splits an array into rows of `size` numbers. */
function apart(all: Float32Array, size: number): Float32Array[] {
  return Array.from({ length: all.length / size }, (_, i) => all.slice(i * size, (i + 1) * size));
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const size = rows.length === 0 ? 0 : rows[0].length;
  const all = new Float32Array(rows.length * size);
  rows.forEach((row, i) => void all.set(row, i * size));
  return all;
}
