import { describe, expect, it } from "vitest";
import { layersOf } from "../../test/acting.js";
import { defaultRng } from "../random/index.js";
import { box, discrete, type Space, tuple } from "../spaces/index.js";
import { indices, tensor } from "../tensor/index.js";
import { mlpPolicy } from "./mlp-policy.js";
import type { Policy } from "./policy.js";
import { valueNetwork } from "./value-network.js";

const observationSpace = box({ low: -1, high: 1, shape: [2] });
const observation = Float32Array.of(0.5, -1);

/** A linear policy with these weights: W by rows, then b. */
function linear(actionSpace: Space<unknown>, weights: number[], bias: number[], logStd = 0): Policy {
  const policy = mlpPolicy({
    observationSpace,
    actionSpace,
    hidden: [],
    activation: "tanh",
    rng: defaultRng(1),
    logStd,
  });
  const [only] = layersOf(policy);
  only.weights.set(weights);
  only.bias.set(bias);
  return policy;
}

describe("a policy over choices", () => {
  const policy = linear(discrete(3, { start: 5 }), [1, 0, 0, 0, 0, 0], [0, Math.LN2, 0.1]);
  it("has log-probabilities that come from its logits", () => {
    const features = tensor([
      [0, 0],
      [Math.LN2, 3],
    ]);
    const pi = policy.distribution({ features });
    const total = 1 + 2 + Math.exp(0.1);
    const logProbs = pi.logProb(indices([1, 0])).toArray();
    expect(logProbs[0]).toBeCloseTo(Math.log(2 / total), 6);
    expect(logProbs[1]).toBeCloseTo(Math.log(2 / (total + 1)), 6);
    expect(pi.entropy().shape).toEqual([2]);
  });
  it("acts at random, or by its likeliest action, counted from the environment's first", () => {
    const acted = Array.from({ length: 200 }, () => policy.act(observation) as number);
    expect(new Set(acted)).toEqual(new Set([5, 6, 7]));
    expect(policy.act(observation, { deterministic: true })).toBe(6);
  });
});

describe("a policy over torques", () => {
  const torque = box({ low: [-1, -1], high: [1, 1] });
  const policy = linear(torque, [1, 0, 0, 3], [0, 0], -2);
  it("acts around its mean, kept within the bounds", () => {
    expect(policy.act(observation, { deterministic: true })).toEqual(Float32Array.of(0.5, -1));
    const acted = Array.from({ length: 100 }, () => policy.act(observation) as Float32Array);
    expect(acted.every((action) => torque.contains(action))).toBe(true);
    expect(new Set(acted.map(([first]) => first)).size).toBe(100);
  });
  it("learns ln σ with the rest", () => {
    expect(policy.parameters().map(({ name, shape }) => [name, shape])).toEqual([
      ["policy.0.weights", [2, 2]],
      ["policy.0.bias", [2]],
      ["policy.logStd", [2]],
    ]);
    expect(
      policy
        .distribution({ features: tensor([[0, 0]]) })
        .entropy()
        .item(),
    ).toBeCloseTo(2 * (-2 + 0.5 * Math.log(2 * Math.PI * Math.E)), 5);
  });
});

it("acts the same with the same generator, and its own generator follows from the seed", () => {
  const made = (): Policy =>
    mlpPolicy({ observationSpace, actionSpace: discrete(4), hidden: [4], activation: "relu", rng: defaultRng(9) });
  const actions = (policy: Policy, rng?: ReturnType<typeof defaultRng>): unknown[] =>
    Array.from({ length: 50 }, () => policy.act(observation, rng === undefined ? {} : { rng }));
  expect(actions(made())).toEqual(actions(made()));
  expect(actions(made(), defaultRng(3))).toEqual(actions(made(), defaultRng(3)));
  expect(actions(made(), defaultRng(3))).not.toEqual(actions(made(), defaultRng(4)));
});

it("refuses action spaces and observations that it does not support", () => {
  const options = { observationSpace, hidden: [], activation: "relu", rng: defaultRng(1) } as const;
  expect(() => mlpPolicy({ ...options, actionSpace: tuple([discrete(2)]) })).toThrow(
    'actionSpace: got "Tuple(Discrete(2))", allowed is any space but Tuple',
  );
  const free = box({ low: 0, high: Infinity, shape: [1] });
  expect(() => mlpPolicy({ ...options, actionSpace: free, continuous: "squashed-gaussian" })).toThrow(
    'allowed is a Box with finite bounds, or continuous: "gaussian"',
  );
  const policy = mlpPolicy({ ...options, actionSpace: discrete(2) });
  expect(() => policy.act(Float32Array.of(1, 2, 3))).toThrow("allowed is an array of 2");
});

it("a value network gives one number a row, with a graph for learning and without one", () => {
  const value = valueNetwork({ observationSpace, inputs: 2, hidden: [], activation: "tanh", rng: defaultRng(1) });
  const [weights, bias] = value.parameters();
  weights.set([2, -1]);
  bias.set([0.5]);
  const features = tensor([
    [1, 0],
    [0, 1],
    [1, 1],
  ]);
  expect([...value.valuesOf(features)]).toEqual([2.5, -0.5, 1.5]);
  const predicted = value.forward(features);
  expect([predicted.shape, predicted.requiresGrad]).toEqual([[3], true]);
  predicted.sum().backward();
  expect([...weights.grad!.toArray(), ...bias.grad!.toArray()]).toEqual([2, 2, 3]);
});
