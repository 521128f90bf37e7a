/** A policy: from an observation to a distribution over actions. */

import type { Generator } from "../random/generator.js";
import type { Space } from "../spaces/space.js";
import type { Tensor } from "../tensor/index.js";
import type { Layer } from "../nn/mlp.js";

/** The distribution over actions in each of m states. */
export interface ActionDistribution {
  /** log π(action), [m]. */
  logProb(actions: Tensor): Tensor;
  /** In nats: [m], or [] where it is the same in every state. */
  entropy(): Tensor;
}

/** Which family of distributions, and what it adds to the network's outputs. */
export type Head =
  | { readonly kind: "categorical" /** The environment's first action. */; readonly start: number }
  | {
      readonly kind: "gaussian" /** ln σ, [d] */;
      readonly logStd: Tensor;
      readonly low: Float32Array;
      readonly high: Float32Array;
    };

/** How `act` chooses. */
export interface ActOptions {
  /** The likeliest action instead of a random one. */
  readonly deterministic?: boolean;
  /** Where randomness comes from; by default the policy's own generator, which training does not use. */
  readonly rng?: Generator;
}

/** From an observation to a distribution over actions, and from there to an action. */
export interface Policy {
  readonly observationSpace: Space<unknown>;
  readonly actionSpace: Space<unknown>;
  /** The network that computes logits or means, layer by layer. */
  readonly layers: readonly Layer[];
  readonly head: Head;
  parameters(): Tensor[];
  /** An action for the environment: a number, or a `Float32Array` kept within the action space. */
  act(observation: unknown, options?: ActOptions): number | Float32Array;
  /** For m observations as rows of numbers, [m, features]. `trace`: outputs of each layer, if they are known already. */
  distribution(features: Tensor, trace?: readonly Tensor[]): ActionDistribution;
}
