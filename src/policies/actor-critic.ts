/** Policy and value function together: two networks, or two outputs of one trunk. A memory, if any, is shared. */

import { ConfigError } from "../errors.js";
import { type Initialiser, kaimingUniform } from "../nn/index.js";
import { linear, noGrad, parameter, selectRows, type Tensor, zeros } from "../tensor/index.js";
import type { ActionDistribution } from "./heads/head.js";
import { gruPolicy, type MlpPolicyOptions, mlpPolicy } from "./mlp-policy.js";
import type { Policy } from "./policy.js";
import type { Rows } from "./rows.js";
import { valueNetwork } from "./value-network.js";

/** A policy with its value function. */
export interface ActorCritic {
  readonly policy: Policy;
  /** The weights of V that it does not share with the policy. */
  readonly valueParameters: readonly Tensor[];
  /** The policy's weights first, then those of V. */
  readonly parameters: readonly Tensor[];
  /** π(·|s) and V(s), [m], of each row. */
  forward(rows: Rows): { readonly pi: ActionDistribution; readonly values: Tensor };
  /** V(s) alone, [m]. */
  value(rows: Rows): Tensor;
  /** V(s) as plain numbers, without a graph. */
  valuesOf(rows: Rows): Float32Array;
  /**
   * V of observations that each follow one of the rows: `features[i]` follows row `after[i]`. A policy with memory needs
   * that row's memory.
   */
  valuesAfter(rows: Rows, after: readonly number[], features: Tensor): Float32Array;
}

/** The options of `actorCriticNetworks`: those of the policy, and those of the value function. */
export interface ActorCriticOptions extends MlpPolicyOptions {
  /** Whether π and V are two networks, or share all layers but the last. */
  readonly trunk: "separate" | "shared";
  /** The size of the memory, a gated recurrent unit that π and V share. 0 means no memory. */
  readonly memory: number;
  /** Hidden layers of V, for separate networks only. Default: those of the policy. */
  readonly valueHidden?: readonly number[] | undefined;
  /** Initial weights of V's last layer. */
  readonly valueInit?: Initialiser;
}

/**
 * Makes the networks. The policy comes first, so its initial weights do not depend on `trunk`.
 *
 * @throws ConfigError for `valueHidden` with a shared trunk
 */
export function actorCriticNetworks(options: ActorCriticOptions): ActorCritic {
  if (options.trunk === "shared" && options.valueHidden !== undefined) {
    throw new ConfigError({
      field: "options.valueHidden",
      given: options.valueHidden,
      allowed: 'nothing with trunk "shared", where V has the policy\'s hidden layers; trunk "separate" takes it',
    });
  }
  const policy = options.memory > 0 ? gruPolicy(options) : mlpPolicy(options);
  const value = options.trunk === "shared" ? sharedTrunk(policy, options) : ownNetwork(policy, options);
  const valuesOf = (rows: Rows): Tensor => value.of(policy.networkInputs(rows), rows);
  return {
    policy,
    valueParameters: value.parameters,
    parameters: [...policy.parameters(), ...value.parameters],
    forward: (rows) => value.besidePolicy(policy.networkInputs(rows), rows),
    value: valuesOf,
    valuesOf: (rows) => noGrad(() => valuesOf(rows).toArray()),
    valuesAfter: (rows, after, features) =>
      noGrad(() => {
        const { memory } = policy;
        const inputs =
          memory === undefined ? features : memory.step(features, selectRows(policy.networkInputs(rows), after));
        return value.of(inputs, { features }).toArray();
      }),
  };
}

/** V as a function of the inputs of the policy's network. */
interface ValueFunction {
  readonly parameters: readonly Tensor[];
  of(inputs: Tensor, rows: Rows): Tensor;
  besidePolicy(inputs: Tensor, rows: Rows): { pi: ActionDistribution; values: Tensor };
}

function ownNetwork(policy: Policy, options: ActorCriticOptions): ValueFunction {
  const { outputInit: _, valueInit, valueHidden, ...network } = options;
  const value = valueNetwork({
    ...network,
    hidden: valueHidden ?? options.hidden,
    inputs: policy.network.inputs,
    ...(valueInit && { outputInit: valueInit }),
  });
  const distributionOf = (inputs: Tensor, rows: Rows): ActionDistribution => {
    if (policy.memory === undefined) return policy.distribution(rows);
    return policy.distributionFrom(policy.network.latent(inputs), rows);
  };
  return {
    parameters: value.parameters(),
    of: (inputs) => value.forward(inputs),
    besidePolicy: (inputs, rows) => ({ pi: distributionOf(inputs, rows), values: value.forward(inputs) }),
  };
}

function sharedTrunk({ network, distributionFrom }: Policy, options: ActorCriticOptions): ValueFunction {
  const { rng, valueInit = kaimingUniform, bias } = options;
  const width = network.latentSize;
  const weights = parameter(valueInit(rng, width, 1), "value.weights");
  const start = bias === "zero" ? zeros([1]) : kaimingUniform(rng, width, 1).slice(0, 1).reshape([1]);
  const offset = parameter(start, "value.bias");
  const valuesFrom = (latent: Tensor): Tensor => linear(latent, weights, offset).reshape([latent.shape[0]]);
  return {
    parameters: [weights, offset],
    of: (inputs, { forwardCache }) => valuesFrom(network.latent(inputs, forwardCache)),
    besidePolicy(inputs, rows) {
      const latent = network.latent(inputs, rows.forwardCache);
      return { pi: distributionFrom(latent, rows), values: valuesFrom(latent) };
    },
  };
}
