/**
 * Acting in several environments side by side, fast: no tensors, no graph, and everything that the update will need is kept.
 *
 * Row t·n + i of each buffer belongs to step t of copy i: the observation as numbers, each layer's outputs, the action, its
 * log-probability. One row gives the same bits as the same row in a batch, so an update may take the outputs as the forward
 * pass it would otherwise have to repeat.
 */

import { release } from "../kernels/heap.js";
import { kernels } from "../kernels/kernels.js";
import { f32, i32 } from "../kernels/memory.js";
import type { Generator } from "../random/generator.js";
import { flatSize } from "../spaces/index.js";
import { Tensor } from "../tensor/index.js";
import { sizeOf } from "../tensor/shape.js";
import { at } from "../tensor/tensor.js";
import { forwardRows } from "./forward.js";
import type { Exploration, Place } from "./heads/head.js";
import type { Policy } from "./policy.js";

/** The rows recorded since the last `take`: all steps of the first copy, then all of the second, and so on. */
export interface Recorded {
  readonly features: Tensor;
  readonly actions: Tensor;
  readonly logProbs: Tensor;
  /** Where some actions were not allowed. */
  readonly masks: Tensor | undefined;
  readonly trace: readonly Tensor[];
}

/** The same as plain numbers in the order of acting, for checkpoints. Each layer's outputs follow from features and weights. */
export interface RecordedNumbers {
  readonly features: Float32Array;
  readonly actions: Float32Array;
  readonly logProbs: Float32Array;
  readonly masks: Float32Array;
  /** Noise that goes on beyond this step, where the policy's head has such. */
  readonly exploration: Float32Array;
}

/** The rows of some copies, step by step, on their way from one thread to another: what each buffer holds of them. */
export type Rows = readonly Float32Array[];

/** Copies `first` to `first + count - 1`. */
export interface Copies {
  readonly first: number;
  readonly count: number;
}

/** Which copies an actor acts for. */
export interface ActorOptions {
  /** All that share the generator and the recording; 1 unless given. */
  readonly copies?: number;
  /** Those it acts for itself: all, unless others act for the rest. */
  readonly own?: Copies;
  readonly masked?: boolean;
}

/**
 * Chooses actions for `copies` environments at a time, without tensors, and keeps what the update will need. Where it acts
 * for some of them only, it takes from the generator what the others need too: all threads go through the same numbers.
 */
export class Actor {
  private readonly policy: Policy;
  private readonly copies: number;
  private readonly own: Copies;
  private readonly masked: boolean;
  private readonly featureSize: number;
  private readonly actionSize: number;
  private readonly place: Place = { output: 0, latent: 0, mask: 0, action: 0, logProb: 0, noise: 0 };
  private readonly exploration: Exploration | undefined;
  private capacity = 0;
  private rows = 0;
  /** Steps of the batch that were acted before the first row. */
  private earlier = 0;
  private features!: Tensor;
  private actions!: Tensor;
  private logProbs!: Tensor;
  private masks!: Tensor;
  private outputs!: Tensor[];

  constructor(policy: Policy, { copies = 1, own, masked = false }: ActorOptions = {}) {
    this.policy = policy;
    this.copies = copies;
    this.own = own ?? { first: 0, count: copies };
    this.masked = masked;
    this.featureSize = flatSize(policy.observationSpace);
    this.actionSize = sizeOf(policy.head.action.shape);
    this.exploration = policy.head.exploration?.(copies);
    this.open(Math.max(256, copies));
  }

  /**
   * Chooses an action for each of its own copies and records the steps as the next rows. `observations` are rows as `flattenInto`
   * makes them; `actions` receives what the environments are to do. `masks`: one entry an action of each copy, 0 where not allowed.
   */
  act(
    observations: Float32Array,
    rng: Generator,
    actions: Int32Array | Float32Array,
    masks: Uint8Array | undefined = undefined,
  ): void {
    const { copies, own, featureSize, actionSize, place, exploration } = this;
    const { head, normaliser } = this.policy;
    const step = this.rows / copies;
    this.extend(1);
    const [first, count] = [step * copies + own.first, own.count];
    const features = (at(this.features) >>> 2) + first * featureSize;
    for (let k = 0; k < count * featureSize; k++) f32[features + k] = observations[k];
    normaliser?.apply(features, count);
    if (masks !== undefined) {
      const allowed = (at(this.masks) >>> 2) + first * head.outputs;
      for (let k = 0; k < count * head.outputs; k++) f32[allowed + k] = masks[k] === 0 ? 0 : 1;
    }
    forwardRows(this.policy.layers, this.features, this.outputs, first, count);
    exploration?.begin(this.earlier + step, rng);
    this.point(first);
    for (let copy = 0; copy < own.first; copy++) head.skip(rng);
    for (let copy = 0; copy < count; copy++) {
      if (exploration !== undefined) place.noise = exploration.at(own.first + copy);
      head.draw(place, rng);
      head.give(place.action, actions, copy * actionSize);
      this.pointToNext();
    }
    for (let copy = own.first + count; copy < copies; copy++) head.skip(rng);
  }

  /** Steps recorded since the last `take`. */
  get steps(): number {
    return this.rows / this.copies;
  }

  /** What exploration remembers; empty where the policy's head has none. */
  get noise(): Float32Array {
    return this.exploration?.snapshot() ?? new Float32Array();
  }

  /** Begins anew in the middle of a batch that another actor records: after so many steps, with its noise. */
  follow(earlier: number, noise: Float32Array): void {
    this.rows = 0;
    this.earlier = earlier;
    this.exploration?.restore(noise);
  }

  /** What it recorded of its own copies. */
  ownRows(): Rows {
    const { own, steps } = this;
    return this.buffers().map((buffer) => {
      const { part, length, there, here, stride } = this.passage(buffer, steps, own);
      kernels.copy_rows(there, here, steps, length, length, stride, 0);
      const rows = f32.slice(there >>> 2, (there >>> 2) + steps * length);
      release(part.block);
      return rows;
    });
  }

  /** Writes the rows of other copies into the last `steps` steps of the recording. */
  insert(rows: Rows, steps: number, copies: Copies): void {
    this.buffers().forEach((buffer, i) => {
      const { part, length, there, here, stride } = this.passage(buffer, steps, copies);
      f32.set(rows[i], there >>> 2);
      kernels.copy_rows(here, there, steps, length, stride, length, 0);
      release(part.block);
    });
  }

  /** Ends the recording: the rows as tensors, shared with nobody. */
  take(): Recorded {
    const { head, layers } = this.policy;
    const recorded = {
      features: this.ordered(this.features, [this.featureSize]),
      actions: this.ordered(this.actions, head.action.shape),
      logProbs: this.ordered(this.logProbs, []),
      masks: this.masked ? this.ordered(this.masks, [head.outputs]) : undefined,
      trace: this.outputs.map((output, i) => this.ordered(output, [layers[i].bias.size])),
    };
    // A single copy's rows are handed out where they are; those of several have been copied.
    if (this.copies === 1) this.open(this.capacity);
    this.rows = 0;
    return recorded;
  }

  snapshot(): RecordedNumbers {
    const { rows } = this;
    const recorded = (buffer: Tensor): Float32Array =>
      Float32Array.from(buffer.toArray().subarray(0, rows * buffer.shape[1]));
    return {
      features: recorded(this.features),
      actions: recorded(this.actions),
      logProbs: recorded(this.logProbs),
      masks: this.masked ? recorded(this.masks) : new Float32Array(),
      exploration: this.noise,
    };
  }

  /** @throws RangeError where the lengths do not belong together */
  restore({ features, actions, logProbs, masks, exploration }: RecordedNumbers): void {
    const rows = logProbs.length;
    if (
      features.length !== rows * this.featureSize ||
      actions.length !== rows * this.actionSize ||
      masks.length !== (this.masked ? rows * this.policy.head.outputs : 0)
    ) {
      throw new RangeError(`${features.length} features and ${actions.length} actions do not make ${rows} steps`);
    }
    this.exploration?.restore(exploration);
    this.rows = 0;
    this.grow(Math.max(256, rows));
    const places = [this.features, this.actions, this.logProbs, this.masks].map((buffer) => at(buffer) >>> 2);
    f32.set(features, places[0]);
    (this.actions.dtype === "int32" ? i32 : f32).set(actions, places[1]);
    f32.set(logProbs, places[2]);
    f32.set(masks, places[3]);
    for (let row = 0; row < rows; row++) forwardRows(this.policy.layers, this.features, this.outputs, row, 1);
    this.rows = rows;
  }

  /** Where the numbers of a row lie. */
  private point(row: number): void {
    const { place, outputs } = this;
    const last = outputs.length - 1;
    const latent = last > 0 ? outputs[last - 1] : this.features;
    place.output = at(outputs[last]) + row * outputs[last].shape[1] * 4;
    place.latent = at(latent) + row * latent.shape[1] * 4;
    place.mask = this.masked ? at(this.masks) + row * this.policy.head.outputs * 4 : 0;
    place.action = at(this.actions) + row * this.actionSize * 4;
    place.logProb = at(this.logProbs) + row * 4;
  }

  private pointToNext(): void {
    const { place, outputs } = this;
    const last = outputs.length - 1;
    place.output += outputs[last].shape[1] * 4;
    place.latent += (last > 0 ? outputs[last - 1].shape[1] : this.featureSize) * 4;
    if (this.masked) place.mask += this.policy.head.outputs * 4;
    place.action += this.actionSize * 4;
    place.logProb += 4;
  }

  /** Room for the rows of some copies in the last `steps` steps: `length` numbers a step there, a step every `stride` here. */
  private passage(
    buffer: Tensor,
    steps: number,
    { first, count }: Copies,
  ): { part: Tensor; length: number; there: number; here: number; stride: number } {
    const width = buffer.size > 0 ? buffer.shape[1] : 0;
    const part = new Tensor([steps, count * width]);
    const here = at(buffer) + (this.rows - steps * this.copies + first) * width * 4;
    return { part, length: count * width, there: at(part), here, stride: this.copies * width };
  }

  /** The recorded rows of a buffer, one copy after another. */
  private ordered(buffer: Tensor, width: readonly number[]): Tensor {
    const { rows, copies } = this;
    const shape = [rows, ...width];
    if (copies === 1) return new Tensor(shape, buffer.dtype, buffer.block);
    const y = new Tensor(shape, buffer.dtype);
    const size = buffer.shape[1];
    const steps = rows / copies;
    for (let copy = 0; copy < copies; copy++) {
      const [to, from] = [at(y) + copy * steps * size * 4, at(buffer) + copy * size * 4];
      kernels.copy_rows(to, from, steps, size, size, copies * size, 0);
    }
    return y;
  }

  /** New buffers with room for `capacity` rows. */
  private open(capacity: number): void {
    const { head, layers } = this.policy;
    this.features = new Tensor([capacity, this.featureSize]);
    this.actions = new Tensor([capacity, this.actionSize], head.action.dtype);
    this.logProbs = new Tensor([capacity, 1]);
    this.masks = new Tensor([this.masked ? capacity : 0, head.outputs]);
    this.outputs = layers.map(({ bias }) => new Tensor([capacity, bias.size]));
    this.capacity = capacity;
  }

  private buffers(): Tensor[] {
    return [this.features, this.actions, this.logProbs, this.masks, ...this.outputs];
  }

  /** Begins the rows of so many more steps. */
  private extend(steps: number): void {
    const rows = this.rows + steps * this.copies;
    if (rows > this.capacity) this.grow(Math.max(rows, 2 * this.capacity));
    this.rows = rows;
  }

  /** Moves the recorded rows to buffers of `capacity` rows. */
  private grow(capacity: number): void {
    const old = this.buffers();
    this.open(capacity);
    for (const [i, buffer] of this.buffers().entries()) {
      const length = this.rows * (buffer.size > 0 ? buffer.shape[1] : 0);
      if (length > 0) kernels.copy_rows(at(buffer), at(old[i]), 1, length, length, length, 0);
      release(old[i].block);
    }
  }
}
