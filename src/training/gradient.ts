import type { Policy } from "../policies/policy.js";

/** A gradient this short is the rounding error of one that is 0. It is a hundredth of Adam's ε, so Adam hardly follows it. */
export const ROUNDING = 1e-10;

/**
 * Whether an update had a gradient, but for rounding: by the norm that it reports or, because an algorithm may report 0
 * without measuring, by what its last `backward` left.
 */
export function hadGradient(policy: Pick<Policy, "parameters">, norm: number): boolean {
  if (norm > ROUNDING) return true;
  return policy.parameters().some(({ grad }) => grad?.toArray().some((slope) => Math.abs(slope) > ROUNDING));
}
