/**
 * Exact moments of whole-episode returns by linear systems. With X = Σ xₜ, where x = ∇log π, and G the return from a state,
 *
 *   E[Gᵏ], E[X Gᵏ], E[|X|² Gᵏ]        k = 0, 1, 2
 *
 * depend on themselves in the next state by the factor γᵏ, and on those of smaller k.
 */

import type { Outcome } from "../envs/tabular.js";
import { eachOutcome, perState, type Rows, solved } from "./bellman.js";
import { checkReal, checkSetting } from "./checks.js";
import { type Moments, momentsAtStart } from "./moments.js";
import { addTo, along, scoresOf } from "./scores.js";
import { perSetting, type Setting } from "./setting.js";

/** The expectations from each state, by the power k of G. */
export interface ReturnPowers {
  /** E[Gᵏ | s]. */
  readonly G: readonly Rows[];
  /** E[X Gᵏ | s], rows of as many numbers as there are parameters. */
  readonly XG: readonly Rows[];
  /** E[|X|² Gᵏ | s]. */
  readonly XXG: readonly Rows[];
}

const POWERS = [0, 1, 2] as const;
const BINOMIAL = [[1], [1, 1], [1, 2, 1]] as const;

/** x⁰, x¹ or x², the same in every engine. */
function power(x: number, k: number): number {
  return k === 0 ? 1 : k === 1 ? x : x * x;
}

/** Solves for the moments of returns and scores. @throws ConfigError if the policy may never reach an end */
export const returnPowers = perSetting((setting): ReturnPowers => {
  const { states, actions } = setting.mdp;
  const { gamma } = setting.world;
  const scores = scoresOf(setting);
  const { width } = scores;
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
    const known = ({ reward, terminated, state }: Outcome, of: readonly Rows[], atEnd: (j: number) => number): number =>
      expanded(reward, (j) => (terminated ? atEnd(j) : j === k ? 0 : of[j][state]));
    const ofNothing = (j: number): number => Number(j === 0);
    const factor = power(gamma, k);

    G[k] = solved(
      setting,
      factor,
      perState(setting, (_, __, outcome) => known(outcome, G, ofNothing)),
    );
    const powerOf = ({ reward, terminated, state }: Outcome): number =>
      expanded(reward, (j) => (terminated ? ofNothing(j) : G[j][state]));

    const right = new Float64Array(states * width);
    for (let s = 0; s < states; s++)
      eachOutcome(setting, s, (action, probability, outcome) => {
        addTo(right, s, scores.rows[s * actions + action], probability * powerOf(outcome));
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
        const x = scores.rows[s * actions + action];
        const own = scores.norms[s * actions + action] * powerOf(outcome);
        const cross = outcome.terminated ? 0 : 2 * expanded(outcome.reward, (j) => along(XG[j], outcome.state, x));
        return own + cross + known(outcome, XXG, () => 0);
      }),
    );
  }
  return { G, XG, XXG };
});

/** The mean and total variance of (G₀ − b) Σₜ∇log π for one episode with a constant b. */
export function wholeEpisodeMoments(setting: Setting, baseline = 0): Moments {
  checkSetting(setting);
  checkReal("baseline", baseline);
  const { XG, XXG } = returnPowers(setting);
  // The score has mean 0, so a constant baseline changes the variance and not the mean.
  const norms = XXG[2].map((second, s) => second - 2 * baseline * XXG[1][s] + baseline * baseline * XXG[0][s]);
  return momentsAtStart(setting, { means: XG[1], norms });
}
