import { ConfigError } from "../errors.js";
import { kernels } from "../kernels/kernels.js";
import type { Tensor } from "../tensor/index.js";
import { at } from "../tensor/tensor.js";
import { requireFiniteGradients } from "./require-finite.js";

/** The joint norm of all gradients, √Σ g². A parameter without a gradient contributes 0. */
export function gradNorm(parameters: readonly Tensor[]): number {
  let total = 0;
  for (const p of parameters) if (p.grad !== undefined) total += kernels.sum_squares(at(p.grad), p.size);
  return Math.sqrt(total);
}

/**
 * Scales all gradients so that their joint norm is at most `maxNorm`, as PyTorch's `clip_grad_norm_` does (with its
 * 1e-6 in the denominator). Returns the norm before clipping.
 *
 * @throws ConfigError if `maxNorm` is negative or NaN
 * @throws NotFiniteError naming the parameter whose gradient is NaN or infinite, which no scaling can mend
 */
export function clipGradNorm(parameters: readonly Tensor[], maxNorm: number): number {
  if (!(maxNorm >= 0)) throw new ConfigError({ field: "maxNorm", given: maxNorm, allowed: "a number of at least 0" });
  const norm = gradNorm(parameters);
  requireFiniteGradients("clipGradNorm", parameters, norm);
  const factor = clipFactor(norm, maxNorm);
  if (factor < 1) for (const p of parameters) if (p.grad !== undefined) kernels.scale(at(p.grad), p.size, factor);
  return norm;
}

/** What a gradient of this norm is multiplied by so that its norm is at most `maxNorm`: c/(|g| + 1e-6), or 1. */
export function clipFactor(norm: number, maxNorm: number): number {
  return Math.min(1, maxNorm / (norm + 1e-6));
}
