/**
 * Acting one observation after another, fast: no tensors, no graph, and everything that the update will need is kept.
 *
 * Row t of each buffer belongs to step t: the observation as numbers, each layer's outputs, the action, its log-probability.
 * One row gives the same bits as the same row in a batch, so an update may take the outputs as the forward pass it would
 * otherwise have to repeat.
 */

import { HALF_LOG_2PI } from "../distributions/gaussian.js";
import { release } from "../kernels/heap.js";
import { kernels } from "../kernels/kernels.js";
import { exp } from "../kernels/maths.js";
import { f32, i32 } from "../kernels/memory.js";
import type { Generator } from "../random/generator.js";
import { flatSize, flattenInto } from "../spaces/index.js";
import { Tensor } from "../tensor/index.js";
import { ACTIVATION } from "../tensor/ops/linear.js";
import { at } from "../tensor/tensor.js";
import type { Head, Policy } from "./policy.js";

type GaussianHead = Extract<Head, { readonly kind: "gaussian" }>;

/** The rows recorded since the last `take`. */
export interface Recorded {
  readonly features: Tensor;
  readonly actions: Tensor;
  readonly logProbs: Tensor;
  readonly trace: readonly Tensor[];
}

/** The same as plain numbers, for checkpoints. Each layer's outputs follow from the features and the weights. */
export interface RecordedNumbers {
  readonly features: Float32Array;
  readonly actions: Float32Array;
  readonly logProbs: Float32Array;
}

/** Chooses actions for one observation at a time, without tensors, and keeps what the update will need. */
export class Actor {
  private readonly policy: Policy;
  private readonly featureSize: number;
  private readonly actionSize: number;
  private readonly scratch: Tensor;
  private capacity = 0;
  private rows = 0;
  private features!: Tensor;
  private actions!: Tensor;
  private logProbs!: Tensor;
  private outputs!: Tensor[];

  constructor(policy: Policy) {
    this.policy = policy;
    this.featureSize = flatSize(policy.observationSpace);
    const width = policy.layers[policy.layers.length - 1].bias.size;
    this.actionSize = policy.head.kind === "categorical" ? 1 : width;
    this.scratch = new Tensor([width]);
    this.open(256);
  }

  /** Chooses the action for `observation` and records the step as the next row. */
  act(observation: unknown, rng: Generator): number | Float32Array {
    if (this.rows === this.capacity) this.grow(2 * this.capacity);
    const row = this.rows++;
    const place = (at(this.features) >>> 2) + row * this.featureSize;
    flattenInto(this.policy.observationSpace, observation, f32, place);
    const output = this.forward(row);
    const { head } = this.policy;
    if (head.kind === "gaussian") return this.drawGaussian(row, output, head, rng);
    const stored = (at(this.actions) >>> 2) + row;
    const logProb = at(this.logProbs) + row * 4;
    const action = kernels.categorical_sample(logProb, at(this.scratch), output, this.scratch.size, rng.random());
    i32[stored] = action;
    return head.start + action;
  }

  /** Ends the recording: the rows as tensors, shared with nobody. */
  take(): Recorded {
    const { rows } = this;
    const prefix = (whole: Tensor, width: number[]): Tensor => new Tensor([rows, ...width], whole.dtype, whole.block);
    const recorded = {
      features: prefix(this.features, [this.featureSize]),
      actions: prefix(this.actions, this.policy.head.kind === "categorical" ? [] : [this.actionSize]),
      logProbs: prefix(this.logProbs, []),
      trace: this.outputs.map((output, i) => prefix(output, [this.policy.layers[i].bias.size])),
    };
    this.rows = 0;
    this.open(this.capacity);
    return recorded;
  }

  snapshot(): RecordedNumbers {
    const { rows } = this;
    return {
      features: this.features.toArray().slice(0, rows * this.featureSize),
      actions: this.actions.toArray().slice(0, rows * this.actionSize),
      logProbs: this.logProbs.toArray().slice(0, rows),
    };
  }

  /** @throws RangeError where the lengths do not belong together */
  restore({ features, actions, logProbs }: RecordedNumbers): void {
    const rows = logProbs.length;
    if (features.length !== rows * this.featureSize || actions.length !== rows * this.actionSize) {
      throw new RangeError(`${features.length} features and ${actions.length} actions do not make ${rows} steps`);
    }
    this.rows = 0;
    this.grow(Math.max(256, rows));
    const places = [at(this.features) >>> 2, at(this.actions) >>> 2, at(this.logProbs) >>> 2];
    f32.set(features, places[0]);
    (this.actions.dtype === "int32" ? i32 : f32).set(actions, places[1]);
    f32.set(logProbs, places[2]);
    for (let row = 0; row < rows; row++) this.forward(row);
    this.rows = rows;
  }

  /** Runs the network on one row of features; returns the address of its outputs. */
  private forward(row: number): number {
    let input = at(this.features) + row * this.featureSize * 4;
    let inputs = this.featureSize;
    const { layers } = this.policy;
    for (let i = 0; i < layers.length; i++) {
      const { weights, bias, activation } = layers[i];
      const output = at(this.outputs[i]) + row * bias.size * 4;
      kernels.linear(output, 0, input, at(weights), at(bias), 1, inputs, bias.size, ACTIVATION[activation]);
      input = output;
      inputs = bias.size;
    }
    return input;
  }

  /** a = μ + σ·ε. What is stored is the action as drawn; the environment gets it kept within its bounds. */
  private drawGaussian(row: number, mean: number, head: GaussianHead, rng: Generator): Float32Array {
    const action = new Float32Array(this.actionSize);
    const logStd = at(head.logStd) >>> 2;
    const stored = (at(this.actions) >>> 2) + row * this.actionSize;
    const logProbStored = (at(this.logProbs) >>> 2) + row;
    let logProb = 0;
    for (let j = 0; j < this.actionSize; j++) {
      const noise = rng.standardNormal();
      const drawn = f32[(mean >>> 2) + j] + exp(f32[logStd + j]) * noise;
      f32[stored + j] = drawn;
      logProb -= 0.5 * noise * noise + f32[logStd + j] + HALF_LOG_2PI;
      action[j] = Math.min(head.high[j], Math.max(head.low[j], drawn));
    }
    f32[logProbStored] = logProb;
    return action;
  }

  /** New buffers with room for `capacity` rows. */
  private open(capacity: number): void {
    const discrete = this.policy.head.kind === "categorical";
    this.features = new Tensor([capacity, this.featureSize]);
    this.actions = new Tensor([capacity, this.actionSize], discrete ? "int32" : "float32");
    this.logProbs = new Tensor([capacity, 1]);
    this.outputs = this.policy.layers.map(({ bias }) => new Tensor([capacity, bias.size]));
    this.capacity = capacity;
  }

  /** Moves the recorded rows to buffers of `capacity` rows. */
  private grow(capacity: number): void {
    const old = [this.features, this.actions, this.logProbs, ...this.outputs];
    this.open(capacity);
    for (const [i, buffer] of [this.features, this.actions, this.logProbs, ...this.outputs].entries()) {
      const length = this.rows * buffer.shape[1];
      if (length > 0) kernels.copy_rows(at(buffer), at(old[i]), 1, length, length, length, 0);
      release(old[i].block);
    }
  }
}
