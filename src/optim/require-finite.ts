import { NotFiniteError } from "../errors.js";
import type { Tensor } from "../tensor/index.js";

/**
 * Checks gradients before they reach a weight: one NaN would spread to all of them, and through a running mean to every
 * later step. They are not read where their joint norm is known to be finite.
 *
 * @throws NotFiniteError naming the parameter
 */
export function requireFiniteGradients(operation: string, parameters: readonly Tensor[], norm = Number.NaN): void {
  if (Number.isFinite(norm)) return;
  for (let i = 0; i < parameters.length; i++) {
    const { grad, name } = parameters[i];
    const bad = grad === undefined ? -1 : grad.firstNotFinite();
    if (grad === undefined || bad < 0) continue;
    throw new NotFiniteError(
      `${operation}: the gradient of ${name ?? `parameter ${i}`} became ${grad.toArray()[bad]} at element ${bad}`,
    );
  }
}
