/** A policy: from an observation to a distribution over actions. */

import type { Generator } from "../random/generator.js";
import type { Space } from "../spaces/space.js";
import type { Tensor } from "../tensor/index.js";
import type { Layer } from "../tensor/ops/network.js";
import type { ActionDistribution } from "./heads/head.js";
import type { Head } from "./heads/head-for.js";
import type { ObservationNormaliser } from "./observation-normaliser.js";

/** An action for the environment. */
export type Action = number | Float32Array | Int32Array | Int8Array;

/** How `act` chooses. */
export interface ActOptions {
  /** The likeliest action instead of a random one. */
  readonly deterministic?: boolean | undefined;
  /** Where randomness comes from; by default the policy's own generator, which training does not use. */
  readonly rng?: Generator | undefined;
  /** One entry an action, 0 where it is not allowed now. */
  readonly mask?: ArrayLike<number> | undefined;
}

/** What is known already of rows of features: it is recorded instead of computed again. */
export interface Known {
  /** Outputs of each layer. */
  readonly trace?: readonly Tensor[] | undefined;
  /** 1 where an action is allowed and 0 where not, [m, actions]. */
  readonly masks?: Tensor | undefined;
}

/**
 * From an observation to a distribution over actions, and from there to an action. `Obs` and `Act` are the environment's,
 * where the compiler knows it; `Policy` alone is a policy for any.
 */
export interface Policy<Obs = unknown, Act = Action> {
  readonly observationSpace: Space<unknown>;
  readonly actionSpace: Space<unknown>;
  /** What brings observations to mean 0 and deviation 1 before the network sees them, where the policy has that. */
  readonly normaliser: ObservationNormaliser | undefined;
  /** The network that computes logits or means, layer by layer. */
  readonly layers: readonly Layer[];
  readonly head: Head;
  parameters(): Tensor[];
  /** An action for the environment, within its action space. */
  act(observation: Obs, options?: ActOptions): Act;
  /** What the last hidden layer makes of m rows of features, [m, width]: of features themselves where there is none. */
  latent(features: Tensor, known?: Known): Tensor;
  /** The distributions that follow from `latent`. */
  distributionFrom(latent: Tensor, known?: Known): ActionDistribution;
  /** Both at once: for m observations as rows of numbers, [m, features], as the network takes them in. */
  distribution(features: Tensor, known?: Known): ActionDistribution;
}
