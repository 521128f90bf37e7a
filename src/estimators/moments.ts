/**
 * Exact variance without enumeration or sampling, also where episodes have no longest: the moments of an episode's estimate
 * obey linear systems like Bellman's.
 *
 * With Aₜ = δₜ + κAₜ₊₁ and Zₜ = xₜAₜ + ωZₜ₊₁, where x = ∇log π, the estimate of an episode is Z₀. From each state,
 *
 *   E[A], E[A²], E[Z], E[AZ], E|Z|²
 *
 * depend on themselves in the next state by the factors κ, κ², ω, ωκ, ω², and on those before them. For whole-episode returns,
 * with X = Σ xₜ, the same holds of E[Gᵏ], E[X Gᵏ] and E[|X|² Gᵏ] with the factor γᵏ.
 */

import type { Outcome } from "../envs/tabular.js";
import { endless, identityMinus, policyTransitions } from "../tabular/evaluate.js";
import { solve } from "../tabular/solve.js";
import type { Moments } from "./enumerate.js";
import type { Setting } from "./setting.js";
import { square } from "./square.js";

/** Calls `visit` with each action and outcome of a state, and their joint probability. */
type Visit = (action: number, probability: number, outcome: Outcome) => void;

function eachOutcome({ world: { table }, policy, mdp }: Setting, state: number, visit: Visit): void {
  if (mdp.terminal[state] === 1) return;
  for (let action = 0; action < table.actions; action++)
    for (const outcome of table.outcomes(state, action))
      visit(action, policy[state * table.actions + action] * outcome.probability, outcome);
}

/** One number for each state, or one row of `width` numbers. */
type Rows = Float64Array;

/**
 * Solves M(s) = right(s) + factor · Σ P(s′|s) M(s′) for rows of `width` numbers.
 *
 * @throws ConfigError if the policy may never reach an end
 */
function solved(setting: Setting, factor: number, right: Rows, width = 1): Rows {
  const { states } = setting.mdp;
  const matrix = identityMinus(policyTransitions(setting.mdp, setting.policy), states, factor);
  const rows = new Float64Array(states * width);
  for (let column = 0; column < width; column++) {
    const one = Float64Array.from({ length: states }, (_, s) => right[s * width + column]);
    if (one.every((value) => value === 0)) continue;
    const found = solve(matrix, one);
    if (found === undefined) throw endless(factor);
    for (let s = 0; s < states; s++) rows[s * width + column] = found[s];
  }
  return rows;
}

/** The settings of `gaeMoments`. */
export interface GaeMomentsOptions {
  /** λ: 0 for one-step errors, 1 for returns to go minus V. */
  readonly lambda: number;
  /** V(s); zeros for plain returns. */
  readonly values: ArrayLike<number>;
  /** Whether step t is weighed by γᵗ. */
  readonly discountWeight: boolean;
}

/**
 * The mean and total variance of Σₜ wₜAₜ∇log π for one episode, in logits, with A by GAE(λ), and w = 1 or γᵗ. The mean of N
 * independent episodes has the same mean and 1/N of the variance.
 */
export function gaeMoments(setting: Setting, { lambda, values, discountWeight }: GaeMomentsOptions): Moments {
  const { mdp, policy, world } = setting;
  const { states, actions } = mdp;
  const { gamma } = world;
  const width = states * actions;
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
      addScore(rightZ, setting, s, action, probability * (deltaOf(s, outcome) + kappa * afterA(outcome)));
      addScore(rightAZ, setting, s, action, probability * squareOf(s, outcome));
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
      const own = squareOf(s, outcome) * scoreNorm(policy, actions, s, action);
      if (outcome.terminated) return own;
      const alongZ = alongScore(Z, setting, outcome.state, s, action);
      const alongAZ = alongScore(AZ, setting, outcome.state, s, action);
      return own + 2 * omega * (deltaOf(s, outcome) * alongZ + kappa * alongAZ);
    }),
  );
  return fromStart(setting, Z, norms);
}

/** The mean and total variance, in logits, of (G₀ − b) Σₜ∇log π for one episode with a constant b. */
export function wholeEpisodeMoments(setting: Setting, baseline = 0): Moments {
  const { mdp, policy, world } = setting;
  const { states, actions } = mdp;
  const { gamma } = world;
  const width = states * actions;
  const POWERS = [0, 1, 2] as const;
  const G: Rows[] = [];
  const XG: Rows[] = [];
  const XXG: Rows[] = [];
  for (const k of POWERS) {
    /** Σⱼ C(k, j) r^(k−j) γʲ · after(j): the k-th power of r + γG′. */
    const expanded = (reward: number, after: (j: number) => number): number => {
      let sum = 0;
      for (let j = 0; j <= k; j++) sum += BINOMIAL[k][j] * power(reward, k - j) * power(gamma, j) * after(j);
      return sum;
    };
    /** Without the unknown itself, which is the term j = k of the next state. */
    const known = (reward: number, { terminated, state }: Outcome, of: readonly Rows[]): number =>
      expanded(reward, (j) => (terminated || j === k ? 0 : of[j][state]));
    const factor = power(gamma, k);

    G[k] = solved(
      setting,
      factor,
      perState(setting, (_, __, outcome) =>
        expanded(outcome.reward, (j) => (outcome.terminated ? Number(j === 0) : j === k ? 0 : G[j][outcome.state])),
      ),
    );
    const powerOf = (outcome: Outcome): number =>
      expanded(outcome.reward, (j) => (outcome.terminated ? Number(j === 0) : G[j][outcome.state]));

    const right = new Float64Array(states * width);
    for (let s = 0; s < states; s++)
      eachOutcome(setting, s, (action, probability, outcome) => {
        addScore(right, setting, s, action, probability * powerOf(outcome));
        if (outcome.terminated) return;
        for (let j = 0; j < k; j++) {
          const weight = probability * BINOMIAL[k][j] * power(outcome.reward, k - j) * power(gamma, j);
          for (let i = 0; i < width; i++) right[s * width + i] += weight * XG[j][outcome.state * width + i];
        }
      });
    XG[k] = solved(setting, factor, right, width);
    XXG[k] = solved(
      setting,
      factor,
      perState(setting, (s, action, outcome) => {
        const own = scoreNorm(policy, actions, s, action) * powerOf(outcome);
        const cross = outcome.terminated
          ? 0
          : 2 * expanded(outcome.reward, (j) => alongScore(XG[j], setting, outcome.state, s, action));
        return own + cross + known(outcome.reward, outcome, XXG);
      }),
    );
  }
  // The score has mean 0, so a constant baseline changes the variance and not the mean.
  const norms = XXG[2].map((second, s) => second - 2 * baseline * XXG[1][s] + baseline * baseline * XXG[0][s]);
  return fromStart(setting, XG[1], norms);
}

/** x⁰, x¹ or x², the same in every engine. */
function power(x: number, k: number): number {
  return k === 0 ? 1 : k === 1 ? x : x * x;
}

const BINOMIAL = [[1], [1, 1], [1, 2, 1]] as const;

/** Σ over actions and outcomes of a number, for each state. */
function perState(setting: Setting, term: (state: number, action: number, outcome: Outcome) => number): Rows {
  return Float64Array.from({ length: setting.mdp.states }, (_, s) => {
    let sum = 0;
    eachOutcome(setting, s, (action, probability, outcome) => {
      sum += probability * term(s, action, outcome);
    });
    return sum;
  });
}

/** Adds weight · ∇log π(action|s) to the row of state s. */
function addScore(rows: Rows, { policy, mdp }: Setting, s: number, action: number, weight: number): void {
  const { states, actions } = mdp;
  const first = s * states * actions + s * actions;
  for (let b = 0; b < actions; b++) rows[first + b] += weight * (Number(b === action) - policy[s * actions + b]);
}

/** The inner product of ∇log π(action|s) with the row of another state. */
function alongScore(rows: Rows, { policy, mdp }: Setting, next: number, s: number, action: number): number {
  const { states, actions } = mdp;
  const first = next * states * actions + s * actions;
  let sum = rows[first + action];
  for (let b = 0; b < actions; b++) sum -= policy[s * actions + b] * rows[first + b];
  return sum;
}

/** |∇log π(action|s)|². */
function scoreNorm(policy: Float64Array, actions: number, s: number, action: number): number {
  let sum = 1 - 2 * policy[s * actions + action];
  for (let b = 0; b < actions; b++) sum += policy[s * actions + b] ** 2;
  return sum;
}

/** Moments from the start: E[Z] and E|Z|² − |E[Z]|². */
function fromStart({ mdp: { start, states, actions } }: Setting, means: Rows, norms: Rows): Moments {
  const width = states * actions;
  const mean = new Float64Array(width);
  let second = 0;
  for (let s = 0; s < states; s++) {
    second += start[s] * norms[s];
    for (let k = 0; k < width; k++) mean[k] += start[s] * means[s * width + k];
  }
  return { mean, variance: Math.max(0, second - square(mean)) };
}
