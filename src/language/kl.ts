/**
 * Estimates of KL(π ‖ ref) from sampled tokens, and what becomes of each where it stands.
 *
 * With u = ln π(y) − ln ref(y) for y drawn from π (Schulman 2020, "Approximating KL divergence"):
 *
 *   k1 = u, unbiased, may be negative      k2 = u²/2, biased, not negative      k3 = e⁻ᵘ − 1 + u, unbiased, not negative
 *
 * An estimate can be taken from the reward, where it is a number like any reward, or be added to the loss, where it is
 * differentiated. In both places it acts as a weight of ∇ ln π(y), and these weights lead to different policies:
 *
 *   in the reward:  −β k(u)                  in the loss:  −β k′(u)
 *
 * k1 in the reward and k2 in the loss have the weight −βu, the gradient of the true KL(π ‖ ref). k1 in the loss has a constant
 * weight, whose expected gradient is 0: it does nothing. k3 in the loss has −β(1 − e⁻ᵘ), the gradient of the other divergence,
 * KL(ref ‖ π). k2 and k3 in the reward punish a token that has become rarer like one that has become more frequent; in the end
 * that takes tokens of low reward away altogether.
 *
 * −u counts as 44 at most, as ln ρ does in PPO, so that e⁻ᵘ and sums of it stay finite.
 */

import { expm1 } from "../kernels/maths.js";

/** The names of the estimates. */
export const KL_ESTIMATES = ["k1", "k2", "k3"] as const;
/** The name of an estimate. */
export type KlEstimate = (typeof KL_ESTIMATES)[number];

/** Where an estimate stands: taken from the reward, or added to the loss. */
export const KL_PLACES = ["reward", "loss"] as const;
/** The name of a place. */
export type KlPlace = (typeof KL_PLACES)[number];

/** The largest −u that counts in an exponent. */
const MOST = 44;
const grown = (u: number): number => expm1(Math.min(-u, MOST));

/** An estimate of KL(π ‖ ref) from one draw, u = ln π(y) − ln ref(y), in nats. */
export function klEstimate(estimate: KlEstimate, u: number): number {
  if (estimate === "k1") return u;
  return estimate === "k2" ? (u * u) / 2 : grown(u) + u;
}

/** k′(u): the weight of ∇ ln π(y) where the estimate is differentiated. */
export function klSlope(estimate: KlEstimate, u: number): number {
  if (estimate === "k1") return 1;
  return estimate === "k2" ? u : -grown(u);
}

/** What the estimate adds to the weight of ∇ ln π(y), for a coefficient of 1: −k(u) in the reward and −k′(u) in the loss. */
export function klWeight(estimate: KlEstimate, place: KlPlace, u: number): number {
  return place === "reward" ? -klEstimate(estimate, u) : -klSlope(estimate, u);
}

/**
 * The policy that an estimate leads to: that of the objective E[r] − β KL(π ‖ ref), that of E[r] − β KL(ref ‖ π), the best
 * outcome alone as if β were 0, or none that is known in closed form.
 */
export type FixedPoint = "reverse" | "forward" | "unregularised" | "unknown";

/** Where learning ends with this estimate in this place. */
export function fixedPointOf(estimate: KlEstimate, place: KlPlace): FixedPoint {
  return FIXED_POINTS[place][estimate];
}

const FIXED_POINTS: Readonly<Record<KlPlace, Readonly<Record<KlEstimate, FixedPoint>>>> = {
  reward: { k1: "reverse", k2: "unknown", k3: "unknown" },
  loss: { k1: "unregularised", k2: "reverse", k3: "forward" },
};
