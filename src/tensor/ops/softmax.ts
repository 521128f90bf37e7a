/** Logits along the last axis: log-probabilities, probabilities, entropy, and the selection of one entry. */

import { kernels } from "../../kernels/kernels.js";
import { gradient, result } from "../graph.js";
import { requireTensor } from "../require-tensor.js";
import { sameShape, showShape, TensorError } from "../shape.js";
import { at, indices, type Node, Tensor } from "../tensor.js";

function lastAxis(operation: string, x: Tensor): { rows: number; n: number } {
  requireTensor(operation, x);
  const n = x.shape[x.shape.length - 1];
  if (!n)
    throw new TensorError(`${operation}: needs a last axis of at least one number, got shape ${showShape(x.shape)}`);
  return { rows: x.size / n, n };
}

/**
 * x - max x - ln Σ exp(x - max x). It is finite wherever the logit is, and never the logarithm of a rounded
 * probability.
 */
export function logSoftmax(x: Tensor): Tensor {
  const { rows, n } = lastAxis("logSoftmax", x);
  const y = result(x.shape, [x], { rows, n }, logSoftmaxBackward);
  kernels.log_softmax(at(y), at(x), rows, n);
  return y;
}

function logSoftmaxBackward(
  y: Tensor,
  { inputs: [x], saved: { rows, n } }: Node & { saved: { rows: number; n: number } },
): void {
  const dx = gradient(x);
  kernels.log_softmax_backward(at(dx), at(y.grad!), at(y), rows, n);
}

/**
 * exp(x) / Σ exp(x) along the last axis. For log-probabilities use `logSoftmax`, which is accurate even where this is
 * 0.
 */
export function softmax(x: Tensor): Tensor {
  const { rows, n } = lastAxis("softmax", x);
  const y = result(x.shape, [x], { rows, n }, softmaxBackward);
  kernels.softmax(at(y), at(x), rows, n);
  return y;
}

function softmaxBackward(
  y: Tensor,
  { inputs: [x], saved: { rows, n } }: Node & { saved: { rows: number; n: number } },
): void {
  const dx = gradient(x);
  kernels.softmax_backward(at(dx), at(y.grad!), at(y), rows, n);
}

/**
 * -Σ exp(l)·l over the last axis of log-probabilities, in nats. A probability of 0 contributes 0 and gets gradient 0.
 */
export function entropyOf(logProbs: Tensor): Tensor {
  const { rows, n } = lastAxis("entropyOf", logProbs);
  const h = result(logProbs.shape.slice(0, -1), [logProbs], { rows, n }, entropyBackward);
  kernels.entropy(at(h), at(logProbs), rows, n);
  return h;
}

function entropyBackward(
  h: Tensor,
  { inputs: [l], saved: { rows, n } }: Node & { saved: { rows: number; n: number } },
): void {
  const dl = gradient(l);
  kernels.entropy_backward(at(dl), at(h.grad!), at(l), rows, n);
}

/**
 * Σ exp(l)·(l - q) over the last axis: the Kullback-Leibler divergence of log-probabilities l from q, in nats. Where
 * the probability of l is 0, the term and its gradients are 0.
 */
export function divergenceOf(logProbs: Tensor, others: Tensor): Tensor {
  const { rows, n } = lastAxis("divergenceOf", logProbs);
  if (!sameShape(logProbs.shape, others.shape)) {
    throw new TensorError(
      `divergenceOf: the shapes ${showShape(logProbs.shape)} and ${showShape(others.shape)} must be equal`,
    );
  }
  const k = result(logProbs.shape.slice(0, -1), [logProbs, others], { rows, n }, divergenceBackward);
  kernels.divergence(at(k), at(logProbs), at(others), rows, n);
  return k;
}

function divergenceBackward(
  k: Tensor,
  { inputs, saved: { rows, n } }: Node & { saved: { rows: number; n: number } },
): void {
  for (let side = 0; side < 2; side++) {
    if (!inputs[side].requiresGrad) continue;
    const d = gradient(inputs[side]);
    kernels.divergence_backward(side, at(d), at(k.grad!), at(inputs[0]), at(inputs[1]), rows, n);
  }
}

/** y[…] = x[…, index[…]], one entry of each row. The index has the shape of x without its last axis. */
export function gather(x: Tensor, index: Tensor | readonly number[] | number): Tensor {
  const { rows, n } = lastAxis("gather", x);
  const which = index instanceof Tensor ? index : indices(index);
  const shape = x.shape.slice(0, -1);
  if (which.dtype !== "int32") throw new TensorError("gather: the index must be int32; make it with indices(…)");
  if (!sameShape(which.shape, shape)) {
    throw new TensorError(
      `gather: shape ${showShape(x.shape)} needs an index of shape ${showShape(shape)}, got ${showShape(which.shape)}`,
    );
  }
  const y = result(shape, [x], { which, rows, n }, gatherBackward);
  const bad = kernels.gather(at(y), at(x), at(which), rows, n);
  if (bad >= 0) {
    throw new TensorError(
      `gather: index ${which.toArray()[bad]} at row ${bad} is not from 0 to ${n - 1} (shape ${showShape(x.shape)})`,
    );
  }
  return y;
}

function gatherBackward(
  y: Tensor,
  { inputs: [x], saved: { which, rows, n } }: Node & { saved: { which: Tensor; rows: number; n: number } },
): void {
  const dx = gradient(x);
  kernels.gather_backward(at(dx), at(y.grad!), at(which), rows, n);
}
