/** The layers of a policy in plain JavaScript, with the bits of the kernels `linear` and `gru_cell`. */

import type { Activation } from "../tensor/index.js";
import { gelu, logistic, relu, tanh } from "./float32.js";

/** A layer with its weights and room for its outputs. */
export interface PlainLayer {
  /** [inputs, outputs] in row-major order. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly activation: Activation;
  readonly outputs: Float32Array;
}

const ACTIVATIONS = { relu, tanh, gelu, none: undefined };

/** y = activation(x·W + b). The sum over x ascends, and storing into y rounds each sum to float32, as in `gemm.h`. */
export function linear(x: Float32Array, { weights, bias, activation, outputs: y }: PlainLayer): Float32Array {
  const n = bias.length;
  y.set(bias);
  for (let p = 0, k = 0; p < x.length; p++) {
    const factor = x[p];
    for (let j = 0; j < n; j++, k++) y[j] += Math.fround(factor * weights[k]);
  }
  const apply = ACTIVATIONS[activation];
  if (apply !== undefined) for (let j = 0; j < n; j++) y[j] = apply(y[j]);
  return y;
}

/** A gated recurrent unit, whose rows are [r | z | n]. */
export interface PlainMemory {
  readonly input: PlainLayer;
  readonly hidden: PlainLayer;
  /** The memory after a step. */
  readonly next: Float32Array;
}

/** The memory after these features: r = σ(u + v), z likewise, n = tanh(u + r·v), h' = n + z·(h - n). */
export function remember(x: Float32Array, memory: Float32Array, { input, hidden, next }: PlainMemory): Float32Array {
  const round = Math.fround;
  const d = next.length;
  const u = linear(x, input);
  const v = linear(memory, hidden);
  for (let j = 0, k = d, l = 2 * d; j < d; j++, k++, l++) {
    const r = logistic(round(u[j] + v[j]));
    const z = logistic(round(u[k] + v[k]));
    const n = tanh(round(u[l] + round(r * v[l])));
    next[j] = n + round(z * round(memory[j] - n));
  }
  return next;
}
