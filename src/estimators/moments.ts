/**
 * Exact variance without enumeration or sampling, also where episodes have no longest: the moments of an episode's estimate
 * obey linear systems like Bellman's.
 *
 * With Aₜ = δₜ + κAₜ₊₁ and Zₜ = xₜAₜ + ωZₜ₊₁, where x = ∇log π, the estimate of an episode is Z₀. From each state,
 *
 *   E[A], E[A²], E[Z], E[AZ], E|Z|²
 *
 * depend on themselves in the next state by the factors κ, κ², ω, ωκ, ω², and on those before them.
 */

import type { Outcome } from "../envs/tabular.js";
import { atStart, eachOutcome, perState, type Rows, rowAtStart, solved } from "./bellman.js";
import { checkFields, checkFlag, checkNumbers, checkReal, checkSetting } from "./checks.js";
import { addTo, along, scoresOf } from "./scores.js";
import type { Setting } from "./setting.js";
import { square } from "./square.js";

/** Mean and total variance of an estimate. */
export interface Moments {
  /** E[ĝ], in the policy's parameters. */
  readonly mean: Float64Array;
  /** The trace of the covariance, E|ĝ|² − |E[ĝ]|². */
  readonly variance: number;
}

/** The settings of `gaeMoments`. */
export interface GaeMomentsOptions {
  /** λ: 0 for one-step errors, 1 for returns to go minus V. */
  readonly lambda: number;
  /** V(s), or any other number for each state that is to be subtracted; zeros for plain returns. */
  readonly values: ArrayLike<number>;
  /** Whether step t is weighed by γᵗ. */
  readonly discountWeight: boolean;
}

/**
 * The mean and total variance of Σₜ wₜAₜ∇log π for one episode, with A by GAE(λ), and w = 1 or γᵗ. With λ = 1 it
 * is the return to go minus `values`, whatever numbers those are. The mean of N
 * independent episodes has the same mean and 1/N of the variance.
 */
export function gaeMoments(setting: Setting, options: GaeMomentsOptions): Moments {
  checkSetting(setting);
  checkFields("options", options, ["lambda", "values"], "an object with lambda, values and discountWeight");
  const { lambda, values, discountWeight = false } = options;
  checkFlag("discountWeight", discountWeight);
  checkReal("lambda", lambda, { min: 0, max: 1 });
  checkNumbers("values", values, setting.mdp.states);
  const { states, actions } = setting.mdp;
  const { gamma } = setting.world;
  const scores = scoresOf(setting);
  const { width } = scores;
  const kappa = gamma * lambda;
  const omega = discountWeight ? gamma : 1;
  const deltaOf = (state: number, { reward, terminated, state: next }: Outcome): number =>
    reward + (terminated ? 0 : gamma * values[next]) - values[state];

  const A = solved(
    setting,
    kappa,
    perState(setting, (s, _, outcome) => deltaOf(s, outcome)),
  );
  const afterA = (outcome: Outcome): number => (outcome.terminated ? 0 : A[outcome.state]);
  const squares = solved(
    setting,
    kappa * kappa,
    perState(setting, (s, _, outcome) => deltaOf(s, outcome) * (deltaOf(s, outcome) + 2 * kappa * afterA(outcome))),
  );
  const squareOf = (s: number, outcome: Outcome): number => {
    const delta = deltaOf(s, outcome);
    const following = outcome.terminated ? 0 : squares[outcome.state];
    return delta * (delta + 2 * kappa * afterA(outcome)) + kappa * kappa * following;
  };

  const rightZ = new Float64Array(states * width);
  const rightAZ = new Float64Array(states * width);
  for (let s = 0; s < states; s++)
    eachOutcome(setting, s, (action, probability, outcome) => {
      const x = scores.rows[s * actions + action];
      addTo(rightZ, s, x, probability * (deltaOf(s, outcome) + kappa * afterA(outcome)));
      addTo(rightAZ, s, x, probability * squareOf(s, outcome));
    });
  const Z = solved(setting, omega, rightZ, width);
  for (let s = 0; s < states; s++)
    eachOutcome(setting, s, (_, probability, outcome) => {
      if (outcome.terminated) return;
      const factor = probability * omega * deltaOf(s, outcome);
      for (let k = 0; k < width; k++) rightAZ[s * width + k] += factor * Z[outcome.state * width + k];
    });
  const AZ = solved(setting, omega * kappa, rightAZ, width);

  const norms = solved(
    setting,
    omega * omega,
    perState(setting, (s, action, outcome) => {
      const x = scores.rows[s * actions + action];
      const own = squareOf(s, outcome) * scores.norms[s * actions + action];
      if (outcome.terminated) return own;
      const alongZ = along(Z, outcome.state, x);
      const alongAZ = along(AZ, outcome.state, x);
      return own + 2 * omega * (deltaOf(s, outcome) * alongZ + kappa * alongAZ);
    }),
  );
  return momentsAtStart(setting, { means: Z, norms });
}

/** Moments from the start: E[Z] and E|Z|² − |E[Z]|². */
export function momentsAtStart(
  setting: Setting,
  { means, norms }: { readonly means: Rows; readonly norms: Rows },
): Moments {
  const mean = rowAtStart(setting, means);
  return { mean, variance: Math.max(0, atStart(setting, norms) - square(mean)) };
}
