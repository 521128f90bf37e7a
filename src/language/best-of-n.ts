/**
 * Best of n: draw n responses, keep the one with the highest reward. No learning; what learning is measured against.
 *
 *   KL(best of n ‖ π) ≤ ln n − (n − 1)/n
 *
 * The bound holds for discrete outcomes (Beirami et al. 2024, arXiv:2401.01879) and is tight where no two draws are alike and no two
 * rewards equal.
 */

import { ConfigError } from "../errors.js";
import { exp, log } from "../kernels/maths.js";

/** The bound on KL(best of n ‖ π), in nats. @throws ConfigError unless n is a whole number of at least 1 */
export function bestOfBound(n: number): number {
  checkCount(n);
  return log(n) - (n - 1) / n;
}

/** The places of the best of each n scores, one after another; of equal ones, the first. @throws ConfigError unless n divides their number */
export function bestPlaces(scores: ArrayLike<number>, n: number): Int32Array {
  checkCount(n);
  if (scores.length % n !== 0)
    throw new ConfigError({ field: "scores", given: `${scores.length} numbers`, allowed: `a multiple of n = ${n}` });
  return Int32Array.from({ length: scores.length / n }, (_, group) => {
    let best = group * n;
    for (let i = best + 1; i < (group + 1) * n; i++) if (scores[i] > scores[best]) best = i;
    return best;
  });
}

/**
 * ln of the probabilities of the best of n outcomes, for outcomes that can be listed: with F(y) the probability of an outcome that
 * is no better than y, and F⁻(y) of a worse one, those of one reward are drawn together with F(y)ⁿ − F⁻(y)ⁿ, and each by its share.
 */
export function bestOf(policy: ArrayLike<number>, rewards: ArrayLike<number>, n: number): Float64Array {
  checkCount(n);
  const order = Array.from(rewards, (_, y) => y).sort((a, b) => rewards[a] - rewards[b]);
  const best = new Float64Array(rewards.length);
  let worse = 0;
  for (let i = 0; i < order.length; ) {
    let next = i;
    let equal = 0;
    while (next < order.length && rewards[order[next]] === rewards[order[i]]) equal += exp(policy[order[next++]]);
    const mass = power(worse + equal, n) - power(worse, n);
    for (; i < next; i++) best[order[i]] = policy[order[i]] - log(equal) + log(mass);
    worse += equal;
  }
  return best;
}

function power(base: number, exponent: number): number {
  let product = 1;
  for (let i = 0; i < exponent; i++) product *= base;
  return product;
}

function checkCount(n: number): void {
  if (!(Number.isSafeInteger(n) && n >= 1))
    throw new ConfigError({ field: "n", given: n, allowed: "a whole number of at least 1" });
}
