/** One identity for all action spaces: ∇E[f(a)] = E[f(a) ∇log π(a)], as a sum or by numerical integration. */

import { bernoulli, categorical, gaussian, multiCategorical, squashedGaussian } from "../../distributions/index.js";
import { exp, tanh } from "../../kernels/maths.js";
import { indices, parameter, type Tensor, tensor } from "../../tensor/index.js";
import type { Evidence } from "../claim.js";
import { farthest } from "../differences.js";

/** A distribution over a list of actions, each with its weight in sums: 1, or the width of a cell of an integral. */
interface ActionSpace {
  readonly name: string;
  readonly parameters: readonly number[];
  readonly weights: readonly number[];
  logProb(parameters: Tensor, action: number): Tensor;
}

const GRID = Array.from({ length: 41 }, (_, i) => -6 + 0.3 * i);
const PAIRS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

export const actionSpaces: readonly ActionSpace[] = [
  {
    name: "categorical",
    parameters: [0.4, -0.2, 0.1],
    weights: [1, 1, 1],
    logProb: (theta, action) => categorical(theta).logProb(action),
  },
  {
    name: "multi-categorical",
    parameters: [0.4, -0.2, 0.1, 0.3],
    weights: [1, 1, 1, 1],
    logProb: (theta, action) => multiCategorical(theta, [2, 2]).logProb(indices(PAIRS[action])),
  },
  {
    name: "Bernoulli",
    parameters: [0.4, -0.2],
    weights: [1, 1, 1, 1],
    logProb: (theta, action) => bernoulli(theta).logProb(indices(PAIRS[action])),
  },
  {
    name: "Gaussian",
    parameters: [0.2, -0.3],
    weights: GRID.map(() => 0.3),
    logProb: (theta, action) => gaussian(theta.slice(0, 1), theta.slice(1, 2)).logProb(tensor([GRID[action]])),
  },
  {
    name: "squashed Gaussian",
    parameters: [0.2, -0.3],
    // a = tanh u, so da = (1 − a²) du.
    weights: GRID.map((u) => 0.3 * (1 - tanh(u) ** 2)),
    logProb: (theta, action) => squashedGaussian(theta.slice(0, 1), theta.slice(1, 2)).logProb(tensor([GRID[action]])),
  },
  {
    name: "20 tokens",
    parameters: Array.from({ length: 20 }, (_, token) => (token % 7) / 5),
    weights: new Array<number>(20).fill(1),
    logProb: (theta, action) => categorical(theta).logProb(action),
  },
];

/** Any function of the action will do. */
const worthOf = (action: number): number => (action % 3) - 0.5;
const STEP = 0.01;

export function anyActionSpace(spaces = actionSpaces): Evidence {
  const offs = spaces.map(({ parameters, weights, logProb }) => {
    let total = 0;
    const meanAt = (at: readonly number[]): number =>
      weights.reduce((sum, weight, a) => sum + weight * exp(logProb(tensor(at), a).item()) * worthOf(a), 0);
    const slopes = parameters.map((_, k) => {
      const [above, below] = [STEP, -STEP].map((step) => meanAt(parameters.map((p, i) => (i === k ? p + step : p))));
      return (above - below) / (2 * STEP);
    });
    const byScore = new Float64Array(parameters.length);
    weights.forEach((weight, a) => {
      const theta = parameter(tensor(parameters));
      const logProbability = logProb(theta, a);
      const probability = weight * exp(logProbability.item());
      const factor = probability * worthOf(a);
      total += probability;
      logProbability.sum().backward();
      theta.grad!.toArray().forEach((slope, k) => {
        byScore[k] += factor * slope;
      });
    });
    return Math.max(farthest(slopes, byScore), Math.abs(total - 1));
  });
  const off = offs.reduce((most, value) => Math.max(most, value));
  return {
    passes: off < 1e-3,
    measured: `∇E[f] = E[f ∇log π] within ${off.toExponential(0)} (float32) for ${spaces.map(({ name }) => name).join(", ")}`,
  };
}
