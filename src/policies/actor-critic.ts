/** π and V together: two networks, or two outputs of one trunk. */

import { type Initialiser, kaimingUniform } from "../nn/index.js";
import { flatSize } from "../spaces/index.js";
import { linear, noGrad, parameter, type Tensor, zeros } from "../tensor/index.js";
import type { ActionDistribution } from "./heads/head.js";
import { type MlpPolicyOptions, mlpPolicy } from "./mlp-policy.js";
import type { Known, Policy } from "./policy.js";
import { valueNetwork } from "./value-network.js";

/** A policy with its value function. */
export interface ActorCritic {
  readonly policy: Policy;
  /** Those of V that are not the policy's too. */
  readonly valueParameters: readonly Tensor[];
  /** The policy's first, then those of V. */
  readonly parameters: readonly Tensor[];
  /** π(·|s) and V(s), [m], for rows of features [m, features]. */
  forward(features: Tensor, known?: Known): { readonly pi: ActionDistribution; readonly values: Tensor };
  /** V(s) alone. */
  value(features: Tensor, known?: Known): Tensor;
  /** The same as plain numbers, without a graph. */
  valuesOf(features: Tensor, known?: Known): Float32Array;
}

/** What `actorCritic` is given besides the policy's options. */
export interface ActorCriticOptions extends MlpPolicyOptions {
  /** Whether π and V are two networks, or share all layers but the last. */
  readonly trunk: "separate" | "shared";
  /** Initial weights of V's last layer. */
  readonly valueInit?: Initialiser;
}

/** Makes the networks: the policy first, so that its initial weights do not depend on `trunk`. */
export function actorCritic(options: ActorCriticOptions): ActorCritic {
  const policy = mlpPolicy(options);
  return options.trunk === "shared" ? sharing(policy, options) : separate(policy, options);
}

function separate(policy: Policy, options: ActorCriticOptions): ActorCritic {
  const { outputInit: _, valueInit, ...network } = options;
  const inputs = flatSize(options.observationSpace);
  const value = valueNetwork({ ...network, inputs, ...(valueInit && { outputInit: valueInit }) });
  const valueParameters = value.parameters();
  return {
    policy,
    valueParameters,
    parameters: [...policy.parameters(), ...valueParameters],
    forward: (features, known) => ({ pi: policy.distribution(features, known), values: value.forward(features) }),
    value: (features) => value.forward(features),
    valuesOf: (features) => value.valuesOf(features),
  };
}

function sharing(policy: Policy, { hidden, rng, valueInit = kaimingUniform, bias }: ActorCriticOptions): ActorCritic {
  const width = hidden.at(-1) ?? flatSize(policy.observationSpace);
  const weights = parameter(valueInit(rng, width, 1), "value.weights");
  const offset = parameter(
    bias === "zero" ? zeros([1]) : kaimingUniform(rng, width, 1).slice(0, 1).reshape([1]),
    "value.bias",
  );
  const valuesFrom = (latent: Tensor): Tensor => linear(latent, weights, offset).reshape([latent.shape[0]]);
  return {
    policy,
    valueParameters: [weights, offset],
    parameters: [...policy.parameters(), weights, offset],
    forward(features, known) {
      const latent = policy.latent(features, known);
      return { pi: policy.distributionFrom(latent, known), values: valuesFrom(latent) };
    },
    value: (features, known) => valuesFrom(policy.latent(features, known)),
    valuesOf: (features, known) => noGrad(() => valuesFrom(policy.latent(features, known)).toArray()),
  };
}
