import { release } from "../../kernels/heap.js";
import { language } from "../../kernels/language.js";
import { gradient, result } from "../graph.js";
import { requireTensor } from "../require-tensor.js";
import { showShape, TensorError } from "../shape.js";
import { at, type Node, Tensor } from "../tensor.js";

/** Rows, and columns, in a unit of work (`kernels/layer-norm.h`). */
const ROWS = 16;
const COLUMNS = 32;
/** What is added to a variance where nothing else is said, as in PyTorch. */
export const EPS = 1e-5;

/**
 * (x - mean) / √(variance + eps) · gain + bias over the last axis of x [.., C], with gain [C] and bias [C] (Ba, Kiros &
 * Hinton 2016, arXiv:1607.06450). The variance divides by C, as in PyTorch. A row has the same bits alone and in a
 * batch.
 *
 * @throws TensorError if the shapes do not fit, or eps is not above 0
 */
export function layerNorm(x: Tensor, gain: Tensor, bias: Tensor, eps = EPS): Tensor {
  for (const given of [x, gain, bias]) requireTensor("layerNorm", given);
  const n = x.shape[x.shape.length - 1];
  if (!n || [gain, bias].some(({ shape }) => shape.length !== 1 || shape[0] !== n)) {
    const shapes = [x, gain, bias].map(({ shape }) => showShape(shape)).join(", ");
    throw new TensorError(`layerNorm: needs x [.., C], gain [C] and bias [C], got ${shapes}`);
  }
  if (!(eps > 0 && eps < Infinity)) throw new TensorError(`layerNorm: eps must be a number above 0, it is ${eps}`);
  const m = x.size / n;
  const moments = new Tensor([m, 2]);
  const y = result(x.shape, [x, gain, bias], moments, layerNormBackward);
  language.layer_norm(at(y), at(moments), at(x), at(gain), at(bias), m, n, eps, 0, Math.ceil(m / ROWS));
  if (y.node === undefined) release(moments.block);
  return y;
}

function layerNormBackward(y: Tensor, { inputs: [x, gain, bias], saved: moments }: Node & { saved: Tensor }): void {
  const n = gain.size;
  const m = x.size / n;
  if (x.requiresGrad) {
    const add = x.grad === undefined ? 0 : 1;
    x.grad ??= new Tensor(x.shape);
    const units = Math.ceil(m / ROWS);
    language.layer_norm_slopes(at(x.grad), at(y.grad!), at(x), at(moments), at(gain), m, n, add, 0, units);
  }
  if (gain.requiresGrad || bias.requiresGrad) {
    // The kernel computes both; a constant one has a gradient that is thrown away.
    const [dgain, dbias] = [gain, bias].map((p) => (p.requiresGrad ? gradient(p) : new Tensor(p.shape)));
    const units = Math.ceil(n / COLUMNS);
    language.layer_norm_weights(at(dgain), at(dbias), at(y.grad!), at(x), at(moments), m, n, 0, units);
    if (!gain.requiresGrad) release(dgain.block);
    if (!bias.requiresGrad) release(dbias.block);
  }
  release(moments.block);
}
