/** A policy maps an observation to a distribution over actions, from which an action is drawn. */

import type { Generator } from "../random/generator.js";
import type { ActionMask } from "../spaces/action-mask.js";
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

/** The options of `act`. */
export interface ActOptions {
  /** Take the most likely action instead of drawing one. */
  readonly deterministic?: boolean | undefined;
  /** The source of randomness. Default: the policy's own generator, which training does not use. */
  readonly rng?: Generator | undefined;
  /** The actions that are allowed now. Default: all. */
  readonly mask?: ActionMask | undefined;
  /** The memory of a recurrent policy. Start each episode with `policy.initialMemory()`; `act` overwrites it. */
  readonly memory?: Float32Array | undefined;
}

/**
 * A policy is made of parts, and each part can be your own. Observations are normalised and pass through a memory, if the
 * policy has one, and a network. A head turns the network's outputs into a distribution. No code outside this folder
 * depends on how the parts are built.
 *
 * `Obs` and `Act` are the types of the environment. `Policy` without parameters accepts any.
 */
export interface Policy<Obs = unknown, Act = Action> {
  readonly observationSpace: Space<unknown>;
  readonly actionSpace: Space<unknown>;
  /** Scales observations to mean 0 and deviation 1. Undefined if the policy reads them unchanged. */
  readonly normaliser: ObservationNormaliser | undefined;
  /** Carries information from step to step. Undefined if the policy depends on the current observation only. */
  readonly memory: Memory | undefined;
  readonly network: Network;
  readonly head: Head;
  /** All weights: memory, network, head. */
  parameters(): Tensor[];
  /** An action for the environment, within its action space. @throws ConfigError for an observation, mask or memory that does not fit */
  act(observation: Obs, options?: ActOptions): Act;
  /** The memory at the start of an episode: zeros, or an empty array for a policy without memory. */
  initialMemory(): Float32Array;
  /** What the network reads, [m, network.inputs]: the features, or the memory after each row. */
  networkInputs(rows: Rows): Tensor;
  /** The distributions in m states. */
  distribution(rows: Rows): ActionDistribution;
  /** The same, from the network's last hidden layer. */
  distributionFrom(latent: Tensor, rows: Rows): ActionDistribution;
  /** A description of all parts, for exporters. Undefined if one of them has no `describe()`. */
  describe(): PolicyDescription | undefined;
}

/** The parts of a policy that choose actions. */
export type ActingParts = Pick<
  Policy,
  "observationSpace" | "actionSpace" | "normaliser" | "memory" | "network" | "head"
>;
