/**
 * What regularised learning aims at, in closed form, for outcomes that can be listed: tokens, or whole sequences.
 *
 *   J(π) = E_π[r] − β KL(π ‖ ref)      π* = ref · e^(r/β) / Z      J* = β ln Z      J* − J(π) = β KL(π ‖ π*)
 *
 * (Korbak et al. 2022, arXiv:2205.11275, for the form of π*.) With the other divergence,
 *
 *   E_π[r] − β KL(ref ‖ π)      π = β ref / (λ − r),   with λ > max r such that Σ π = 1.
 *
 * Policies are arrays of log-probabilities, one for each outcome, in float64. −∞ is an outcome that never comes.
 */

import { ConfigError } from "../../errors.js";
import { exp, log } from "../../kernels/maths.js";

/** ln π* of E_π[r] − β KL(π ‖ ref). @throws ConfigError unless β > 0 and there is a reward for each outcome */
export function reverseOptimum(reference: ArrayLike<number>, rewards: ArrayLike<number>, beta: number): Float64Array {
  checkProblem(reference, rewards, beta);
  return normalised(Float64Array.from(reference, (l, y) => l + rewards[y] / beta));
}

/** J* = β ln Z, the value of that policy. */
export function optimalValue(reference: ArrayLike<number>, rewards: ArrayLike<number>, beta: number): number {
  checkProblem(reference, rewards, beta);
  return beta * logSum(Float64Array.from(reference, (l, y) => l + rewards[y] / beta));
}

/** J(π) = E_π[r] − β KL(π ‖ ref). */
export function regularisedValue(
  policy: ArrayLike<number>,
  { reference, rewards, beta }: { reference: ArrayLike<number>; rewards: ArrayLike<number>; beta: number },
): number {
  return expectation(policy, rewards) - beta * divergence(policy, reference);
}

/** ln π of the policy that maximises E_π[r] − β KL(ref ‖ π). @throws ConfigError as `reverseOptimum` */
export function forwardOptimum(reference: ArrayLike<number>, rewards: ArrayLike<number>, beta: number): Float64Array {
  checkProblem(reference, rewards, beta);
  let best = Number.NEGATIVE_INFINITY;
  for (let y = 0; y < rewards.length; y++)
    if (reference[y] > Number.NEGATIVE_INFINITY) best = Math.max(best, rewards[y]);
  const given = (lambda: number): Float64Array =>
    Float64Array.from(reference, (l, y) =>
      l === Number.NEGATIVE_INFINITY ? l : l + log(beta / (lambda - rewards[y])),
    );
  // Σ π falls in λ, from ∞ at the best reward to at most 1 at β above it. 200 halvings end at neighbouring numbers.
  let low = best;
  let high = best + beta;
  for (let i = 0; i < 200; i++) {
    const middle = low + (high - low) / 2;
    if (middle > low && logSum(given(middle)) > 0) low = middle;
    else high = middle;
  }
  return normalised(given(high));
}

/** KL(π ‖ q) = Σ π (ln π − ln q), in nats. An outcome that π never has counts as 0. */
export function divergence(policy: ArrayLike<number>, other: ArrayLike<number>): number {
  return expectation(
    policy,
    Float64Array.from(policy, (l, y) => (l === Number.NEGATIVE_INFINITY ? 0 : l - other[y])),
  );
}

/** E_π[x]. What never comes counts as 0, whatever its x. */
export function expectation(policy: ArrayLike<number>, values: ArrayLike<number>): number {
  let sum = 0;
  for (let y = 0; y < policy.length; y++) {
    const probability = exp(policy[y]);
    if (probability > 0) sum += probability * values[y];
  }
  return sum;
}

/** l − ln Σ eˡ. */
export function normalised(logits: ArrayLike<number>): Float64Array {
  const total = logSum(logits);
  return Float64Array.from(logits, (l) => l - total);
}

/** ln Σ eˡ. */
function logSum(logits: ArrayLike<number>): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let y = 0; y < logits.length; y++) top = Math.max(top, logits[y]);
  let sum = 0;
  for (let y = 0; y < logits.length; y++) sum += exp(logits[y] - top);
  return top + log(sum);
}

function checkProblem(reference: ArrayLike<number>, rewards: ArrayLike<number>, beta: number): void {
  if (!(Number.isFinite(beta) && beta > 0))
    throw new ConfigError({ field: "beta", given: beta, allowed: "a finite number above 0" });
  if (reference.length !== rewards.length || reference.length === 0)
    throw new ConfigError({
      field: "rewards",
      given: `${rewards.length} numbers`,
      allowed: `one for each of ${reference.length} outcomes, of which there is at least one`,
    });
}
