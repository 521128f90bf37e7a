/**
 * Records the steps of a batch in columns of kernel memory. Row t·n + i belongs to step t of copy i, so one step of all
 * copies is a range of rows. `take` transposes the columns once, so that the steps of each copy are consecutive.
 */

import { release } from "../kernels/heap.js";
import { kernels } from "../kernels/kernels.js";
import { f32, i32 } from "../kernels/memory.js";
import type { Policy } from "../policies/policy.js";
import type { ActingColumns } from "../policies/row-actor.js";
import { type ForwardCache, versionOf } from "../policies/rows.js";
import { flatSize } from "../spaces/index.js";
import { maskReader } from "../spaces/mask.js";
import { Tensor } from "../tensor/index.js";
import { sizeOf } from "../tensor/shape.js";
import { at } from "../tensor/tensor.js";

/** The recorded rows as plain numbers, for checkpoints. */
export interface BufferState {
  readonly features: Float32Array;
  readonly actions: Float32Array;
  readonly logProbs: Float32Array;
  readonly masks: Float32Array;
  readonly memory: Float32Array;
  readonly rewards: Float64Array;
}

/** The columns of a batch, ordered copy by copy. */
export interface OrderedColumns {
  readonly features: Tensor;
  readonly actions: Tensor;
  readonly logProbs: Tensor;
  readonly masks: Tensor | undefined;
  readonly rewards: Float64Array;
  /** Undefined if the policy has a memory: its outputs depend on weights that the cache's version does not cover. */
  readonly forwardCache: ForwardCache | undefined;
}

const FIRST_ROWS = 256;

/** Records the steps of `copies` environments. */
export class RolloutBuffer implements ActingColumns {
  features!: Tensor;
  masks: Tensor | undefined;
  memory: Tensor | undefined;
  layers!: readonly Tensor[];
  actions!: Tensor;
  logProbs!: Tensor;
  private rewards!: Float64Array;
  private readonly policy: Policy;
  private readonly copies: number;
  private readonly masked: boolean;
  private readonly widths: readonly number[];
  private capacity = 0;
  private rows = 0;
  /** `versionOf` the network's weights at the first row. */
  private version = 0;

  /** `widths` are the widths of the layers whose outputs are kept for the update. */
  constructor(
    policy: Policy,
    { copies, masked, widths }: { copies: number; masked: boolean; widths: readonly number[] },
  ) {
    this.policy = policy;
    this.copies = copies;
    this.masked = masked;
    this.widths = widths;
    this.open(Math.max(FIRST_ROWS, copies));
  }

  /** Recorded steps of each copy. */
  get steps(): number {
    return this.rows / this.copies;
  }

  /** Adds the rows of one step of all copies, and returns the first of them. */
  extend(): number {
    const { rows, copies, capacity } = this;
    if (rows === 0) this.version = versionOf(this.policy.network.parameters());
    if (rows + copies > capacity) this.grow(Math.max(rows + copies, 2 * capacity));
    this.rows = rows + copies;
    return rows;
  }

  /** Stores the rewards of the latest step, one per copy. */
  record(rewards: Float64Array): void {
    this.rewards.set(rewards, this.rows - this.copies);
  }

  /** Returns the recorded columns, which then belong to the caller, and starts an empty recording. */
  take(): OrderedColumns {
    const { head, memory } = this.policy;
    const { copies, steps, version } = this;
    const layout = { copies, steps };
    const columns: OrderedColumns = {
      features: ordered(this.features, [this.features.shape[1]], layout),
      actions: ordered(this.actions, head.action.shape, layout),
      logProbs: ordered(this.logProbs, [], layout),
      masks: this.masks && ordered(this.masks, [this.masks.shape[1]], layout),
      rewards: this.orderedRewards(),
      forwardCache: memory === undefined ? lazyCache(this.layers, version, layout) : undefined,
    };
    // The columns of a single copy were returned without copying, so the next batch needs new ones.
    if (copies === 1) this.open(this.capacity);
    this.rows = 0;
    return columns;
  }

  snapshot(): BufferState {
    const { rows } = this;
    const recorded = (column: Tensor | undefined): Float32Array =>
      column === undefined
        ? new Float32Array()
        : Float32Array.from(column.toArray().subarray(0, rows * column.shape[1]));
    return {
      features: recorded(this.features),
      actions: recorded(this.actions),
      logProbs: recorded(this.logProbs),
      masks: recorded(this.masks),
      memory: recorded(this.memory),
      rewards: this.rewards.slice(0, rows),
    };
  }

  /** @throws RangeError if the lengths do not fit together */
  restore(state: BufferState): void {
    const rows = state.rewards.length;
    this.rows = 0;
    this.grow(Math.max(FIRST_ROWS, rows));
    const columns = [
      ["features", this.features],
      ["actions", this.actions],
      ["logProbs", this.logProbs],
      ["masks", this.masks],
      ["memory", this.memory],
    ] as const;
    for (const [name, column] of columns) {
      const wanted = rows * (column?.shape[1] ?? 0);
      if (state[name].length !== wanted || !Number.isSafeInteger(rows / this.copies))
        throw new RangeError(`${state[name].length} numbers of ${name} do not make ${rows} steps`);
    }
    for (const [name, column] of columns) {
      if (column === undefined) continue;
      const start = at(column) >>> 2;
      (column.dtype === "int32" ? i32 : f32).set(state[name], start);
    }
    this.rewards.set(state.rewards);
    this.rows = rows;
    this.version = versionOf(this.policy.network.parameters());
  }

  /** The rewards, ordered copy by copy. Those of a single copy are returned without copying, as the columns are. */
  private orderedRewards(): Float64Array {
    const { rewards: recorded, rows, copies, steps } = this;
    if (copies === 1) return recorded.subarray(0, rows);
    const rewards = new Float64Array(rows);
    for (let t = 0, k = 0; t < steps; t++) for (let i = 0; i < copies; i++, k++) rewards[i * steps + t] = recorded[k];
    return rewards;
  }

  /** Allocates columns of `capacity` rows. */
  private open(capacity: number): void {
    const { head, memory, observationSpace, actionSpace } = this.policy;
    this.features = new Tensor([capacity, flatSize(observationSpace)]);
    this.actions = new Tensor([capacity, sizeOf(head.action.shape)], head.action.dtype);
    this.logProbs = new Tensor([capacity, 1]);
    this.masks = this.masked ? new Tensor([capacity, maskReader(actionSpace)?.size ?? 0]) : undefined;
    this.memory = memory && new Tensor([capacity, memory.size]);
    this.layers = this.widths.map((width) => new Tensor([capacity, width]));
    this.rewards = new Float64Array(capacity);
    this.capacity = capacity;
  }

  private columns(): Tensor[] {
    const optional = [this.masks, this.memory].filter((column) => column !== undefined);
    return [this.features, this.actions, this.logProbs, ...optional, ...this.layers];
  }

  /** Moves the recorded rows to columns of `capacity` rows. */
  private grow(capacity: number): void {
    const old = this.columns();
    const rewards = this.rewards;
    this.open(capacity);
    this.rewards.set(rewards.subarray(0, this.rows));
    for (const [i, column] of this.columns().entries()) {
      const length = this.rows * column.shape[1];
      if (length > 0) kernels.copy_rows(at(column), at(old[i]), 1, length, length, length, 0);
      release(old[i].block);
    }
  }
}

/** Recorded steps of each copy. */
interface Layout {
  readonly copies: number;
  readonly steps: number;
}

/** The recorded rows of a column, copy by copy. The rows of a single copy are not copied. */
function ordered(column: Tensor, width: readonly number[], { copies, steps }: Layout): Tensor {
  const shape = [copies * steps, ...width];
  if (copies === 1) return new Tensor(shape, column.dtype, column.block);
  const y = new Tensor(shape, column.dtype);
  const size = column.shape[1];
  for (let copy = 0; copy < copies; copy++) {
    const to = at(y) + copy * steps * size * 4;
    const from = at(column) + copy * size * 4;
    kernels.copy_rows(to, from, steps, size, size, copies * size, 0);
  }
  return y;
}

/** Layers that are put in order when they are first read: updates with shuffled minibatches never read them. */
function lazyCache(layers: readonly Tensor[], version: number, layout: Layout): ForwardCache {
  let read: readonly Tensor[] | undefined;
  return {
    get layers() {
      read ??= layers.map((layer) => ordered(layer, [layer.shape[1]], layout));
      return read;
    },
    version,
    release() {
      // The next batch is recorded in the columns of several copies; those of a single copy belong to this batch.
      for (const { block } of read ?? (layout.copies === 1 ? layers : [])) release(block);
    },
  };
}
