/** A policy: from an observation to a distribution over actions, and from there to an action. */

import type { Generator } from "../random/generator.js";
import type { Space } from "../spaces/space.js";
import type { Tensor } from "../tensor/index.js";
import type { PolicyDescription } from "./description.js";
import type { ActionDistribution, Head } from "./heads/head.js";
import type { Memory } from "./memory.js";
import type { Network } from "./network.js";
import type { ObservationNormaliser } from "./observation-normaliser.js";
import type { Rows } from "./rows.js";

/** An action for the environment. */
export type Action = number | Float32Array | Int32Array | Int8Array;

/** How `act` chooses. */
export interface ActOptions {
  /** The likeliest action instead of a random one. */
  readonly deterministic?: boolean | undefined;
  /** The source of randomness; by default the policy's own generator, which training does not use. */
  readonly rng?: Generator | undefined;
  /** One entry an action, 0 where it is not allowed now. */
  readonly mask?: ArrayLike<number> | undefined;
  /** What a policy with memory remembers of the episode: `policy.initialMemory()` at its start. `act` overwrites it. */
  readonly memory?: Float32Array | undefined;
}

/**
 * A policy is made of parts, each of which can be somebody's own: observations are normalised, go through a memory if there is
 * one, and through a network; a head makes a distribution of the network's outputs. Nobody else looks into the parts.
 *
 * `Obs` and `Act` are the environment's, where the compiler knows it; `Policy` alone is a policy for any.
 */
export interface Policy<Obs = unknown, Act = Action> {
  readonly observationSpace: Space<unknown>;
  readonly actionSpace: Space<unknown>;
  /** Brings observations to mean 0 and deviation 1; undefined where the policy does not do that. */
  readonly normaliser: ObservationNormaliser | undefined;
  /** What is carried from step to step; undefined where every observation is judged by itself. */
  readonly memory: Memory | undefined;
  readonly network: Network;
  readonly head: Head;
  /** All weights: memory, network, head. */
  parameters(): Tensor[];
  /** An action for the environment, within its action space. @throws ConfigError for an observation, mask or memory that does not fit */
  act(observation: Obs, options?: ActOptions): Act;
  /** The memory at the start of an episode: zeros; empty for a policy without memory. */
  initialMemory(): Float32Array;
  /** What the network reads, [m, network.inputs]: the features, or the memory after each row. */
  networkInputs(rows: Rows): Tensor;
  /** The distributions in m states. */
  distribution(rows: Rows): ActionDistribution;
  /** The same from the network's last hidden layer, where that is computed already. */
  distributionFrom(latent: Tensor, rows: Rows): ActionDistribution;
  /** The policy in full, for exporters; undefined where a part of it has no description. */
  describe(): PolicyDescription | undefined;
}
