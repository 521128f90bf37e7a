import { describe, expect, it } from "vitest";
import { layersOf } from "../../test/acting.js";
import { orthogonal } from "../nn/index.js";
import { defaultRng } from "../random/index.js";
import { box, discrete } from "../spaces/index.js";
import { gradientCheck } from "../tensor/gradient-check.js";
import { indices, type Tensor, tensor } from "../tensor/index.js";
import { type ActorCritic, actorCriticNetworks } from "./actor-critic.js";
import { versionOf } from "./rows.js";

const networks = (trunk: "separate" | "shared", hidden: readonly number[] = [7, 5], continuous = false): ActorCritic =>
  actorCriticNetworks({
    observationSpace: box({ low: -1, high: 1, shape: [3] }),
    actionSpace: continuous ? box({ low: -1, high: 1, shape: [2] }) : discrete(4),
    hidden,
    activation: "tanh",
    trunk,
    memory: 0,
    rng: defaultRng(1),
    valueInit: orthogonal(1),
    logStd: -0.5,
  });
const rng = defaultRng(2);
const features = tensor(Float32Array.from(rng.normal(0, 1, 18)), [6, 3]);
const rows = { features };
const advantages = tensor([1, -2, 0.5, 3, -1, 0.3]);
const returns = tensor([2, 0, -1, 1, 0.5, -2]);
const actions = indices(Int32Array.of(0, 1, 2, 3, 1, 0));
const moves = tensor(Float32Array.from(rng.normal(0, 1, 12)), [6, 2]);

/** An actor-critic's loss: the policy's part, the values' and the entropy. */
function loss({ forward }: ActorCritic, taken: Tensor): Tensor {
  const { pi, values } = forward(rows);
  const gain = pi.logProb(taken).mul(advantages).mean().add(pi.entropy().mean().mul(0.1));
  return values.sub(returns).square().mean().mul(0.5).sub(gain);
}

describe("policy and value", () => {
  it.each(["separate", "shared"] as const)("have the gradients of finite differences, with a %s trunk", (trunk) => {
    for (const hidden of [[7, 5], []]) {
      const discreteActions = networks(trunk, hidden);
      gradientCheck(() => loss(discreteActions, actions), discreteActions.parameters);
      const continuousActions = networks(trunk, hidden, true);
      gradientCheck(() => loss(continuousActions, moves), continuousActions.parameters, { tolerance: 4e-3 });
    }
  });

  it("of two networks share nothing: neither one's loss reaches the other", () => {
    const { forward, policy, valueParameters } = networks("separate");
    const { values } = forward(rows);
    values.square().mean().backward();
    expect(policy.parameters().map((p) => p.grad)).toEqual(policy.parameters().map(() => undefined));
    expect(valueParameters.every((p) => p.grad !== undefined)).toBe(true);
  });

  it("with one trunk share all layers but the last", () => {
    const { forward, policy, parameters, valueParameters } = networks("shared");
    expect(parameters.map(({ name }) => name)).toEqual([
      ...["policy.0.weights", "policy.0.bias", "policy.1.weights", "policy.1.bias"],
      ...["policy.2.weights", "policy.2.bias", "value.weights", "value.bias"],
    ]);
    expect(valueParameters.map(({ shape }) => shape)).toEqual([[5, 1], [1]]);
    forward(rows).values.square().mean().backward();
    expect(policy.parameters().map(({ grad }) => grad !== undefined)).toEqual([true, true, true, true, false, false]);
  });

  it("begin with the same policy, whatever the trunk", () => {
    const weights = (trunk: "separate" | "shared"): number[][] =>
      networks(trunk)
        .policy.parameters()
        .map((p) => [...p.toArray()]);
    expect(weights("shared")).toEqual(weights("separate"));
  });

  it("give the same numbers from the outputs kept while acting as from the observations", () => {
    for (const trunk of ["separate", "shared"] as const) {
      const { forward, policy, parameters, valuesOf } = networks(trunk);
      const layers: Tensor[] = [];
      layersOf(policy).reduce((x, { weights, bias, activation }) => {
        const y = x.matmul(weights).add(bias);
        layers.push(activation === "tanh" ? y.tanh() : y);
        return layers[layers.length - 1];
      }, features);
      const version = versionOf(policy.network.parameters());
      const forwardCache = { layers: layers.map((y) => tensor(y.toArray(), y.shape)), version, release() {} };
      const gradients = [rows, { features, forwardCache }].map((given) => {
        for (const p of parameters) p.grad = undefined;
        const { pi, values } = forward(given);
        const slope = pi.logProb(actions).mean().add(values.mean());
        slope.backward();
        return parameters.map((p) => [...p.grad!.toArray()].map((value) => Number(value.toFixed(5))));
      });
      expect(gradients[1]).toEqual(gradients[0]);
      expect(valuesOf(rows)).toEqual(forward(rows).values.toArray());
    }
  });
});
