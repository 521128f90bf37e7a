/** The interface of all optimisers. */

import { ConfigError } from "../errors.js";
import { release } from "../kernels/heap.js";
import { Tensor } from "../tensor/index.js";

/** Moves parameters against their gradients: `zeroGrad()`, `loss.backward()`, `step()`. */
export interface Optimizer {
  /** May change between steps, as a schedule does. */
  learningRate: number;
  readonly parameters: readonly Tensor[];
  /** Clears all gradients. */
  zeroGrad(): void;
  /**
   * Updates every parameter that has a gradient.
   *
   * @param gradNorm what `clipGradNorm` or `gradNorm` returned, which spares another look whether gradients are finite
   * @throws NotFiniteError, before any change, if a gradient is not finite
   */
  step(gradNorm?: number): void;
  /** The optimiser's state by name, for checkpoints. Overwriting these tensors restores it. */
  state(): Map<string, Tensor>;
}

export function zeroGrad(parameters: readonly Tensor[]): void {
  for (const p of parameters) {
    if (p.grad !== undefined) release(p.grad.block);
    p.grad = undefined;
  }
}

/** @throws ConfigError unless these are one or more tensors, and options by name */
export function requireArguments(optimizer: string, parameters: unknown, options: unknown): void {
  if (!Array.isArray(parameters) || parameters.length === 0 || !parameters.every((p) => p instanceof Tensor)) {
    const allowed = "the tensors to learn, at least one, such as policy.parameters()";
    throw new ConfigError({ field: `${optimizer}.parameters`, given: parameters, allowed });
  }
  if (typeof options === "object" && options !== null) return;
  const allowed = "options by name, such as { learningRate: 0.001 }";
  throw new ConfigError({ field: `${optimizer}.options`, given: options, allowed });
}

export function rate(field: string, given: number): void {
  if (!(given >= 0 && given < Infinity)) throw new ConfigError({ field, given, allowed: "a number of at least 0" });
}

/** Checks the decay rate of a running mean. @throws ConfigError unless it is in [0, 1) */
export function decay(field: string, given: number): void {
  if (!(given >= 0 && given < 1))
    throw new ConfigError({ field, given, allowed: "a number of at least 0 and below 1" });
}

/** Names each state tensor after its parameter, such as `mlp.0.weights.m`. */
export function namedStates<K extends string>(
  slots: readonly ({ readonly p: Tensor } & Record<K, Tensor>)[],
  kinds: readonly K[],
): Map<string, Tensor> {
  return new Map(
    slots.flatMap((slot, index) =>
      kinds.map((kind): [string, Tensor] => [`${slot.p.name ?? index}.${kind}`, slot[kind]]),
    ),
  );
}
