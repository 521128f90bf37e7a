/** Initial weights. Matrices are [inputs, outputs]. All randomness comes from the generator that is passed in. */

import type { Generator } from "../random/generator.js";
import { type Tensor, tensor, zeros } from "../tensor/index.js";

/** Makes the weights of a layer with `inputs` inputs and `outputs` outputs. */
export type Initialiser = (rng: Generator, inputs: number, outputs: number) => Tensor;

/** Zeros, the usual initial bias. */
export const zeroInit: Initialiser = (_rng, inputs, outputs) => zeros([inputs, outputs]);

/** Uniform in ±1/√inputs, the initial weights of PyTorch's `Linear` (Kaiming-uniform with a = √5). */
export const kaimingUniform: Initialiser = (rng, inputs, outputs) => {
  const bound = 1 / Math.sqrt(inputs);
  const values = new Float32Array(inputs * outputs);
  for (let i = 0; i < values.length; i++) values[i] = rng.uniform(-bound, bound);
  return tensor(values, [inputs, outputs]);
};

/**
 * `gain` times a matrix whose rows or columns, whichever are fewer, are orthonormal (Saxe et al. 2014,
 * arXiv:1312.6120). Such a layer initially preserves lengths. Normal vectors are orthogonalised one after another,
 * twice each for accuracy.
 */
export function orthogonal(gain: number): Initialiser {
  return (rng, inputs, outputs) => {
    const count = Math.min(inputs, outputs);
    const length = Math.max(inputs, outputs);
    const vectors: Float64Array[] = [];
    while (vectors.length < count) {
      const candidate = Float64Array.from({ length }, () => rng.standardNormal());
      for (let pass = 0; pass < 2; pass++) for (const other of vectors) subtractProjection(candidate, other);
      const norm = Math.sqrt(dot(candidate, candidate));
      if (norm < 1e-6) continue;
      vectors.push(candidate.map((value) => value / norm));
    }
    const values = new Float32Array(inputs * outputs);
    for (let i = 0; i < inputs; i++) {
      for (let j = 0; j < outputs; j++)
        values[i * outputs + j] = gain * (inputs <= outputs ? vectors[i][j] : vectors[j][i]);
    }
    return tensor(values, [inputs, outputs]);
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}

function subtractProjection(a: Float64Array, unit: Float64Array): void {
  const along = dot(a, unit);
  for (let i = 0; i < a.length; i++) a[i] -= along * unit[i];
}
