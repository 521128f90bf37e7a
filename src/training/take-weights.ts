/** Weights of one run as the beginning of another. */

import type { Learner } from "../algorithms/algorithm.js";
import { ConfigError } from "../errors.js";
import { type NamedArray, readArrays } from "../formats/safetensors.js";
import { type Checkpoint, decodeCheckpoint } from "./checkpoint.js";
import { named, restoreMoments } from "./state-arrays.js";

/**
 * Writes the policy of a checkpoint into a learner, with the running moments of its observations, and the value network
 * where the checkpoint has one of the same shape: the bytes of `bestPolicy()` have none. Optimisers begin anew.
 * @throws CorruptFileError where these are not the bytes of a checkpoint
 * @throws ConfigError where its policy has other layers, or takes other observations or actions
 */
export function takeWeights(bytes: Uint8Array, learner: Learner): void {
  const { policy } = learner;
  const kind: Checkpoint["kind"] = readArrays(bytes).metadata.kind === "policy" ? "policy" : "run";
  const { arrays, config } = decodeCheckpoint(bytes, kind);
  const saved = (name: string): NamedArray | undefined => arrays.get(`weights.${name}`);
  for (const [name, tensor] of named(policy.parameters())) {
    const given = saved(name)?.shape;
    if (given?.join() === tensor.shape.join()) continue;
    const has = given === undefined ? "does not have" : `has as [${given.join(", ")}]`;
    const allowed = `a policy with ${name} of shape [${tensor.shape.join(", ")}], which this one ${has}`;
    throw new ConfigError({ field: "from", given: `${config.algorithm} on ${config.env}`, allowed });
  }
  if (policy.normaliser !== undefined && !Array.from(arrays.keys()).some((name) => name.startsWith("normaliser."))) {
    const allowed = "a policy that normalises its observations, as this run's does; or normaliseObservations: false";
    throw new ConfigError({ field: "from", given: `${config.algorithm} on ${config.env}`, allowed });
  }
  for (const [name, tensor] of named(learner.weights)) {
    const found = saved(name);
    if (found?.shape.join() === tensor.shape.join()) tensor.set(found.values);
  }
  restoreMoments(arrays, { policy });
}
