/**
 * A whole network as one operation. What `linear` does layer by layer, in three calls of kernels: forwards, gradients of what
 * flows between the layers, gradients of the weights. Natively, threads share the rows of the first two and the columns of
 * the third.
 */

import { release } from "../../kernels/heap.js";
import { kernels } from "../../kernels/kernels.js";
import { i32 } from "../../kernels/memory.js";
import { result } from "../graph.js";
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

/** What one forward pass leaves for the way back. */
interface Pass {
  readonly m: number;
  readonly layers: readonly Layer[];
  /** Outputs of all layers but the last. */
  readonly inner: readonly Tensor[];
  /** x·W + b of the layers whose slope needs it. */
  readonly before: readonly (Tensor | undefined)[];
  /** Whether the inner outputs are somebody else's. */
  readonly lent: boolean;
}

/** Numbers of a plan and of each of its layers, as `kernels/network.h` reads them. */
const [PLAN, LAYER] = [5, 12];
/** Columns of a unit of work there. */
const UNIT = 32;
/** Where the plan of the pass under way lies. */
let plan: Tensor | undefined;

/**
 * The last layer's outputs for x [m, k] or one observation [k]: `linear` after `linear`, to the same bits, also in the
 * gradients. `trace` lends the outputs of each layer where they are known already.
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
  if (layers.length === 0) throw new TensorError("network: has no layers");
  if (x.shape.length !== 1 && x.shape.length !== 2)
    throw new TensorError(`network: needs x [m, k] or [k], got ${showShape(x.shape)}`);
  let width = x.shape[x.shape.length - 1];
  for (let i = 0; i < layers.length; i++) {
    const [from, to] = [layers[i].weights.shape, layers[i].bias.shape];
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
  // x first, then weights and bias of each layer: whether there is a gradient to add to.
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
  // Two layers with the same weights add to the same gradient: one after the other, the last one first.
  else for (let unit = units - 1; unit >= 0; unit--) kernels.network_weights(described, m, unit, unit + 1);
  for (let i = 0; i < inner.length; i++) release(dz[i].block);
  releasePass(saved);
}

/** What the way back needs besides: the gradients, and whether those of the inputs are there already. */
interface Back {
  readonly inputs: readonly Tensor[];
  readonly dz: readonly Tensor[];
  readonly adds: readonly number[];
}

/** Writes down where everything lies. Allocates nothing but, for a deeper network than any so far, the plan itself. */
function describe(x: Tensor, y: Tensor, { layers, inner, before }: Pass, back: Back | undefined): number {
  const size = PLAN + layers.length * LAYER;
  if (plan === undefined || plan.size < size) plan = new Tensor([2 * size], "int32");
  // All addresses before the first word is written: bringing a block back may replace the views of the memory.
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
