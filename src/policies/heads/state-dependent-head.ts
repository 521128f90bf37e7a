/**
 * d numbers with noise that depends on the state (gSDE; see `distributions/gsde.ts`): the outputs are the means μ, and
 * a = μ + z·E with the last hidden layer's z. Each environment keeps its matrix E for `noiseSteps` steps.
 */

import { HALF_LOG_2PI } from "../../distributions/gaussian.js";
import { SMALLEST_VARIANCE } from "../../distributions/gsde.js";
import { gsde } from "../../distributions/index.js";
import { kernels } from "../../kernels/kernels.js";
import { f32 } from "../../kernels/memory.js";
import type { Box } from "../../spaces/index.js";
import { full, parameter, Tensor, zeros } from "../../tensor/index.js";
import { UNARY } from "../../tensor/ops/elementwise.js";
import { at as address } from "../../tensor/tensor.js";
import type { Exploration, HeadOperations } from "./head.js";
import { meanOfRow, withinBounds } from "./number-row.js";

/** State-dependent noise around a mean for a `Box`, stored as drawn and given kept within its bounds. */
export interface StateDependentHead extends HeadOperations {
  readonly kind: "state-dependent";
  /** Steps that a matrix is kept; 0: until the next batch. */
  readonly noiseSteps: number;
  /** ln σ, [width of the last hidden layer, d] */
  readonly logStd: Tensor;
  readonly low: Float32Array;
  readonly high: Float32Array;
}

const fround = (x: number): number => Math.fround(x);
const HALF = fround(HALF_LOG_2PI);

export function stateDependentHead(
  { low, high }: Box,
  { logStd: initialLogStd, noiseSteps, latentSize }: { logStd: number; noiseSteps: number; latentSize: number },
): StateDependentHead {
  const d = low.length;
  const logStd = parameter(full([latentSize, d], initialLogStd), "policy.logStd");
  const [squares, features] = [new Tensor([latentSize, d]), new Tensor([latentSize])];
  const [variance, logs] = [new Tensor([d]), new Tensor([d])];
  return {
    kind: "state-dependent",
    ...{ noiseSteps, logStd, low, high },
    outputs: d,
    action: { dtype: "float32", shape: [d] },
    parameters: [logStd],
    distribution: (means, { latent }) => gsde(means, latent as Tensor, logStd),
    /** Each operation is rounded to float32 in the order of the distribution's, so log π has its bits. */
    draw({ output, latent, noise, action, logProb }) {
      const [z2, s2, v, ln] = [address(features), address(squares), address(variance), address(logs)];
      kernels.linear(action, 0, latent, noise, output, 1, latentSize, d, 0);
      kernels.unary(UNARY.square, z2, latent, latentSize, 0, 0);
      kernels.gemm(v, z2, s2, 1, d, latentSize, latentSize, 1, d, 1, 0);
      for (let j = 0; j < d; j++) f32[(v >>> 2) + j] += fround(SMALLEST_VARIANCE);
      kernels.unary(UNARY.log, ln, v, d, 0, 0);
      for (let j = 0; j < d; j++) {
        const shift = fround(f32[(action >>> 2) + j] - f32[(output >>> 2) + j]);
        const sum = fround(fround(fround(shift * shift) / f32[(v >>> 2) + j]) + f32[(ln >>> 2) + j]);
        f32[(ln >>> 2) + j] = fround(sum * -0.5) - HALF;
      }
      kernels.reduce_sum(logProb, ln, 1, d, 1, 1);
    },
    /** A step draws nothing: `begin` has drawn for all copies. */
    skip: () => undefined,
    mode: meanOfRow(d),
    give: withinBounds(low, high),
    exploration: (copies) => matrices({ logStd, squares, copies, noiseSteps }),
  };
}

interface Memory {
  readonly logStd: Tensor;
  readonly squares: Tensor;
  readonly copies: number;
  readonly noiseSteps: number;
}

/** One matrix E a copy; and σ² in `squares`, as of the present weights. */
function matrices({ logStd, squares, copies, noiseSteps }: Memory): Exploration {
  const { size } = logStd;
  const held = zeros([copies, size]);
  const deviations = new Tensor([size]);
  const noise = new Float64Array(size);
  return {
    begin(step, rng) {
      const [spread, square] = [address(logStd), address(squares)];
      for (let i = 0; i < size; i++) f32[(square >>> 2) + i] = 2 * f32[(spread >>> 2) + i];
      kernels.unary(UNARY.exp, square, square, size, 0, 0);
      if (step !== 0 && (noiseSteps === 0 || step % noiseSteps !== 0)) return;
      // As `explorationMatrix` draws them, without its tensors.
      kernels.unary(UNARY.exp, address(deviations), spread, size, 0, 0);
      for (let copy = 0; copy < copies; copy++) {
        rng.standardNormal(noise);
        const [std, to] = [address(deviations) >>> 2, (address(held) >>> 2) + copy * size];
        for (let i = 0; i < size; i++) f32[to + i] = f32[std + i] * noise[i];
      }
    },
    at: (copy) => address(held) + copy * size * 4,
    snapshot: () => held.toArray(),
    restore(state) {
      if (state.length !== held.size) throw new RangeError(`${state.length} numbers of noise are not ${held.size}`);
      held.set(state);
    },
  };
}
