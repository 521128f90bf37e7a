/** Binomial and multinomial numbers, with NumPy's draws in NumPy's order. */

import { exp, log } from "../kernels/maths.js";
import type { Source } from "./source.js";

type Draw = (source: Source) => number;

/** Up to this mean, counting from 0 takes fewer steps than a rejection. */
const LARGEST_COUNTED = 30;

/** How many of `n` trials succeed, if each does with probability `p`. The rarer outcome is the one that is counted. */
export function binomial(n: number, p: number): Draw {
  if (n === 0 || p === 0) return () => 0;
  const rare = p <= 0.5 ? p : 1 - p;
  const draw = rare * n <= LARGEST_COUNTED ? byInversion(n, rare) : byRejection(n, rare);
  return p <= 0.5 ? draw : (source) => n - draw(source);
}

/** Subtracts the probabilities of 0, 1, … from one uniform number. Far beyond the mean, it starts again with another. */
function byInversion(n: number, p: number): Draw {
  const q = 1 - p;
  const none = exp(n * log(q));
  const mean = n * p;
  const bound = Math.trunc(Math.min(n, mean + 10 * Math.sqrt(mean * q + 1)));
  return (source) => {
    let count = 0;
    let probability = none;
    let u = source.random();
    while (u > probability) {
      count++;
      if (count > bound) {
        count = 0;
        probability = none;
        u = source.random();
      } else {
        u -= probability;
        probability = ((n - count + 1) * p * probability) / (count * q);
      }
    }
    return count;
  };
}

/**
 * BTPE (Kachitvichyanukul & Schmeiser 1988, Communications of the ACM 31, 216-222): a point under a triangle, two
 * parallelograms and two exponential tails, accepted if it lies under the binomial probabilities. `p` is at most ½.
 */
function byRejection(n: number, p: number): Draw {
  const q = 1 - p;
  const variance = n * p * q;
  const peak = n * p + p;
  const mode = Math.floor(peak);
  const half = Math.floor(2.195 * Math.sqrt(variance) - 4.6 * q) + 0.5;
  const middle = mode + 0.5;
  const left = middle - half;
  const right = middle + half;
  const c = 0.134 + 20.5 / (15.3 + mode);
  const rate = (slope: number): number => slope * (1 + slope / 2);
  const leftRate = rate((peak - left) / (peak - left * p));
  const rightRate = rate((right - peak) / (right * q));
  const parallelograms = half * (1 + 2 * c);
  const leftTail = parallelograms + c / leftRate;
  const total = leftTail + c / rightRate;
  return (source) => {
    for (;;) {
      const u = source.random() * total;
      let v = source.random();
      if (u <= half) return Math.floor(middle - half * v + u);
      let y: number;
      if (u <= parallelograms) {
        const x = left + (u - half) / c;
        v = v * c + 1 - Math.abs(mode - x + 0.5) / half;
        if (v > 1) continue;
        y = Math.floor(x);
      } else if (u <= leftTail) {
        y = Math.floor(left + log(v) / leftRate);
        if (y < 0) continue;
        v = v * (u - parallelograms) * leftRate;
      } else {
        y = Math.floor(right - log(v) / rightRate);
        if (y > n) continue;
        v = v * (u - leftTail) * rightRate;
      }
      if (isBelow(v, y)) return y;
    }
  };

  /** Whether v is at most P(y) / P(mode). */
  function isBelow(v: number, y: number): boolean {
    const k = Math.abs(y - mode);
    if (k <= 20 || k >= variance / 2 - 1) return v <= quotient(y);
    const margin = (k / variance) * ((k * (k / 3 + 0.625) + 0.16666666666666666) / variance + 0.5);
    const normal = (-k * k) / (2 * variance);
    const height = log(v);
    if (height < normal - margin) return true;
    if (height > normal + margin) return false;
    return height <= logQuotient(y);
  }

  /** P(y) / P(mode), factor by factor. */
  function quotient(y: number): number {
    const s = p / q;
    const a = s * (n + 1);
    let value = 1;
    for (let i = mode + 1; i <= y; i++) value *= a / i - s;
    for (let i = y + 1; i <= mode; i++) value /= a / i - s;
    return value;
  }

  /** ln (P(y) / P(mode)) by Stirling's series. */
  function logQuotient(y: number): number {
    const x = y + 1;
    const f = mode + 1;
    const z = n + 1 - mode;
    const w = n - y + 1;
    return (
      middle * log(f / x) +
      (n - mode + 0.5) * log(z / w) +
      (y - mode) * log((w * p) / (x * q)) +
      stirling(f) +
      stirling(z) +
      stirling(x) +
      stirling(w)
    );
  }
}

function stirling(x: number): number {
  const square = x * x;
  return (13680 - (462 - (132 - (99 - 140 / square) / square) / square) / square) / x / 166320;
}

/** How `n` trials spread over outcomes with these probabilities: a binomial number for each outcome, among those left. */
export function multinomial(source: Source, n: number, p: ArrayLike<number>): Float64Array {
  const counts = new Float64Array(p.length);
  let left = n;
  let rest = 1;
  for (let i = 0; i < p.length - 1 && left > 0; i++) {
    counts[i] = binomial(left, p[i] / rest)(source);
    left -= counts[i];
    rest -= p[i];
  }
  counts[p.length - 1] = left;
  return counts;
}
