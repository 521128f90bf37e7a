/** Poisson numbers, with NumPy's draws in NumPy's order. */

import { exp, log } from "../kernels/maths.js";
import type { Source } from "./source.js";

/** How often something happens that happens `mean` times on average. */
export function poisson(source: Source, mean: number): number {
  if (mean === 0) return 0;
  return mean < 10 ? byProduct(source, mean) : byRejection(source, mean);
}

/** Counts uniform numbers until their product is below e^-mean. */
function byProduct(source: Source, mean: number): number {
  const end = exp(-mean);
  let count = 0;
  for (let product = source.random(); product > end; product *= source.random()) count++;
  return count;
}

/** PTRS, the transformed rejection of Hörmann (1993), Insurance: Mathematics and Economics 12, 39-45. */
function byRejection(source: Source, mean: number): number {
  const logMean = log(mean);
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const sure = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = source.random() - 0.5;
    const v = source.random();
    const edge = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / edge + b) * u + mean + 0.43);
    if (edge >= 0.07 && v <= sure) return k;
    if (k < 0 || (edge < 0.013 && v > edge)) continue;
    const height = log(v) + log(inverseAlpha) - log(a / (edge * edge) + b);
    if (height <= -mean + k * logMean - logGamma(k + 1)) return k;
  }
}

/** The coefficients of 1/x, 1/x³, … in Stirling's series. */
const STIRLING = [
  8.333333333333333e-2, -2.777777777777778e-3, 7.936507936507937e-4, -5.952380952380952e-4, 8.417508417508418e-4,
  -1.917526917526918e-3, 6.41025641025641e-3, -2.955065359477124e-2, 1.796443723688307e-1, -1.3924322169059,
];

/** ln Γ(x) by Stirling's series, from above 7 downwards (Zhang & Jin 1996, "Computation of Special Functions"). */
function logGamma(x: number): number {
  if (x === 1 || x === 2) return 0;
  const up = x <= 7 ? Math.trunc(7 - x) : 0;
  let above = x + up;
  const square = 1 / (above * above);
  const series = STIRLING.reduceRight((sum, coefficient) => sum * square + coefficient);
  let value = series / above + 0.5 * log(2 * Math.PI) + (above - 0.5) * log(above) - above;
  for (let i = 0; i < up; i++) {
    value -= log(above - 1);
    above -= 1;
  }
  return value;
}
