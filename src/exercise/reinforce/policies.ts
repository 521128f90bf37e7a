/** The small policies and episodes on which answers are tried. */

import { type Mlp, mlp } from "../../nn/index.js";
import { defaultRng } from "../../random/index.js";
import type { Episode } from "./answer.js";

/** A policy without hidden layers: logits = x · weights + bias, with weights in row-major order, [inputs, actions]. */
export function linearPolicy(weights: readonly number[], bias: readonly number[]): Mlp {
  const policy = mlp({ sizes: [weights.length / bias.length, bias.length], rng: defaultRng(0) });
  policy.layers[0].weights.set(weights);
  policy.layers[0].bias.set(bias);
  return policy;
}

/** All weights and biases in one list. */
export function weightsOf(policy: Mlp): number[] {
  return policy.parameters().flatMap((p) => Array.from(p.toArray()));
}

/** An episode of three steps and one of a single step. */
export const someEpisodes: readonly Episode[] = [
  {
    observations: [Float32Array.of(0.5, -0.25), Float32Array.of(0.1, 0.4), Float32Array.of(-0.3, 0.2)],
    actions: [1, 0, 1],
    rewards: [1, 0, 2],
  },
  { observations: [Float32Array.of(0.2, 0.6)], actions: [0], rewards: [3] },
];
