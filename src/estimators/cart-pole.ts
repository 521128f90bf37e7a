/** How much the gradient of one CartPole episode varies, for three ways to credit its steps. */

import { batch } from "../envs/batched/batch.js";
import { make } from "../envs/registry.js";
import { kaimingUniform } from "../nn/index.js";
import { zeroGrad } from "../optim/optimizer.js";
import { type Given, int, real, resolveOptions, seed } from "../options.js";
import { mlpPolicy } from "../policies/mlp-policy.js";
import { defaultRng } from "../random/index.js";
import { releaseBatch } from "../rollout/batch.js";
import { collect } from "../rollout/collect.js";
import { Collector } from "../rollout/collector.js";
import { returnsToGo } from "../rollout/returns.js";
import { tensor } from "../tensor/index.js";
import { slopesOf } from "../tensor/slopes.js";
import { square } from "./square.js";

/** The number that the third way subtracts: about half the mean length of a random policy's episodes. */
export const CONSTANT = 11;

/** Total variances of Σₜ Aₜ∇log π(aₜ|sₜ) over episodes. */
export interface CreditSpread {
  /** A is the return of the whole episode. */
  readonly whole: number;
  /** A is the return from the step on. */
  readonly toGo: number;
  /** A is the return from the step on, minus 11. */
  readonly minusConstant: number;
}

/** The settings of `cartPoleSpread`, with their defaults. */
export const CREDIT_OPTIONS = {
  episodes: int(400, { min: 2, help: "how many are played" }),
  seed: seed(0, { help: "of the network, the environment and the actions" }),
  gamma: real(0.99, { min: 0, max: 1, help: "discount factor" }),
};

/** The settings of `cartPoleSpread`: 400 episodes, seed 0 and γ = 0.99 unless given. */
export type CreditSpreadOptions = Given<typeof CREDIT_OPTIONS>;

/**
 * Plays CartPole-v1 with an untrained network of two layers of 128 ReLUs, with PyTorch's initial weights, and measures the
 * variance of one episode's gradient, summed over all parameters.
 *
 * @throws ConfigError if an option is unknown or its value is not allowed, such as fewer than 2 episodes
 */
export function cartPoleSpread(options: CreditSpreadOptions = {}): CreditSpread {
  const { episodes, seed, gamma } = resolveOptions(CREDIT_OPTIONS, options, "");
  const env = batch(1, () => make("CartPole-v1"));
  const init = { hiddenInit: kaimingUniform, outputInit: kaimingUniform, bias: "uniform" } as const;
  const { observationSpace, actionSpace } = env;
  const rng = defaultRng(seed);
  const policy = mlpPolicy({ observationSpace, actionSpace, hidden: [128, 128], activation: "relu", rng, ...init });
  const parameters = policy.parameters();
  const collector = new Collector({ env, policy, rng, collect: { episodes: 1 } });
  const size = parameters.reduce((sum, parameter) => sum + parameter.size, 0);
  const tallies = [0, 1, 2].map(() => ({ sums: new Float64Array(size), squares: 0 }));

  for (let episode = 0; episode < episodes; episode++) {
    collect(collector, env, [BigInt(seed)], Number.POSITIVE_INFINITY);
    const rows = collector.take().batch;
    const toGo = returnsToGo(rows.rewards, rows.segments, gamma, [0]);
    const gradientFor = (A: Float64Array): Float64Array => {
      zeroGrad(parameters);
      policy.distribution(rows).logProb(rows.actions).mul(tensor(A)).sum().backward();
      return slopesOf(parameters);
    };
    const Z = gradientFor(toGo);
    const X = gradientFor(toGo.map(() => 1));
    // The same number at every step is a factor of X.
    const estimates = [X.map((slope) => toGo[0] * slope), Z, Z.map((slope, k) => slope - CONSTANT * X[k])];
    estimates.forEach((estimate, way) => {
      const { sums } = tallies[way];
      for (let k = 0; k < size; k++) sums[k] += estimate[k];
      tallies[way].squares += square(estimate);
    });
    releaseBatch(rows);
  }
  const [whole, toGo, minusConstant] = tallies.map(({ sums, squares }) => {
    const mean = square(sums) / episodes;
    return (squares - mean) / (episodes - 1);
  });
  return { whole, toGo, minusConstant };
}
