/**
 * The baselines of least variance, for any policy. With x = ∇log π, w = 1 or γᵗ, and Z = Σ wₜGₜxₜ, the variance of
 * Σ wₜ(Gₜ − b(sₜ))xₜ is that of the best b plus Σₛ d(s) E[|x|²|s] (b(s) − b*(s))², where d(s) = Σₜ wₜ² Pr(sₜ = s), and
 *
 *   b*(s) = E[Σᵤ 1(sᵤ = s) wᵤxᵤ · Z] / (d(s) E[|x|²|s])        the best number for each state
 *   b*    = the same with both sums taken over all states        the best constant
 *
 * because scores of different steps are uncorrelated. If no state is met twice, and states share no parameters, b*(s) is
 * E[|x|²Q|s] / E[|x|²|s] (Greensmith, Bartlett & Baxter 2004). Otherwise that is not the best.
 */

import { requireKnown } from "../options.js";
import { evaluatePolicy } from "../tabular/evaluate.js";
import { visitation } from "../tabular/gradient.js";
import { atStart, eachOutcome, solved, solvedForward } from "./bellman.js";
import { checkFlag, checkSetting } from "./checks.js";
import { addTo, along, scoresOf } from "./scores.js";
import type { Setting } from "./setting.js";
import { returnPowers } from "./whole-episode.js";

/** The settings of `stateBaseline` and `constantBaseline`. */
export interface BaselineOptions {
  /** Whether step t is weighed by γᵗ. Default: false. */
  readonly discountWeight?: boolean | undefined;
}

/** Numerator and denominator of b*(s). */
interface Fractions {
  readonly along: Float64Array;
  readonly squares: Float64Array;
}

function fractions(setting: Setting, options: BaselineOptions): Fractions {
  checkSetting(setting);
  requireKnown(options, ["discountWeight"]);
  const { discountWeight = false } = options;
  checkFlag("discountWeight", discountWeight);
  const { mdp, policy, world, values } = setting;
  const { states, actions } = mdp;
  const { gamma } = world;
  const omega = discountWeight ? gamma : 1;
  const scores = scoresOf(setting);
  const { width } = scores;
  const { actionValues } = evaluatePolicy(mdp, policy, { gamma });
  const visits = visitation(mdp, policy, { gamma: omega * omega });

  // g(s) = E[xG | s], and Z(s) = E[Σ wₜGₜxₜ | s] from s on.
  const g = new Float64Array(states * width);
  for (let pair = 0; pair < policy.length; pair++)
    addTo(g, Math.floor(pair / actions), scores.rows[pair], policy[pair] * actionValues[pair]);
  const Z = solved(setting, omega, g, width);

  // Of earlier steps only what follows s counts: H = Σ_{t<u} wₜ γ^(u−t) xₜ, summed over the visits u to s.
  const entering = new Float64Array(states * width);
  for (let s = 0; s < states; s++)
    eachOutcome(setting, s, (action, probability, { state, terminated }) => {
      const weight = omega * gamma * visits[s] * probability;
      if (!terminated) addTo(entering, state, scores.rows[s * actions + action], weight);
    });
  const H = solvedForward(setting, omega * gamma, entering, width);

  const products = new Float64Array(states);
  const squares = new Float64Array(states);
  for (let s = 0; s < states; s++) {
    eachOutcome(setting, s, (action, probability, { reward, state, terminated }) => {
      const pair = s * actions + action;
      const following = terminated ? 0 : omega * along(Z, state, scores.rows[pair]);
      const G = reward + (terminated ? 0 : gamma * values[state]);
      products[s] += visits[s] * probability * (scores.norms[pair] * G + following);
      squares[s] += visits[s] * probability * scores.norms[pair];
    });
    products[s] += along(H, s, g.subarray(s * width, (s + 1) * width));
  }
  return { along: products, squares };
}

/**
 * b*(s) for returns to go: of all baselines that depend on the state alone, the one of least total variance. States without
 * a score, which are never met or have one action, have V(s), since no number makes a difference there.
 */
export function stateBaseline(setting: Setting, options: BaselineOptions = {}): Float64Array {
  const { along: products, squares } = fractions(setting, options);
  return products.map((product, s) => (squares[s] > 0 ? product / squares[s] : setting.values[s]));
}

/** The best constant for returns to go: E[Z·X]/E|X|² with X = Σ wₜxₜ. */
export function constantBaseline(setting: Setting, options: BaselineOptions = {}): number {
  const { along: products, squares } = fractions(setting, options);
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
  return total(products) / total(squares);
}

/** The best constant for whole-episode returns: E[|X|²G₀]/E|X|². */
export function wholeEpisodeBaseline(setting: Setting): number {
  checkSetting(setting);
  const { XXG } = returnPowers(setting);
  return atStart(setting, XXG[1]) / atStart(setting, XXG[0]);
}

/** E[|x|²Q|s] / E[|x|²|s], the textbook's formula for one state alone. */
export function singleStateBaseline(setting: Setting): Float64Array {
  checkSetting(setting);
  const { mdp, policy, world, values } = setting;
  const { norms } = scoresOf(setting);
  const { actionValues } = evaluatePolicy(mdp, policy, world);
  return values.map((value, s) => {
    let product = 0;
    let squares = 0;
    for (let pair = s * mdp.actions; pair < (s + 1) * mdp.actions; pair++) {
      product += policy[pair] * norms[pair] * actionValues[pair];
      squares += policy[pair] * norms[pair];
    }
    return squares > 0 ? product / squares : value;
  });
}
