/**
 * A whole network as one operation. It does what `linear` does layer by layer, in three kernel calls: the forward pass,
 * the gradients that flow between the layers, and the gradients of the weights. Native threads share the rows of the
 * first two and the columns of the third.
 */

import { allocate, release } from "../../kernels/heap.js";
import { kernels } from "../../kernels/kernels.js";
import { i32 } from "../../kernels/memory.js";
import { result } from "../graph.js";
import { requireTensor } from "../require-tensor.js";
import { showShape, TensorError } from "../shape.js";
import { at, type Node, Tensor } from "../tensor.js";
import { ACTIVATION, type Activation } from "./linear.js";

/** activation(x·W + b) */
export interface Layer {
  /** [inputs, outputs] */
  readonly weights: Tensor;
  /** [outputs] */
  readonly bias: Tensor;
  readonly activation: Activation;
}

/** The results of a forward pass that its backward pass needs. */
interface Pass {
  readonly m: number;
  readonly layers: readonly Layer[];
  /** The outputs of all layers but the last. */
  readonly inner: readonly Tensor[];
  /** x·W + b of each layer whose slope needs it. */
  readonly before: readonly (Tensor | undefined)[];
  /** Whether the inner outputs belong to the caller and must not be released. */
  readonly lent: boolean;
}

/** The numbers of 32-bit words in a plan's head and in each of its layers (`kernels/network.h`). */
const PLAN = 5;
const LAYER = 12;
/** Columns in a unit of work (`kernels/network.h`). */
const UNIT = 32;
/** The plan of the current pass. */
let plan: Tensor | undefined;

/**
 * The last layer's outputs for x [m, k] or one observation [k]: a chain of `linear`, with the same bits in outputs and
 * gradients. `trace` supplies the outputs of all layers if they are already known.
 *
 * @throws TensorError without layers, or if the shapes do not fit
 */
export function network(x: Tensor, layers: readonly Layer[], trace?: readonly Tensor[]): Tensor {
  checkShapes(x, layers);
  const m = x.shape.length === 1 ? 1 : x.shape[0];
  const last = layers.length - 1;
  const known = trace !== undefined && isKnown(layers, trace);
  const inputs = [x];
  const inner: Tensor[] = [];
  const before: (Tensor | undefined)[] = [];
  for (let i = 0; i <= last; i++) {
    const { weights, bias, activation } = layers[i];
    inputs.push(weights, bias);
    before.push(activation === "gelu" ? new Tensor([m, bias.size]) : undefined);
    if (i < last) inner.push(known ? trace[i] : new Tensor([m, bias.size]));
  }
  const width = layers[last].bias.size;
  const pass: Pass = { m, layers, inner, before, lent: known };
  const shape = x.shape.length === 1 ? [width] : [m, width];
  const y = result(shape, inputs, pass, networkBackward, known ? { shared: trace[last] } : {});
  if (!known) kernels.network_forward(describe(x, y, pass, undefined), 0, m);
  if (y.node === undefined) releasePass(pass);
  return y;
}

function isKnown(layers: readonly Layer[], trace: readonly Tensor[]): boolean {
  return layers.every(({ activation }, i) => trace[i] !== undefined && activation !== "gelu");
}

function checkShapes(x: Tensor, layers: readonly Layer[]): void {
  requireTensor("network", x);
  if (layers.length === 0) throw new TensorError("network: needs at least one layer");
  if (x.shape.length !== 1 && x.shape.length !== 2)
    throw new TensorError(`network: needs x [m, k] or [k], got ${showShape(x.shape)}`);
  let width = x.shape[x.shape.length - 1];
  for (let i = 0; i < layers.length; i++) {
    const from = layers[i].weights.shape;
    const to = layers[i].bias.shape;
    if (from.length !== 2 || from[0] !== width || to.length !== 1 || to[0] !== from[1])
      throw new TensorError(
        `network: layer ${i} needs weights [${width}, n] and bias [n], got ${showShape(from)} and ${showShape(to)}`,
      );
    width = to[0];
  }
}

function networkBackward(y: Tensor, { inputs, saved }: Node & { saved: Pass }): void {
  const { m, inner } = saved;
  const dz: Tensor[] = [];
  for (let i = 0; i < inner.length; i++) dz.push(new Tensor(inner[i].shape));
  dz.push(y.grad!);
  // For x, then the weights and the bias of each layer: whether a gradient exists to add to.
  const adds = inputs.map(() => 0);
  let units = 0;
  for (let i = inputs.length - 1; i >= 0; i--) {
    const p = inputs[i];
    adds[i] = p.grad === undefined ? 0 : 1;
    if (p.requiresGrad) p.grad ??= new Tensor(p.shape);
    if (i > 0 && i % 2 === 0) units += Math.ceil(p.size / UNIT);
  }
  const described = describe(inputs[0], y, saved, { inputs, dz, adds });
  kernels.network_slopes(described, 0, m);
  if (new Set(inputs).size === inputs.length) kernels.network_weights(described, m, 0, units);
  // Two layers with the same weights add to the same gradient, so they run one after the other, the last one first.
  else for (let unit = units - 1; unit >= 0; unit--) kernels.network_weights(described, m, unit, unit + 1);
  for (let i = 0; i < inner.length; i++) release(dz[i].block);
  releasePass(saved);
}

/** The additional arguments of the backward pass: the gradients, and whether those of the inputs already exist. */
interface Back {
  readonly inputs: readonly Tensor[];
  readonly dz: readonly Tensor[];
  readonly adds: readonly number[];
}

/** Writes the plan. Allocates nothing, except a larger plan for a network deeper than any before. */
function describe(x: Tensor, y: Tensor, { layers, inner, before }: Pass, back: Back | undefined): number {
  const size = PLAN + layers.length * LAYER;
  // Made with a block of its own, it outlives the pass that it is made in, also a `tidied` one.
  if (plan === undefined || plan.size < size) plan = new Tensor([2 * size], "int32", allocate(8 * size));
  // Take all addresses before writing the first word: copying a block back may replace the views of the memory.
  const start = at(plan);
  const words = [
    start,
    layers.length,
    at(x),
    back === undefined ? 0 : gradientAt(x),
    back === undefined ? 0 : back.adds[0],
  ];
  for (let i = 0; i < layers.length; i++) {
    const { weights, bias, activation } = layers[i];
    const z = before[i];
    words.push(at(weights), at(bias), at(i < inner.length ? inner[i] : y), z === undefined ? 0 : at(z));
    if (back === undefined) words.push(0, 0, 0, 0, 0);
    else {
      const { dz, adds } = back;
      words.push(at(dz[i]), gradientAt(weights), gradientAt(bias), adds[1 + 2 * i], adds[2 + 2 * i]);
    }
    words.push(weights.shape[0], weights.shape[1], ACTIVATION[activation]);
  }
  i32.set(words, start >>> 2);
  return start;
}

function gradientAt(p: Tensor): number {
  return p.requiresGrad ? at(p.grad!) : 0;
}

function releasePass({ inner, before, lent }: Pass): void {
  for (let i = 0; i < inner.length && !lent; i++) release(inner[i].block);
  for (const tensor of before) if (tensor !== undefined) release(tensor.block);
}
