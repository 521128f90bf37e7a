/** Learning uses layer outputs that were kept while acting, but only until the weights change. */

import { describe, expect, it } from "vitest";
import { acting } from "../../test/acting.js";
import { adam, type Optimizer, rmsprop, sgd } from "../optim/index.js";
import { defaultRng } from "../random/index.js";
import { box, discrete } from "../spaces/index.js";
import type { Activation, Tensor } from "../tensor/index.js";
import { type ActorCritic, actorCriticNetworks } from "./actor-critic.js";
import type { Rows } from "./rows.js";

const trunks = ["separate", "shared"] as const;

function networks(trunk: (typeof trunks)[number], activation: Activation = "tanh"): ActorCritic {
  return actorCriticNetworks({
    observationSpace: box({ low: -10, high: 10, shape: [3] }),
    actionSpace: discrete(4),
    hidden: [7, 5],
    activation,
    trunk,
    memory: 0,
    rng: defaultRng(1),
  });
}

/** Rows after acting, with the kept outputs and the chosen actions. */
function acted({ policy }: ActorCritic): { rows: Rows; actions: Tensor; layers: readonly Tensor[] } {
  const actor = acting(policy);
  const rng = defaultRng(2);
  for (let t = 0; t < 20; t++) actor.act(Float32Array.from(rng.standardNormal(3)), rng);
  const { features, actions, forwardCache } = actor.take();
  return { rows: { features, forwardCache }, actions, layers: forwardCache.layers };
}

/** The gradients of a loss that depends on all weights. */
function gradients({ forward, parameters }: ActorCritic, rows: Rows, actions: Tensor): Float32Array[] {
  for (const p of parameters) p.grad = undefined;
  const { pi, values } = forward(rows);
  pi.logProb(actions).mean().add(values.square().mean()).backward();
  return parameters.map((p) => p.grad?.toArray() ?? new Float32Array());
}

describe.each(trunks)("the outputs kept while acting, with a %s trunk", (trunk) => {
  it.each(["tanh", "relu", "gelu"] as const)("have the bits of a separate pass, with %s", (activation) => {
    const own = networks(trunk, activation);
    const { rows, actions } = acted(own);
    expect(gradients(own, rows, actions)).toEqual(gradients(own, { features: rows.features }, actions));
  });

  it("are used while the weights are the same", () => {
    const own = networks(trunk);
    const { rows, actions, layers } = acted(own);
    const fresh = gradients(own, { features: rows.features }, actions);
    for (const layer of layers) layer.set(new Float32Array(layer.size).fill(0.5));
    expect(gradients(own, rows, actions)).not.toEqual(fresh);
  });

  it("are not used after a single weight was overwritten, even by the same number", () => {
    const own = networks(trunk);
    for (const p of own.policy.network.parameters()) {
      const { rows, actions, layers } = acted(own);
      p.set(p.toArray());
      for (const layer of layers) layer.set(new Float32Array(layer.size).fill(0.5));
      expect(gradients(own, rows, actions), p.name).toEqual(gradients(own, { features: rows.features }, actions));
    }
  });

  const optimizers: [string, (parameters: readonly Tensor[]) => Optimizer][] = [
    ["Adam", (parameters) => adam(parameters, { learningRate: 0.1 })],
    ["RMSProp", (parameters) => rmsprop(parameters, { learningRate: 0.1 })],
    ["SGD", (parameters) => sgd(parameters, { learningRate: 0.1 })],
  ];
  it.each(optimizers)("are not used after a step of %s", (_, optimizer) => {
    const own = networks(trunk);
    const { rows, actions } = acted(own);
    const before = gradients(own, rows, actions);
    optimizer(own.parameters).step();
    const after = gradients(own, rows, actions);
    expect(after).toEqual(gradients(own, { features: rows.features }, actions));
    expect(after).not.toEqual(before);
  });
});
