/**
 * An equilibrium, by regret matching in every information set, CFR+ (Tammelin 2014, arXiv:1407.5042):
 *
 *   σ ∝ Q        r = v − ⟨σ, v⟩        Q ← [Q + r]⁺
 *
 * where v are the counterfactual values. The players take turns, and step t weighs t² in the average. The average
 * converges to an equilibrium, σ itself need not. How far it is away is computed, not assumed: best responses bound the
 * value of the game from both sides.
 */

import { ConfigError } from "../errors.js";
import { Average } from "./average.js";
import { backwardInduction } from "./backward-induction.js";
import { nashConv, valueBounds } from "./best-response.js";
import { counterfactuals } from "./counterfactual.js";
import type { Seat } from "./game.js";
import { type Profile, uniformProfile } from "./profile.js";
import type { GameTree } from "./tree.js";

/** An equilibrium, up to `nashConv`. */
export interface Equilibrium {
  readonly profile: Profile;
  /** What the first player wins on average. It is off by half of `nashConv` at most. */
  readonly value: number;
  readonly nashConv: number;
  readonly iterations: number;
}

/** Iterations between two looks at the average. */
const ITERATIONS_A_LOOK = 10;

/**
 * Plays until the average's NashConv is at most `tolerance`. Where players always know the state, it is found by backward
 * induction, exactly.
 *
 * @throws ConfigError if that takes more than `iterations`
 */
export function equilibrium(
  tree: GameTree,
  { tolerance = 1e-4, iterations = 100_000 }: { readonly tolerance?: number; readonly iterations?: number } = {},
): Equilibrium {
  if (tree.members.every(({ length }) => length === 1))
    return { ...backwardInduction(tree), nashConv: 0, iterations: 0 };
  const profile = uniformProfile(tree);
  const regrets = new Float64Array(tree.entries);
  const average = new Average(tree);
  for (let iteration = 1; iteration <= iterations; iteration++) {
    for (const seat of [0, 1] as const) improve(tree, seat, profile, regrets);
    average.add(profile, iteration * iteration);
    if (iteration % ITERATIONS_A_LOOK !== 0) continue;
    const mean = average.profile();
    const distance = nashConv(tree, mean);
    if (distance > tolerance) continue;
    const { low, high } = valueBounds(tree, mean);
    return { profile: mean, value: (low + high) / 2, nashConv: distance, iterations: iteration };
  }
  const allowed = `what ${iterations} iterations reach; take more of them, or a larger tolerance`;
  throw new ConfigError({ field: "tolerance", given: tolerance, allowed });
}

/** One step of one player: adds the regrets of its strategy in `profile`, and replaces that strategy. */
function improve(tree: GameTree, seat: Seat, profile: Profile, regrets: Float64Array): void {
  const { values } = counterfactuals(tree, profile, seat);
  for (const { seat: owner, offset, moves } of tree.sets) {
    if (owner !== seat) continue;
    const end = offset + moves.length;
    let mean = 0;
    for (let entry = offset; entry < end; entry++) mean += profile[entry] * values[entry];
    let total = 0;
    for (let entry = offset; entry < end; entry++) {
      regrets[entry] = Math.max(0, regrets[entry] + values[entry] - mean);
      total += regrets[entry];
    }
    for (let entry = offset; entry < end; entry++)
      profile[entry] = total > 0 ? regrets[entry] / total : 1 / moves.length;
  }
}
