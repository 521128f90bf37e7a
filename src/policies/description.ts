/** A policy in full, as exporters read it: the one place where its parts are named apart from the code that runs them. */

import type { Space } from "../spaces/index.js";
import type { Layer, Tensor } from "../tensor/index.js";
import type { MemoryDescription } from "./memory.js";
import type { ObservationNormaliser } from "./observation-normaliser.js";

/** From an observation to an action: normaliser, memory, layers, head, in this order. */
export interface PolicyDescription {
  readonly observationSpace: Space<unknown>;
  readonly actionSpace: Space<unknown>;
  readonly normaliser: ObservationNormaliser | undefined;
  readonly memory: MemoryDescription | undefined;
  readonly layers: readonly Layer[];
  readonly head: HeadDescription;
}

/** What turns the last layer's outputs into actions. */
export type HeadDescription =
  | { readonly kind: "categorical"; readonly actions: number; readonly start: number }
  | { readonly kind: "multi-categorical"; readonly nvec: readonly number[]; readonly start: readonly number[] }
  | { readonly kind: "bernoulli"; readonly switches: number }
  | ({ readonly kind: "gaussian" | "squashed-gaussian" } & ContinuousDescription)
  | ({
      readonly kind: "state-dependent";
      /** Steps that noise lasts; 0: until the next update. */
      readonly noiseSteps: number;
    } & ContinuousDescription);

/** Heads for a `Box`. The environment receives clip(middle + reach·a, low, high), with a squashed by tanh where the kind says so. */
export interface ContinuousDescription {
  /** ln σ: [d], or [latent size, d] where noise depends on the state. */
  readonly logStd: Tensor;
  readonly low: Float32Array;
  readonly high: Float32Array;
  readonly middle: Float32Array;
  readonly reach: Float32Array;
}
