/** The expected gradient of an answer on a world of two steps, by enumeration, against the exact one. */

import { make } from "../envs/index.js";
import type { Mlp } from "../nn/index.js";
import { evaluatePolicy, mdpOf, policyGradient, softmaxPolicy, trajectories } from "../tabular/index.js";
import { stack, type Tensor } from "../tensor/index.js";
import { compare, type Suspects } from "./compare.js";
import type { Fault } from "./exercise.js";
import { linearNetwork, type Seen } from "./small-networks.js";
import type { Steps } from "./steps.js";

/** Of the world. */
export const GAMMA = 0.9;
/** [states, actions] */
const LOGITS = [0.3, -0.2, 0.1, 0.5, -0.4, 0.2];

/** One possible episode, with what its world knows exactly. */
export interface Course extends Seen {
  readonly rewards: readonly number[];
  readonly states: readonly number[];
  /** V of the state before each step and after it; 0 after the last, which is terminal. */
  readonly values: readonly number[];
  readonly nextValues: readonly number[];
  /** Q(sₜ, aₜ) - V(sₜ) */
  readonly advantages: readonly number[];
}

/** The steps of an episode. What was seen after a step is left to `nextValues`: only V of it is known. */
export function stepsOf({ observations, actions, rewards }: Course): Steps {
  const terminated = actions.map((_, t) => t === actions.length - 1);
  return {
    observations,
    nextObservations: observations,
    actions,
    rewards,
    terminated,
    truncated: actions.map(() => false),
  };
}

/**
 * The fault of a loss whose expectation over all four episodes does not have the gradient -∇J. `averages` says whether the
 * answer's loss is a mean over steps, which `lossOf` multiplies by their number.
 */
export function judgeExpected(
  lossOf: (policy: Mlp, course: Course) => Tensor,
  { averages = false }: { readonly averages?: boolean } = {},
): Fault | undefined {
  const { table } = make("TwoStep-v0");
  const mdp = mdpOf(table);
  const pi = softmaxPolicy(mdp, LOGITS);
  const { values, actionValues } = evaluatePolicy(mdp, pi, { gamma: GAMMA });
  // A row of an identity matrix as the observation picks a row of weights, so these are the logits of the table.
  const policy = linearNetwork(LOGITS, [0, 0]);
  const parts = [...trajectories(table, pi, { maxSteps: 2 })].map(({ probability, states, actions, rewards }) => {
    const course: Course = {
      states,
      actions,
      rewards,
      observations: actions.map((_, t) =>
        Float32Array.from({ length: mdp.states }, (_, s) => (s === states[t] ? 1 : 0)),
      ),
      values: actions.map((_, t) => values[states[t]]),
      nextValues: actions.map((_, t) => (t + 1 < actions.length ? values[states[t + 1]] : 0)),
      advantages: actions.map((action, t) => actionValues[states[t] * mdp.actions + action] - values[states[t]]),
    };
    return lossOf(policy, course).mul(probability);
  });
  stack(parts).sum().backward();
  const got = Array.from(policy.layers[0].weights.grad?.toArray() ?? [], (slope) => -slope);
  // Without the factor γᵗ, visits are not discounted.
  const want = Array.from(policyGradient(mdp, LOGITS, { gamma: GAMMA, visitGamma: 1 }));
  const suspects: Suspects = [
    ["wrong-sign", want.map((slope) => -slope)],
    averages ? ["steps-summed", want.map((slope) => 2 * slope)] : ["mean-for-sum", want.map((slope) => slope / 2)],
  ];
  return compare("your gradient, averaged over every possible episode of TwoStep-v0,", got, want, suspects);
}
