/**
 * Expectations on the event that an episode has T steps, for each T. Estimators that divide by the number of steps in a batch
 * have a mean in these terms, exactly, also where episodes have no longest.
 */

import { policyTransitions } from "../tabular/evaluate.js";
import { atStart, eachOutcome, rowAtStart } from "./bellman.js";
import { checkNumbers, checkOptions, checkReal, checkSetting } from "./checks.js";
import { hasVariance } from "./critics.js";
import type { GaeMomentsOptions } from "./moments.js";
import { addTo, scoresOf } from "./scores.js";
import type { Setting } from "./setting.js";

/** What is expected of an episode of T steps, times the probability of T. Gradients are in the policy's parameters. */
export interface OfLength {
  /** P(T). */
  readonly probability: number;
  /** E[A₀; T]. */
  readonly first: number;
  /** E[Σ Aₜ; T]. */
  readonly sum: number;
  /** E[Σ Aₜ∇log π; T]. */
  readonly estimate: Float64Array;
  /** The gradients of the three numbers. */
  readonly slopes: Readonly<Record<"probability" | "first" | "sum", Float64Array>>;
}

/** Lengths beyond this are not followed, nor what is less likely than this. */
const LONGEST = 2000;
const UNLIKELY = 1e-16;

/** Rows of each state for one length. */
function rows(states: number, width: number) {
  return {
    numbers: { probability: new Float64Array(states), first: new Float64Array(states), sum: new Float64Array(states) },
    slopes: {
      probability: new Float64Array(states * width),
      first: new Float64Array(states * width),
      sum: new Float64Array(states * width),
    },
    estimate: new Float64Array(states * width),
  };
}

/**
 * By length, from T = 1 on, with A by GAE(λ): for λ = 1 and `values` 0 the return to go. Undefined if episodes of more than
 * 2,000 steps have a probability that counts, or where states and parameters are too many for a variance.
 */
export function byLength(
  setting: Setting,
  options: Pick<GaeMomentsOptions, "lambda" | "values">,
): readonly OfLength[] | undefined {
  checkOptions(options, ["lambda", "values"]);
  const { lambda, values } = options;
  checkSetting(setting);
  checkReal("lambda", lambda, { min: 0, max: 1 });
  checkNumbers("values", values, setting.mdp.states);
  if (!hasVariance(setting)) return undefined;
  const { mdp, world } = setting;
  const { states, actions, start } = mdp;
  const { gamma } = world;
  const kappa = gamma * lambda;
  const scores = scoresOf(setting);
  const { width } = scores;
  const found: OfLength[] = [];
  let before = rows(states, width);
  const forward = policyTransitions(mdp, setting.policy);
  let alive = start;
  for (let T = 1; alive.some((probability) => probability > UNLIKELY); T++) {
    if (T > LONGEST) return undefined;
    const now = rows(states, width);
    for (let s = 0; s < states; s++)
      eachOutcome(setting, s, (action, weight, { reward, state: next, terminated }) => {
        if (terminated !== (T === 1)) return;
        const x = scores.rows[s * actions + action];
        const delta = reward + (terminated ? 0 : gamma * values[next]) - values[s];
        const after = before.numbers;
        const P = terminated ? 1 : after.probability[next];
        const first = delta * P + (terminated ? 0 : kappa * after.first[next]);
        const sum = first + (terminated ? 0 : after.sum[next]);
        now.numbers.probability[s] += weight * P;
        now.numbers.first[s] += weight * first;
        now.numbers.sum[s] += weight * sum;
        addTo(now.slopes.probability, s, x, weight * P);
        addTo(now.slopes.first, s, x, weight * first);
        addTo(now.slopes.sum, s, x, weight * sum);
        addTo(now.estimate, s, x, weight * first);
        if (terminated) return;
        const { probability: dP, first: dFirst, sum: dSum } = before.slopes;
        for (let k = 0; k < width; k++) {
          const own = s * width + k;
          const that = next * width + k;
          const slope = delta * dP[that] + kappa * dFirst[that];
          now.slopes.probability[own] += weight * dP[that];
          now.slopes.first[own] += weight * slope;
          now.slopes.sum[own] += weight * (slope + dSum[that]);
          now.estimate[own] += weight * before.estimate[that];
        }
      });
    const { numbers, slopes, estimate } = now;
    found.push({
      probability: atStart(setting, numbers.probability),
      first: atStart(setting, numbers.first),
      sum: atStart(setting, numbers.sum),
      estimate: rowAtStart(setting, estimate),
      slopes: {
        probability: rowAtStart(setting, slopes.probability),
        first: rowAtStart(setting, slopes.first),
        sum: rowAtStart(setting, slopes.sum),
      },
    });
    alive = alive.map((_, next) => alive.reduce((sum, p, s) => sum + p * forward[s * states + next], 0));
    before = now;
  }
  return found;
}
