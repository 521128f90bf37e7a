/** Networks without hidden layers, on which answers are tried, and what they put out. */

import { categorical } from "../distributions/index.js";
import { type Mlp, mlp } from "../nn/index.js";
import { type Optimizer, sgd } from "../optim/index.js";
import { defaultRng } from "../random/index.js";
import { stack, type Tensor, tensor } from "../tensor/index.js";

/** Outputs = x · weights + bias, with weights in row-major order, [inputs, outputs]. */
export function linearNetwork(weights: readonly number[], bias: readonly number[]): Mlp {
  const network = mlp({ sizes: [weights.length / bias.length, bias.length], rng: defaultRng(0) });
  network.layers[0].weights.set(weights);
  network.layers[0].bias.set(bias);
  return network;
}

/** All weights and biases in one list. */
export function weightsOf(...networks: readonly Mlp[]): number[] {
  return networks.flatMap((network) => network.parameters().flatMap((p) => Array.from(p.toArray())));
}

/** What a learner consists of. */
export const NETWORKS = ["policy", "critic"] as const;

/** One of a learner's networks. */
export type NetworkName = (typeof NETWORKS)[number];

/** Two networks, each with its optimiser. */
export interface Learner {
  readonly policy: Mlp;
  readonly critic: Mlp;
  readonly policyOptimizer: Optimizer;
  readonly criticOptimizer: Optimizer;
}

/** Two inputs, two actions, and plain gradient descent with a rate of 0.1. */
export function smallLearner(): Learner {
  const policy = linearNetwork([0.4, -0.2, 0.1, 0.3], [0.2, -0.1]);
  const critic = linearNetwork([0.5, -0.3], [0.2]);
  const descent = (network: Mlp): Optimizer => sgd(network.parameters(), { learningRate: 0.1 });
  return { policy, critic, policyOptimizer: descent(policy), criticOptimizer: descent(critic) };
}

/** What was seen and done at each step. */
export interface Seen {
  readonly observations: readonly Float32Array[];
  readonly actions: readonly number[];
}

/** log π(aₜ | sₜ): [T] */
export function rightLogProbs(policy: Mlp, { observations, actions }: Seen): Tensor {
  return categorical(policy.forward(rows(observations))).logProb(actions);
}

/** V(s): [T] */
export function rightValues(critic: Mlp, observations: readonly Float32Array[]): Tensor {
  return critic.forward(rows(observations)).reshape([observations.length]);
}

function rows(observations: readonly Float32Array[]): Tensor {
  return stack(observations.map((one) => tensor(one)));
}
