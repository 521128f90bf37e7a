import type { Policy } from "../policies/policy.js";

/** A gradient this short is the rounding error of one that is 0. It is a hundredth of Adam's ε, so Adam hardly follows it. */
export const ROUNDING = 1e-10;

/**
 * Whether an update had a gradient, but for rounding: by the norm that it reports or, because an algorithm may report 0
 * without measuring, by what its last `backward` left.
 */
export function hadGradient(policy: Pick<Policy, "parameters">, norm: number): boolean {
  return norm > ROUNDING || policy.parameters().some(({ grad }) => grad !== undefined && hasSlope(grad.toArray()));
}

/** In a loop: a run that has collapsed asks after every update, and `some` takes far longer. */
function hasSlope(gradient: Float32Array): boolean {
  for (let i = 0; i < gradient.length; i++) if (Math.abs(gradient[i]) > ROUNDING) return true;
  return false;
}
