/** The caller's own layers before the hidden ones. */

import { describe, expect, it } from "vitest";
import { alone, layersOf } from "../../test/acting.js";
import { ppo } from "../algorithms/ppo.js";
import { reinforce } from "../algorithms/reinforce.js";
import { kaimingUniform } from "../nn/index.js";
import { resolveOptions } from "../options.js";
import { defaultRng } from "../random/index.js";
import { box, discrete, flatSize } from "../spaces/index.js";
import { gradientCheck } from "../tensor/gradient-check.js";
import { type Activation, indices, parameter, type Tensor, tensor, zeros } from "../tensor/index.js";
import { type ActorCritic, actorCriticNetworks } from "./actor-critic.js";
import type { FeatureLayers } from "./mlp-policy.js";

const observationSpace = box({ low: -10, high: 10, shape: [3] });

/** Two layers, of 6 and 5 units. */
const two =
  (activation: Activation): FeatureLayers =>
  ({ inputs, rng, name }) =>
    [inputs, 6].map((from, i) => ({
      weights: parameter(kaimingUniform(rng, from, [6, 5][i]), `${name}.${i}.weights`),
      bias: parameter(zeros([[6, 5][i]]), `${name}.${i}.bias`),
      activation,
    }));

const networks = (
  trunk: "separate" | "shared",
  { activation = "relu", memory = 0 }: { activation?: Activation; memory?: number } = {},
): ActorCritic =>
  actorCriticNetworks({
    observationSpace,
    actionSpace: discrete(4),
    features: two(activation),
    hidden: [4],
    activation: "tanh",
    trunk,
    memory,
    rng: defaultRng(1),
  });

const shapesOf = (weights: readonly Tensor[]): unknown[] => weights.map(({ name, shape }) => [name, shape]);

const ofPolicy = [
  ["policy.features.0.weights", [3, 6]],
  ["policy.features.0.bias", [6]],
  ["policy.features.1.weights", [6, 5]],
  ["policy.features.1.bias", [5]],
  ["policy.0.weights", [5, 4]],
  ["policy.0.bias", [4]],
  ["policy.1.weights", [4, 4]],
  ["policy.1.bias", [4]],
];
const ofValue = [
  ["value.features.0.weights", [3, 6]],
  ["value.features.0.bias", [6]],
  ["value.features.1.weights", [6, 5]],
  ["value.features.1.bias", [5]],
  ["value.0.weights", [5, 4]],
  ["value.0.bias", [4]],
  ["value.1.weights", [4, 1]],
  ["value.1.bias", [1]],
];

describe("your own first layers", () => {
  it("are weights of policy and value function, with distinct names", () => {
    const { policy, valueParameters, parameters } = networks("separate");
    expect(shapesOf(policy.parameters())).toEqual(ofPolicy);
    expect(shapesOf(valueParameters)).toEqual(ofValue);
    expect(parameters).toEqual([...policy.parameters(), ...valueParameters]);
    expect(layersOf(policy).map(({ activation }) => activation)).toEqual(["relu", "relu", "tanh", "none"]);
  });

  it("are made once for both where they share a trunk", () => {
    const { policy, valueParameters } = networks("shared");
    expect(shapesOf(policy.parameters())).toEqual(ofPolicy);
    expect(shapesOf(valueParameters)).toEqual([
      ["value.weights", [4, 1]],
      ["value.bias", [1]],
    ]);
  });

  it("read the memory where there is one", () => {
    const { policy } = networks("separate", { memory: 2 });
    expect(shapesOf(policy.parameters()).slice(4, 6)).toEqual([
      ["policy.features.0.weights", [2, 6]],
      ["policy.features.0.bias", [6]],
    ]);
  });

  it("are given the observation space", () => {
    const spaces: unknown[] = [];
    const features: FeatureLayers = (context) => {
      spaces.push(context.observationSpace);
      expect(context.inputs).toBe(flatSize(context.observationSpace));
      return two("relu")(context);
    };
    const rng = defaultRng(1);
    const options = { hidden: [4], activation: "tanh", trunk: "separate", memory: 0 } as const;
    actorCriticNetworks({ observationSpace, actionSpace: discrete(2), features, rng, ...options });
    expect(spaces).toEqual([observationSpace, observationSpace]);
  });

  it.each([ppo, reinforce])("reach the learner of $name", ({ create, options }) => {
    const { weights } = create({
      observationSpace,
      actionSpace: discrete(4),
      options: resolveOptions(options, { hidden: [4] }) as never,
      rng: defaultRng(1),
      features: two("relu"),
    });
    expect(shapesOf(weights)).toEqual([...ofPolicy, ...ofValue]);
  });

  it.each(["separate", "shared"] as const)("act and learn with the same bits, with a %s trunk", (trunk) => {
    const { policy, forward } = networks(trunk);
    const actor = alone(policy);
    const rng = defaultRng(2);
    for (let t = 0; t < 40; t++) actor.act(Float32Array.from(rng.standardNormal(3)), rng);
    const { features, actions, logProbs, forwardCache } = actor.take();
    expect(policy.distribution({ features }).logProb(actions).toArray()).toEqual(logProbs.toArray());
    expect(forward({ features, forwardCache }).pi.logProb(actions).toArray()).toEqual(logProbs.toArray());
  });

  it.each(["separate", "shared"] as const)("have the gradients of finite differences, with a %s trunk", (trunk) => {
    const { forward, parameters } = networks(trunk, { activation: "gelu" });
    const features = tensor(defaultRng(3).standardNormal(18), [6, 3]);
    const actions = indices([0, 1, 2, 3, 1, 0]);
    const weights = tensor([1, -2, 0.5, 3, -1, 0.3]);
    gradientCheck(() => {
      const { pi, values } = forward({ features });
      return pi.logProb(actions).mul(weights).mean().add(values.square().mean());
    }, parameters);
  });
});
