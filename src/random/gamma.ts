/**
 * Gamma and beta numbers, with NumPy's draws in NumPy's order.
 *
 * The draws are the same to the bit as long as logarithms and powers round alike: C's library is within 0.52 ulp, and
 * `ascent/maths` within 0.501, so that a last bit may differ where a result is a power (a shape below 1, or both
 * parameters of a beta at most 1). A comparison would have to be that close for a draw to be rejected here and not there.
 */

import { exp, log, log1p, pow } from "../kernels/maths.js";
import type { Source } from "./source.js";

/** Gamma with scale 1. */
export function standardGamma(source: Source, shape: number): number {
  if (shape === 0) return 0;
  if (shape === 1) return source.standardExponential();
  return shape < 1 ? smallGamma(source, shape) : largeGamma(source, shape);
}

/** Ahrens & Dieter (1974), as Best (1983) states it: a power below the shape's share, an exponential tail above. */
function smallGamma(source: Source, shape: number): number {
  for (;;) {
    const u = source.random();
    const limit = source.standardExponential();
    if (u <= 1 - shape) {
      const x = pow(u, 1 / shape);
      if (x <= limit) return x;
    } else {
      const tail = -log((1 - u) / shape);
      const x = pow(1 - shape + shape * tail, 1 / shape);
      if (x <= limit + tail) return x;
    }
  }
}

/** Marsaglia & Tsang (2000): the cube of a normal number, accepted at once in nearly all cases. */
function largeGamma(source: Source, shape: number): number {
  const b = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * b);
  for (;;) {
    const x = source.standardNormal();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = source.random();
    if (u < 1 - 0.0331 * (x * x) * (x * x)) return b * v;
    if (log(u) < 0.5 * x * x + b * (1 - v + log(v))) return b * v;
  }
}

/** With parameters this small, a draw other than 0 or 1 is less likely than 1e-100. */
const TINY = 3e-103;

/** Beta in [0, 1]: by Jöhnk (1964) if both parameters are at most 1, and otherwise from two gammas. */
export function beta(source: Source, a: number, b: number): number {
  if (a > 1 || b > 1) {
    const first = standardGamma(source, a);
    return first / (first + standardGamma(source, b));
  }
  if (a < TINY && b < TINY) return (a + b) * source.random() < a ? 1 : 0;
  for (;;) {
    const u = source.random();
    const v = source.random();
    const x = pow(u, 1 / a);
    const y = pow(v, 1 / b);
    if (x + y > 1 || u + v === 0) continue;
    if (x > 0 && y > 0) return x / (x + y);
    // A power was below all float64: the same quotient from logarithms.
    const more = log(u) / a - log(v) / b;
    return more > 0 ? exp(-log1p(exp(-more))) : exp(more - log1p(exp(more)));
  }
}
