/** The same policy in another thread: what it is built from there, and the weights that it takes over. */

import { zeroInit } from "../nn/initialise.js";
import { defaultRng } from "../random/index.js";
import type { Space } from "../spaces/index.js";
import type { Activation } from "../tensor/index.js";
import { type MlpPolicyOptions, mlpPolicy } from "./mlp-policy.js";
import type { Policy } from "./policy.js";

/** What tells one policy for the same spaces from another, weights aside: plain data. */
export interface PolicyShape {
  readonly hidden: readonly number[];
  readonly activation: Activation;
  readonly continuous: NonNullable<MlpPolicyOptions["continuous"]>;
  readonly noiseSteps: number;
}

export function shapeOf({ layers, head }: Policy): PolicyShape {
  const inner = layers.slice(0, -1);
  const stateDependent = head.kind === "state-dependent";
  return {
    hidden: inner.map(({ bias }) => bias.size),
    activation: layers[0].activation,
    continuous: stateDependent || head.kind === "squashed-gaussian" ? head.kind : "gaussian",
    noiseSteps: stateDependent ? head.noiseSteps : 0,
  };
}

/** A policy of that shape that acts as the original does once it has its weights. It does not normalise unless told to. */
export function replica(
  shape: PolicyShape,
  { observationSpace, actionSpace }: { observationSpace: Space<unknown>; actionSpace: Space<unknown> },
  {
    rng = defaultRng(0),
    normaliseObservations = false,
  }: Partial<Pick<MlpPolicyOptions, "rng" | "normaliseObservations">> = {},
): Policy {
  return mlpPolicy({
    observationSpace,
    actionSpace,
    rng,
    hiddenInit: zeroInit,
    bias: "zero",
    normaliseObservations,
    ...shape,
  });
}

/** The weights as plain numbers, in the order of `policy.parameters()`. */
export function weightsOf(policy: Policy): Float32Array[] {
  return policy.parameters().map((parameter) => parameter.toArray());
}

export function takeWeights(policy: Policy, weights: readonly Float32Array[]): void {
  policy.parameters().forEach((parameter, i) => {
    parameter.set(weights[i]);
  });
}
