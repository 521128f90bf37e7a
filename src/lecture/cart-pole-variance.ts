/** How noisy an episode's estimate is on CartPole, for three ways to give credit. */

import { make } from "../envs/registry.js";
import { defaultRng } from "../random/index.js";
import { returnsToGo } from "../rollout/returns.js";

/** The total variance of one episode's estimate, by what ∇log π is multiplied with. */
export interface CartPoleVariances {
  /** The return of the whole episode. */
  readonly whole: number;
  readonly toGo: number;
  /** The return to go minus its mean over all steps of all episodes. */
  readonly minusMean: number;
}

/** The observation, whose linear function each logit is, and 1 for the bias. */
const INPUTS = 5;

/**
 * Plays `episodes` episodes with equal probabilities, as of a linear softmax policy that has not learned yet, and γ = 0.99.
 * ∇log π of such a policy is (e_a − π) xᵀ, so that no tensors are needed.
 */
export function cartPoleVariances(episodes: number): CartPoleVariances {
  const played = Array.from({ length: episodes }, (_, seed) => play(seed));
  const steps = played.reduce((sum, { toGo }) => sum + toGo.length, 0);
  const mean = played.reduce((sum, { toGo }) => sum + toGo.reduce((a, b) => a + b), 0) / steps;
  const varianceOf = (advantage: (toGo: Float64Array, t: number) => number): number => {
    const estimates = played.map(({ inputs, signs, toGo }) => {
      const estimate = new Float64Array(INPUTS);
      signs.forEach((sign, t) => {
        for (let k = 0; k < INPUTS; k++) estimate[k] += 0.5 * sign * advantage(toGo, t) * inputs[t][k];
      });
      return estimate;
    });
    let total = 0;
    for (let k = 0; k < INPUTS; k++) {
      const average = estimates.reduce((sum, estimate) => sum + estimate[k], 0) / episodes;
      total += estimates.reduce((sum, estimate) => sum + (estimate[k] - average) ** 2, 0) / (episodes - 1);
    }
    // The other action's logit has the opposite slope, and so the same variance.
    return 2 * total;
  };
  return {
    whole: varianceOf((toGo) => toGo[0]),
    toGo: varianceOf((toGo, t) => toGo[t]),
    minusMean: varianceOf((toGo, t) => toGo[t] - mean),
  };
}

interface Played {
  readonly inputs: readonly (readonly number[])[];
  /** 1 for action 1, −1 for action 0. */
  readonly signs: readonly number[];
  readonly toGo: Float64Array;
}

function play(seed: number): Played {
  const env = make("CartPole-v1");
  const rng = defaultRng(seed);
  const inputs: number[][] = [];
  const signs: number[] = [];
  let { observation } = env.reset({ seed });
  for (let over = false; !over; ) {
    const action = rng.random() < 0.5 ? 0 : 1;
    inputs.push([...observation, 1]);
    signs.push(2 * action - 1);
    const step = env.step(action);
    observation = step.observation;
    over = step.terminated || step.truncated;
  }
  const segments = [{ start: 0, end: signs.length, terminated: true, truncated: false }];
  const toGo = returnsToGo(new Float64Array(signs.length).fill(1), segments, 0.99, [0]);
  return { inputs, signs, toGo };
}
