import { clipGradNorm, gradNorm } from "../optim/index.js";
import type { Tensor } from "../tensor/index.js";

/** Scales all gradients so that their joint norm is at most `limit` (0: no limit). Returns the norm before scaling. */
export function limitGradient(parameters: readonly Tensor[], limit: number): number {
  return limit > 0 ? clipGradNorm(parameters, limit) : gradNorm(parameters);
}
