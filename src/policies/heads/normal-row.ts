/** log N(a; μ, σ) of one row, with the same bits as `gaussian(mean, logStd).logProb`. */

import { HALF_LOG_2PI } from "../../distributions/gaussian.js";
import { kernels } from "../../kernels/kernels.js";
import { exp } from "../../kernels/maths.js";
import { f32 } from "../../kernels/memory.js";
import type { Generator } from "../../random/generator.js";
import { Tensor } from "../../tensor/index.js";
import { UNARY } from "../../tensor/ops/elementwise.js";
import { at as address } from "../../tensor/tensor.js";

const fround = (x: number): number => Math.fround(x);
const HALF = fround(HALF_LOG_2PI);

/** Draws rows of normal numbers, and computes their log-probabilities. */
export interface NormalRow {
  /** a = μ + σε, for addresses of d floats. */
  draw(mean: number, action: number, rng: Generator): void;
  /** Writes Σ -½((a - μ)/σ)² - ln σ - ½ ln 2π. Each operation is rounded to float32, as for tensors. */
  logProb(mean: number, action: number, to: number): void;
}

/** For ln σ [d]. */
export function normalRow(logStd: Tensor): NormalRow {
  const d = logStd.size;
  const std = new Tensor([d]);
  const terms = new Tensor([d]);
  return {
    draw(mean, action, rng) {
      const spread = address(logStd) >>> 2;
      for (let j = 0; j < d; j++) {
        f32[(action >>> 2) + j] = f32[(mean >>> 2) + j] + exp(f32[spread + j]) * rng.standardNormal();
      }
    },
    logProb(mean, action, to) {
      const spread = address(logStd);
      const deviation = address(std);
      const term = address(terms);
      kernels.unary(UNARY.exp, deviation, spread, d, 0, 0);
      for (let j = 0; j < d; j++) {
        const z = fround(fround(f32[(action >>> 2) + j] - f32[(mean >>> 2) + j]) / f32[(deviation >>> 2) + j]);
        f32[(term >>> 2) + j] = fround(fround(fround(z * z) * -0.5) - f32[(spread >>> 2) + j]) - HALF;
      }
      kernels.reduce_sum(to, term, 1, d, 1, 1);
    },
  };
}
