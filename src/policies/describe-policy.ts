/** A policy as JSON and back, weights aside: what a checkpoint holds so that acting needs neither algorithm nor environment. */

import type { Generator } from "../random/generator.js";
import { describeSpace, type SpaceDescription, spaceFrom } from "../spaces/describe-space.js";
import { flatSize } from "../spaces/index.js";
import type { Policy } from "./policy.js";
import { type PolicyShape, replica, shapeOf } from "./replica.js";

/** What a policy is built from. */
export interface PolicyDescription {
  readonly observationSpace: SpaceDescription;
  readonly actionSpace: SpaceDescription;
  readonly shape: PolicyShape;
  readonly normalisesObservations: boolean;
}

export function describePolicy(policy: Policy): PolicyDescription {
  return {
    observationSpace: describeSpace(policy.observationSpace),
    actionSpace: describeSpace(policy.actionSpace),
    shape: shapeOf(policy),
    normalisesObservations: policy.normaliser !== undefined,
  };
}

/**
 * The policy of a description, its weights still to be written. `rng` is where its own random numbers come from.
 * @throws ConfigError @throws RangeError where it describes none, or one of more than `room` weights
 */
export function policyFrom(description: PolicyDescription, rng: Generator, room: number): Policy {
  const { shape, normalisesObservations: normaliseObservations } = description;
  const observationSpace = spaceFrom(description.observationSpace);
  const actionSpace = spaceFrom(description.actionSpace);
  const sizes = [flatSize(observationSpace), ...shape.hidden, flatSize(actionSpace)];
  const weights = sizes.reduce((total, size, i) => total + size * (sizes[i + 1] ?? 0), 0);
  if (!(weights <= room)) throw new RangeError(`layers of ${sizes} need more than the ${room} numbers that there are`);
  return replica(shape, { observationSpace, actionSpace }, { rng, normaliseObservations });
}
