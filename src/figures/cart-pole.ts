/** How much the gradient of one CartPole episode varies, for three ways to credit its steps. */

import { batch } from "../envs/batched/batch.js";
import { make } from "../envs/registry.js";
import { square } from "../estimators/square.js";
import { kaimingUniform } from "../nn/index.js";
import { mlpPolicy } from "../policies/mlp-policy.js";
import { defaultRng } from "../random/index.js";
import { releaseBatch } from "../rollout/batch.js";
import { collect } from "../rollout/collect.js";
import { Collector } from "../rollout/collector.js";
import { returnsToGo } from "../rollout/returns.js";
import { tensor } from "../tensor/index.js";
import { slopesOf } from "../tensor/slopes.js";
import type { BarFigure } from "./figure.js";
import { brief } from "./figure.js";

/** The number that the third way subtracts: about half the mean length of a random policy's episodes. */
const CONSTANT = 11;

/** Total variances of Σₜ Aₜ∇log π(aₜ|sₜ) over episodes. */
export interface CreditSpread {
  /** A is the return of the whole episode. */
  readonly whole: number;
  /** A is the return from the step on. */
  readonly toGo: number;
  /** A is the return from the step on, minus 11. */
  readonly minusConstant: number;
}

/** The settings of `cartPoleSpread`. */
export interface CreditSpreadOptions {
  readonly episodes?: number;
  /** Of the network, the environment and the actions. */
  readonly seed?: number;
  readonly gamma?: number;
}

/**
 * Plays CartPole-v1 with an untrained network of two layers of 128 ReLUs, with PyTorch's initial weights, and measures the
 * variance of one episode's gradient, summed over all parameters.
 */
export function cartPoleSpread({ episodes = 400, seed = 0, gamma = 0.99 }: CreditSpreadOptions = {}): CreditSpread {
  const env = batch(1, () => make("CartPole-v1"));
  const init = { hiddenInit: kaimingUniform, outputInit: kaimingUniform, bias: "uniform" } as const;
  const { observationSpace, actionSpace } = env;
  const rng = defaultRng(seed);
  const policy = mlpPolicy({ observationSpace, actionSpace, hidden: [128, 128], activation: "relu", rng, ...init });
  const parameters = policy.parameters();
  const collector = new Collector({ env, policy, rng, collect: { episodes: 1 } });
  const size = parameters.reduce((sum, parameter) => sum + parameter.size, 0);
  const tallies = [0, 1, 2].map(() => ({ sums: new Float64Array(size), squares: 0 }));
  const add = (way: number, k: number, slope: number): void => {
    tallies[way].sums[k] += slope;
    tallies[way].squares += slope * slope;
  };

  for (let episode = 0; episode < episodes; episode++) {
    collect(collector, env, [BigInt(seed)], Number.POSITIVE_INFINITY);
    const rows = collector.take().batch;
    const toGo = returnsToGo(rows.rewards, rows.segments, gamma, [0]);
    const gradientFor = (A: Float64Array): Float64Array => {
      for (const parameter of parameters) parameter.grad = undefined;
      policy.distribution(rows).logProb(rows.actions).mul(tensor(A)).sum().backward();
      return slopesOf(parameters);
    };
    const Z = gradientFor(toGo);
    const X = gradientFor(toGo.map(() => 1));
    for (let k = 0; k < size; k++) {
      // The same number at every step is a factor of X.
      add(0, k, toGo[0] * X[k]);
      add(1, k, Z[k]);
      add(2, k, Z[k] - CONSTANT * X[k]);
    }
    releaseBatch(rows);
  }
  const [whole, toGo, minusConstant] = tallies.map(({ sums, squares }) => {
    const mean = square(sums) / episodes;
    return (squares - mean) / (episodes - 1);
  });
  return { whole, toGo, minusConstant };
}

/** The three variances as bars. */
export function cartPoleFigure(options: CreditSpreadOptions = {}): BarFigure {
  const { episodes = 400, gamma = 0.99 } = options;
  const { whole, toGo, minusConstant } = cartPoleSpread(options);
  const bar = (label: string, value: number) => ({ label, parts: [value], note: brief(value) });
  return {
    kind: "bars",
    name: "cart-pole",
    title: "CartPole: variance by what a step is credited with",
    caption: `${episodes} episodes of an untrained network of 2 × 128 ReLUs, γ = ${gamma}. Returns to go divide the variance by ${brief(whole / toGo)}, and the constant ${CONSTANT} divides that by ${brief(toGo / minusConstant)} again.`,
    xLabel: "variance of one episode's gradient",
    parts: ["variance"],
    bars: [bar("whole episode", whole), bar("to go", toGo), bar(`to go minus ${CONSTANT}`, minusConstant)],
  };
}
