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
interface Layer {
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
  if (layers.length === 0) throw new TensorError("network: has no layers");
  let width = x.shape[x.shape.length - 1];
  for (const [i, { weights, bias }] of layers.entries()) {
    if (weights.shape.length !== 2 || weights.shape[0] !== width || bias.shape.join() !== `${weights.shape[1]}`)
      throw new TensorError(
        `network: layer ${i} needs weights [${width}, n] and bias [n], got ${showShape(weights.shape)} and ${showShape(bias.shape)}`,
      );
    width = weights.shape[1];
  }
  if (x.shape.length !== 1 && x.shape.length !== 2)
    throw new TensorError(`network: needs x [m, k] or [k], got ${showShape(x.shape)}`);
  const m = x.shape.length === 1 ? 1 : x.shape[0];
  const known = layers.every(({ activation }, i) => trace?.[i] !== undefined && activation !== "gelu")
    ? trace
    : undefined;
  const last = layers.length - 1;
  const inner: Tensor[] = [];
  const before = layers.map(({ bias, activation }) => (activation === "gelu" ? new Tensor([m, bias.size]) : undefined));
  for (let i = 0; i < last; i++) inner.push(known?.[i] ?? new Tensor([m, layers[i].bias.size]));
  const inputs = [x];
  for (const { weights, bias } of layers) inputs.push(weights, bias);
  const pass: Pass = { m, layers, inner, before, lent: known !== undefined };
  const shape = x.shape.length === 1 ? [width] : [m, width];
  const y = result(shape, inputs, pass, networkBackward, known === undefined ? {} : { shared: known[last] });
  if (known === undefined) kernels.network_forward(describe(x, y, pass), 0, m);
  if (y.node === undefined) releasePass(pass);
  return y;
}

function networkBackward(y: Tensor, { inputs: [x], saved }: Node & { saved: Pass }): void {
  const { m, layers, inner } = saved;
  const gradients = inner.map(({ shape }) => new Tensor(shape));
  const dz = [...gradients, y.grad!];
  const adds = new Int32Array(2 * layers.length + 1);
  const wanted = (p: Tensor, place: number): void => {
    adds[place] = p.grad === undefined ? 0 : 1;
    if (p.requiresGrad) p.grad ??= new Tensor(p.shape);
  };
  layers.forEach(({ weights, bias }, i) => {
    wanted(weights, 2 * i);
    wanted(bias, 2 * i + 1);
  });
  wanted(x, 2 * layers.length);
  const gradientOf = (p: Tensor): number => (p.requiresGrad ? at(p.grad!) : 0);
  const places = layers.map(({ weights, bias }, i) => [at(dz[i]), gradientOf(weights), gradientOf(bias)]);
  const dx = gradientOf(x);
  const described = describe(x, y, saved);
  let word = (described >>> 2) + 3;
  i32[word++] = dx;
  i32[word++] = adds[2 * layers.length];
  let units = 0;
  for (let i = 0; i < layers.length; i++, word += LAYER) {
    for (let k = 0; k < 3; k++) i32[word + 4 + k] = places[i][k];
    i32[word + 7] = adds[2 * i];
    i32[word + 8] = adds[2 * i + 1];
    units += Math.ceil(layers[i].bias.size / UNIT);
  }
  kernels.network_slopes(described, 0, m);
  kernels.network_weights(described, m, 0, units);
  for (const gradient of gradients) release(gradient.block);
  releasePass(saved);
}

/** Writes down where everything lies. Allocates nothing but, for a deeper network than any so far, the plan itself. */
function describe(x: Tensor, y: Tensor, { layers, inner, before }: Pass): number {
  const size = PLAN + layers.length * LAYER;
  if (plan === undefined || plan.size < size) plan = new Tensor([2 * size], "int32");
  const outputs = [...inner, y];
  // All addresses before the first word: bringing a block back may replace the views of the memory.
  const start = at(plan);
  const places = [at(x)];
  layers.forEach(({ weights, bias }, i) => {
    const z = before[i];
    places.push(at(weights), at(bias), at(outputs[i]), z === undefined ? 0 : at(z));
  });
  let word = start >>> 2;
  i32[word++] = start;
  i32[word++] = layers.length;
  i32[word++] = places[0];
  word += 2;
  layers.forEach(({ weights, activation }, i) => {
    for (let k = 0; k < 4; k++) i32[word + k] = places[1 + 4 * i + k];
    i32[word + 9] = weights.shape[0];
    i32[word + 10] = weights.shape[1];
    i32[word + 11] = ACTIVATION[activation];
    word += LAYER;
  });
  return start;
}

function releasePass({ inner, before, lent }: Pass): void {
  if (!lent) for (const tensor of inner) release(tensor.block);
  for (const tensor of before) if (tensor !== undefined) release(tensor.block);
}
