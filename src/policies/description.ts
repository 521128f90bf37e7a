/** Plain descriptions of a policy's parts, for exporters and for rebuilding a policy from a checkpoint. */

import type { Space } from "../spaces/index.js";
import type { Layer, Tensor } from "../tensor/index.js";
import type { MemoryDescription } from "./memory.js";
import type { ObservationNormaliser } from "./observation-normaliser.js";

/** All parts in the order of the computation: normaliser, memory, layers, head. */
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
      /** The number of steps for which noise is kept. 0 means until the next update. */
      readonly noiseSteps: number;
    } & ContinuousDescription);

/** Heads for a `Box`. The environment receives clip(middle + reach·a, low, high); a squashed Gaussian has tanh a for a. */
export interface ContinuousDescription {
  /** ln σ: [d], or [latent size, d] for state-dependent noise. */
  readonly logStd: Tensor;
  readonly low: Float32Array;
  readonly high: Float32Array;
  readonly middle: Float32Array;
  readonly reach: Float32Array;
}
