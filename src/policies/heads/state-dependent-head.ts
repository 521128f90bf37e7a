/**
 * d numbers with state-dependent noise (gSDE; see `distributions/gsde.ts`). The network outputs the means μ, and
 * a = μ + z·E, where z is the last hidden layer. Each environment keeps its matrix E for `noiseSteps` steps.
 */

import { HALF_LOG_2PI } from "../../distributions/gaussian.js";
import { SMALLEST_VARIANCE } from "../../distributions/gsde.js";
import { gsde } from "../../distributions/index.js";
import { kernels } from "../../kernels/kernels.js";
import { f32 } from "../../kernels/memory.js";
import { full, parameter, Tensor, zeros } from "../../tensor/index.js";
import { UNARY } from "../../tensor/ops/elementwise.js";
import { at as address } from "../../tensor/tensor.js";
import { type ActionRange, meanOfRow, rangedAction } from "./action-range.js";
import type { Exploration, Head } from "./head.js";

const fround = (x: number): number => Math.fround(x);
const HALF = fround(HALF_LOG_2PI);

/** Actions of a `Box` with state-dependent noise, stored as drawn and mapped to the range for the environment. */
export function stateDependentHead(
  range: ActionRange,
  { logStd: initialLogStd, noiseSteps, latentSize }: { logStd: number; noiseSteps: number; latentSize: number },
): Head {
  const d = range.low.length;
  const logStd = parameter(full([latentSize, d], initialLogStd), "policy.logStd");
  const squares = new Tensor([latentSize, d]);
  const features = new Tensor([latentSize]);
  const variance = new Tensor([d]);
  const logs = new Tensor([d]);
  return {
    outputs: d,
    action: { dtype: "float32", shape: [d] },
    parameters: [logStd],
    maskable: false,
    distribution: (means, { latent }) => gsde(means, latent as Tensor, logStd),
    /** Each operation is rounded to float32, in the same order as in `gsde`, so log π has the same bits. */
    draw({ output, latent, noise, action, logProb }) {
      const z2 = address(features);
      const s2 = address(squares);
      const v = address(variance);
      const ln = address(logs);
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
    mode: meanOfRow(d),
    toEnvAction: rangedAction(range),
    exploration: (copies) => matrices({ logStd, squares, copies, noiseSteps }),
    describe: () => ({ kind: "state-dependent", noiseSteps, logStd, ...range }),
  };
}

interface NoiseOptions {
  readonly logStd: Tensor;
  readonly squares: Tensor;
  readonly copies: number;
  readonly noiseSteps: number;
}

/** One matrix E per copy. `begin` also writes σ² of the current weights to `squares`. */
function matrices({ logStd, squares, copies, noiseSteps }: NoiseOptions): Exploration {
  const { size } = logStd;
  const held = zeros([copies, size]);
  const deviations = new Tensor([size]);
  const noise = new Float64Array(size);
  return {
    begin(step, rng) {
      const spread = address(logStd);
      const square = address(squares);
      for (let i = 0; i < size; i++) f32[(square >>> 2) + i] = 2 * f32[(spread >>> 2) + i];
      kernels.unary(UNARY.exp, square, square, size, 0, 0);
      if (step !== 0 && (noiseSteps === 0 || step % noiseSteps !== 0)) return;
      // The same draws as in `explorationMatrix`, without tensors.
      kernels.unary(UNARY.exp, address(deviations), spread, size, 0, 0);
      for (let copy = 0; copy < copies; copy++) {
        rng.standardNormal(noise);
        const std = address(deviations) >>> 2;
        const to = (address(held) >>> 2) + copy * size;
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
