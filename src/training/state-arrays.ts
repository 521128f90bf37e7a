/** The learned state as named arrays: weights, and the running means and variances of observations and rewards. */

import type { Learner } from "../algorithms/algorithm.js";
import type { NamedArray } from "../formats/safetensors.js";
import { sha256 } from "../formats/sha256.js";
import type { Policy } from "../policies/policy.js";
import type { Tensor } from "../tensor/index.js";
import { arrayNamed, tensorsToArrays } from "./checkpoint.js";

/** The parts of a learner that may have running means and variances. */
type Normalising = Pick<Learner, "policy" | "rewardScaling">;

/** All arrays that a policy needs to act. */
export function policyArrays(policy: Policy): [string, NamedArray][] {
  return [...weightsOf(policy.parameters()), ...momentsOf({ policy })];
}

/** Running means and variances, by name. */
function moments({ policy, rewardScaling }: Normalising): [string, Float64Array][] {
  const named = (prefix: string, state: readonly [string, Float64Array][]): [string, Float64Array][] =>
    state.map(([name, values]) => [`${prefix}.${name}`, values]);
  return [
    ...named("normaliser", policy.normaliser?.moments.state() ?? []),
    ...named("rewardScaling", rewardScaling?.state() ?? []),
  ];
}

/** Running means and variances as arrays of a checkpoint. */
export function momentsOf(learner: Normalising): [string, NamedArray][] {
  return moments(learner).map(([name, values]) => [name, { shape: [values.length], values: values.slice() }]);
}

/** Restores running means and variances from a checkpoint. */
export function restoreMoments(arrays: ReadonlyMap<string, NamedArray>, learner: Normalising): void {
  for (const [name, values] of moments(learner)) {
    const saved = arrayNamed(arrays, name, [values.length]).values;
    if (!saved.every(Number.isFinite)) throw new RangeError(`${name} holds numbers that are not finite`);
    values.set(saved);
  }
  learner.policy.normaliser?.refresh();
}

/** Restores the running mean and variance of observations, if the policy has a normaliser. */
export function restoreNormaliser(arrays: ReadonlyMap<string, NamedArray>, policy: Policy): void {
  restoreMoments(arrays, { policy });
}

/** Weights as arrays of a checkpoint. */
export function weightsOf(tensors: readonly Tensor[]): [string, NamedArray][] {
  return tensorsToArrays("weights.", named(tensors));
}

/** Tensors by name. Names must differ, because a checkpoint has one array per name. */
export function named(tensors: readonly Tensor[]): [string, Tensor][] {
  const names = tensors.map(({ name }) => name);
  const wrong = names.findIndex((name, i) => name === undefined || names.indexOf(name) !== i);
  if (wrong >= 0)
    throw new Error(`every weight needs a name of its own, but weight ${wrong} is called ${names[wrong]}`);
  return tensors.map((tensor) => [tensor.name as string, tensor]);
}

/** SHA-256 of the weights, as float32 in little-endian order. */
export function weightsDigest(weights: readonly Tensor[]): string {
  return arraysDigest(weights.map((tensor) => tensor.toArray()));
}

/** SHA-256 of the bytes of these arrays, one after another. */
export function arraysDigest(arrays: readonly NamedArray["values"][]): string {
  const bytes = new Uint8Array(arrays.reduce((total, { byteLength }) => total + byteLength, 0));
  let offset = 0;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += byteLength;
  }
  return sha256(bytes);
}
