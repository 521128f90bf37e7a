/** Answers of a language model in miniature: nine answers of two tokens, a reference policy, and a model of the reward. */

import { log } from "../kernels/maths.js";
import { softmax } from "../tabular/policies.js";

/** What each answer is worth to a reader. */
export const QUALITY: readonly number[] = [0.2, 0.5, 1, 0.1, 0.4, 0.3, 0, 0.2, 0];

/** What the reward model says. It learned from few examples like the last answer, and takes it for the best. */
export const REWARD_MODEL: readonly number[] = [0.2, 0.5, 1, 0.1, 0.4, 0.3, 0, 0.2, 2];

/** π_ref, which seldom gives the last answer. */
export const REFERENCE: Float64Array = softmax([1, 1.2, 1, 0.5, 0.8, 0.5, 0, 0.3, -1]);

/** The optimum of E[r] − β KL(π ‖ π_ref): π(y) ∝ π_ref(y) exp(r(y)/β). */
export function regularisedOptimum(rewards: readonly number[], beta: number, reference = REFERENCE): Float64Array {
  return softmax(rewards.map((reward, y) => log(reference[y]) + reward / beta));
}

/** How E[r] − β KL(π ‖ π_ref) is ascended. */
interface Ascent {
  readonly beta: number;
  readonly steps: number;
  readonly rate: number;
}

/** Ascends E[r] − β KL(π ‖ π_ref) by its exact policy gradient in logits, starting from the reference. */
export function ascended(
  rewards: readonly number[],
  { beta, steps, rate }: Ascent,
  reference = REFERENCE,
): Float64Array {
  const logits = reference.map(log);
  for (let step = 0; step < steps; step++) {
    const pi = softmax(logits);
    const worth = pi.map((chance, y) => rewards[y] - (beta === 0 ? 0 : beta * (log(chance) - log(reference[y]))));
    const mean = meanUnder(pi, worth);
    for (let y = 0; y < logits.length; y++) logits[y] += rate * pi[y] * (worth[y] - mean);
  }
  return softmax(logits);
}

/** A policy that is tuned from the reference. */
export function tuned(rewards: readonly number[], beta: number, steps: number): Float64Array {
  return ascended(rewards, { beta, steps, rate: 4 });
}

/** Σ π(y) x(y). */
export function meanUnder(pi: Float64Array, x: ArrayLike<number>): number {
  return pi.reduce((sum, chance, y) => sum + chance * x[y], 0);
}
