/** What each move of each information set would earn: the quantities of which learning rules are made. */

import type { Seat } from "./game.js";
import { nodeValues, type Profile, reachWithout } from "./profile.js";
import type { GameTree } from "./tree.js";

/** For one player; entries and sets of the other one are 0. */
export interface Counterfactuals {
  /** R(s): the probability that chance and the other player lead to the set, [sets]. */
  readonly reach: Float64Array;
  /**
   * Σₕ R(h) · (winnings after the move in h), [entries]: R(s) · q(s, a). This is the counterfactual value of regret
   * minimisation.
   */
  readonly values: Float64Array;
}

/**
 * The counterfactual values of a player's moves. With `bonus`, every decision of this player also pays
 * `bonus(set number)`, for which the entropy of its strategy is usual.
 */
export function counterfactuals(
  tree: GameTree,
  profile: Profile,
  seat: Seat,
  bonus?: (set: number) => number,
): Counterfactuals {
  const { first, child, sets, members } = tree;
  const reachOf = reachWithout(tree, profile, seat);
  const value = nodeValues(tree, profile);
  const sign = seat === 0 ? 1 : -1;
  const paid = bonus === undefined ? undefined : bonuses(tree, profile, seat, bonus);
  const reach = new Float64Array(sets.length);
  const values = new Float64Array(tree.entries);
  sets.forEach(({ seat: owner, offset, moves }, number) => {
    if (owner !== seat) return;
    for (const node of members[number]) {
      reach[number] += reachOf[node];
      for (let k = 0; k < moves.length; k++) {
        const next = child[first[node] + k];
        values[offset + k] += reachOf[node] * (sign * value[next] + (paid === undefined ? 0 : paid[next]));
      }
    }
  });
  return { reach, values };
}

/** What a player is paid for its decisions from each node on. */
function bonuses(tree: GameTree, profile: Profile, seat: Seat, bonus: (set: number) => number): Float64Array {
  const { nodes, turn, set, first, child, chance, sets } = tree;
  const paid = new Float64Array(nodes);
  for (let node = 0; node < nodes; node++) {
    const number = set[node];
    if (turn[node] === seat) paid[node] = bonus(number);
    const [probabilities, shift] = number < 0 ? [chance, 0] : [profile, sets[number].offset - first[node]];
    for (let edge = first[node]; edge < first[node + 1]; edge++)
      paid[node] += probabilities[shift + edge] * paid[child[edge]];
  }
  return paid;
}
