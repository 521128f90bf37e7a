import { expect } from "vitest";
import { mlp, orthogonal } from "../src/nn/index.js";
import {
  type Action,
  type FeatureLayers,
  gruPolicy,
  type HeadOptions,
  mlpPolicy,
  type Policy,
  type Sequences,
} from "../src/policies/index.js";
import { defaultRng } from "../src/random/index.js";
import {
  box,
  dict,
  discrete,
  flatSize,
  flattenInto,
  multiBinary,
  multiDiscrete,
  type Space,
  tuple,
} from "../src/spaces/index.js";
import { type Activation, type Layer, noGrad, tensor, zeros } from "../src/tensor/index.js";
import { at } from "../src/tensor/tensor.js";

/** The options of a test policy. */
export interface SomeOptions extends HeadOptions {
  readonly activation: Activation;
  readonly hidden?: readonly number[];
  readonly normaliseObservations?: boolean;
  /** The size of the memory. Default: no memory. */
  readonly memory?: number;
  readonly features?: FeatureLayers;
}

/**
 * An untrained policy with weights so large that tanh and gelu reach both ends, and no action always wins. The biases of
 * a memory are not 0 here, unlike at the start of training.
 */
export function somePolicy(
  observationSpace: Space<unknown>,
  actionSpace: Space<unknown>,
  { memory, hidden = [32, 17], ...given }: SomeOptions,
): Policy {
  const rng = defaultRng(7);
  const options = {
    observationSpace,
    actionSpace,
    hidden,
    logStd: -0.5,
    rng,
    hiddenInit: orthogonal(1.5),
    outputInit: orthogonal(1),
    ...given,
  };
  const policy = memory === undefined ? mlpPolicy(options) : gruPolicy({ ...options, memory });
  const { weights } = policy.describe()?.memory ?? {};
  for (const bias of weights === undefined ? [] : [weights.inputBias, weights.hiddenBias])
    bias.set(Float32Array.from({ length: bias.size }, () => 0.3 * rng.standardNormal()));
  const seen = someObservations(observationSpace, 100);
  policy.normaliser?.update(featuresOf(observationSpace, seen), 100);
  return policy;
}

/** Two layers before the hidden ones. */
export const ownLayers: FeatureLayers = ({ inputs, rng, name }) =>
  mlp({ sizes: [inputs, 12, 9], activation: "gelu", rng, name }).layers;

/** The layers of a policy. */
export function layersOf(policy: Policy): readonly Layer[] {
  const description = policy.describe();
  if (description === undefined) throw new Error("this policy has a part without describe()");
  return description.layers;
}

/** A policy with equal outputs for all actions in every state. */
export function indifferentPolicy(actionSpace: Space<unknown>): Policy {
  const policy = somePolicy(cartPole, actionSpace, { activation: "relu" });
  const layers = layersOf(policy);
  const { weights, bias } = layers[layers.length - 1];
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

/** Its parts are flattened by name, and names may hold anything. */
export const room: Space<unknown> = dict({
  'say "*/"': discrete(3, { start: 1 }),
  board: multiBinary([2, 2]),
  "10": box({ low: 0, high: 1, shape: [2] }),
  "9": dict({ lamp: discrete(2) }),
});

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

/**
 * The network's outputs for all observations, row by row. For a policy with memory, the observations are `copies` episodes
 * of equal length, one after another.
 */
export function engineOutputs(policy: Policy, observations: readonly unknown[], copies = 1): Float32Array {
  const { observationSpace, normaliser, network } = policy;
  const count = observations.length;
  const features = tensor(featuresOf(observationSpace, observations), [count, flatSize(observationSpace)]);
  normaliser?.apply(at(features) >>> 2, count);
  const sequences: Sequences = {
    copies,
    steps: count / copies,
    begins: new Uint8Array(count),
    memory: zeros([copies, policy.initialMemory().length]),
  };
  return noGrad(() => network.outputsOf(network.latent(policy.networkInputs({ features, sequences }))).toArray());
}

/** The most likely actions of one episode. */
export function policyActions(policy: Policy, observations: readonly unknown[]): Action[] {
  const memory = policy.initialMemory();
  return observations.map((observation) => policy.act(observation, { deterministic: true, memory }));
}

/** The numbers of these actions, concatenated. */
export function numbersOf(actions: readonly Action[]): Float32Array {
  return Float32Array.from(actions.flatMap((action) => (typeof action === "number" ? [action] : [...action])));
}

/** Compares bit patterns, so that -0 is not 0; the message is the first index that differs. */
export function expectSameBits(actual: Float32Array, expected: Float32Array): void {
  const [a, b] = [actual, expected].map(({ buffer, byteOffset, length }) => new Int32Array(buffer, byteOffset, length));
  expect(a.length).toBe(b.length);
  const at = a.findIndex((bits, i) => bits !== b[i]);
  expect(at < 0 ? "same bits" : `[${at}] is ${actual[at]}, not ${expected[at]}`).toBe("same bits");
}
