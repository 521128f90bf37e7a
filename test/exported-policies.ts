import { expect } from "vitest";
import { orthogonal } from "../src/nn/index.js";
import { type HeadOptions, mlpPolicy, type Policy } from "../src/policies/index.js";
import { defaultRng } from "../src/random/index.js";
import {
  box,
  discrete,
  flatSize,
  flattenInto,
  multiBinary,
  multiDiscrete,
  type Space,
  tuple,
} from "../src/spaces/index.js";
import { type Activation, linear, noGrad, tensor } from "../src/tensor/index.js";
import { at } from "../src/tensor/tensor.js";

/** Untrained, but with weights large enough that tanh and gelu see both their ends, and no action always wins. */
export function somePolicy(
  observationSpace: Space<unknown>,
  actionSpace: Space<unknown>,
  {
    activation,
    hidden = [32, 17],
    ...options
  }: HeadOptions & { activation: Activation; hidden?: number[]; normaliseObservations?: boolean },
): Policy {
  const policy = mlpPolicy({
    ...{ observationSpace, actionSpace, hidden, activation, logStd: -0.5, ...options },
    rng: defaultRng(7),
    hiddenInit: orthogonal(1.5),
    outputInit: orthogonal(1),
  });
  const seen = someObservations(observationSpace, 100);
  policy.normaliser?.update(featuresOf(observationSpace, seen), 100);
  return policy;
}

/** A policy to which all actions are the same in every state. */
export function indifferentPolicy(actionSpace: Space<unknown>): Policy {
  const policy = somePolicy(cartPole, actionSpace, { activation: "relu" });
  const { weights, bias } = policy.layers[policy.layers.length - 1];
  for (const tensor of [weights, bias]) tensor.set(new Float32Array(tensor.size));
  return policy;
}

export const cartPole: Space<unknown> = box({
  low: [-4.8, -Infinity, -0.4, -Infinity],
  high: [4.8, Infinity, 0.4, Infinity],
});
export const hands: Space<unknown> = tuple([
  discrete(32),
  discrete(11, { start: 1 }),
  multiBinary(3),
  multiDiscrete([3, 2]),
  box({ low: 0, high: 1, shape: [2] }),
]);

/** Box elements are normal numbers times 0.01, 0.1, … or `scale`, and now and then 0. */
export function someObservations(space: Space<unknown>, count: number, scale: 1 | 100 = 100): unknown[] {
  const rng = defaultRng(11);
  const sizes = [0.01, 0.1, 1, 10, 100].filter((size) => size <= scale);
  const number = (): number => (rng.random() < 0.02 ? 0 : rng.standardNormal() * sizes[rng.integers(0, sizes.length)]);
  return Array.from({ length: count }, () =>
    space.kind === "box" ? Float32Array.from({ length: flatSize(space) }, number) : space.sample(rng),
  );
}

export function featuresOf(space: Space<unknown>, observations: readonly unknown[]): Float32Array {
  const size = flatSize(space);
  const features = new Float32Array(size * observations.length);
  observations.forEach((observation, i) => {
    flattenInto(space, observation, features, i * size);
  });
  return features;
}

/** What the engine gives for all observations at once, row by row. */
export function engineOutputs(policy: Policy, observations: readonly unknown[]): Float32Array {
  const { observationSpace, layers, normaliser } = policy;
  const features = tensor(featuresOf(observationSpace, observations), [
    observations.length,
    flatSize(observationSpace),
  ]);
  normaliser?.apply(at(features) >>> 2, observations.length);
  return noGrad(() =>
    layers.reduce((x, { weights, bias, activation }) => linear(x, weights, bias, activation), features).toArray(),
  );
}

/** Compares bit patterns, so that -0 is not 0; the message is the first index that differs. */
export function expectSameBits(actual: Float32Array, expected: Float32Array): void {
  const [a, b] = [actual, expected].map(({ buffer, byteOffset, length }) => new Int32Array(buffer, byteOffset, length));
  expect(a.length).toBe(b.length);
  const at = a.findIndex((bits, i) => bits !== b[i]);
  expect(at < 0 ? "same bits" : `[${at}] is ${actual[at]}, not ${expected[at]}`).toBe("same bits");
}
