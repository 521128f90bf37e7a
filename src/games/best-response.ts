/** Best responses, and how far a profile is from an equilibrium. */

import type { Seat } from "./game.js";
import { checkProfile, type Profile, reachWithout } from "./profile.js";
import { CHANCE, END, type GameTree } from "./tree.js";

/** A best response of one player to the other's strategy. */
export interface BestResponse {
  /** The profile with this player's strategy replaced by the best response, which never mixes. */
  readonly profile: Profile;
  /** What the player wins with it on average. */
  readonly value: number;
}

/**
 * The best response of a player to the other's strategy in the profile. In each information set, it weighs the states by
 * the probability that chance and the other player lead there, and takes the move that wins most (the first, if several
 * do).
 *
 * @throws ConfigError if the profile is none
 */
export function bestResponse(tree: GameTree, profile: Profile, seat: Seat): BestResponse {
  checkProfile(tree, profile);
  const { root, turn, set, first, child, chance, winnings, sets, members } = tree;
  const reach = reachWithout(tree, profile, seat);
  const values = new Float64Array(tree.nodes).fill(Number.NaN);
  const chosen = new Int32Array(sets.length).fill(-1);
  const sign = seat === 0 ? 1 : -1;

  const decide = (number: number): number => {
    if (chosen[number] >= 0) return chosen[number];
    let best = 0;
    let most = -Infinity;
    for (let k = 0; k < sets[number].moves.length; k++) {
      let value = 0;
      for (const node of members[number]) value += reach[node] * valueFrom(child[first[node] + k]);
      if (value > most) {
        most = value;
        best = k;
      }
    }
    chosen[number] = best;
    return best;
  };
  /** What the player wins from a node on. */
  const valueFrom = (node: number): number => {
    if (!Number.isNaN(values[node])) return values[node];
    let value = 0;
    if (turn[node] === END) value = sign * winnings[node];
    else if (turn[node] === seat) value = valueFrom(child[first[node] + decide(set[node])]);
    else {
      const [odds, shift] = turn[node] === CHANCE ? [chance, 0] : [profile, sets[set[node]].offset - first[node]];
      for (let edge = first[node]; edge < first[node + 1]; edge++) value += odds[shift + edge] * valueFrom(child[edge]);
    }
    values[node] = value;
    return value;
  };
  const value = valueFrom(root);
  const response = profile.slice();
  sets.forEach(({ seat: owner, offset, moves }, number) => {
    if (owner !== seat) return;
    // A set that the response itself never reaches has been decided too, if the other player can lead to it.
    const best = decide(number);
    response.fill(0, offset, offset + moves.length);
    response[offset + best] = 1;
  });
  return { profile: response, value };
}

/**
 * NashConv: what both players together would gain by a best response to the other,
 *
 *   Σᵢ (value of the best response of i − value of i)
 *
 * It is 0 exactly in an equilibrium.
 */
export function nashConv(tree: GameTree, profile: Profile): number {
  // In a zero-sum game the values of both players cancel.
  return bestResponse(tree, profile, 0).value + bestResponse(tree, profile, 1).value;
}

/**
 * Exploitability: NashConv / 2, the mean over both seats of what a best response wins against the profile, beyond the
 * value of the game.
 */
export function exploitability(tree: GameTree, profile: Profile): number {
  return nashConv(tree, profile) / 2;
}

/** The value of the game lies between what the second player's and the first player's best response leave to the first. */
export function valueBounds(tree: GameTree, profile: Profile): { readonly low: number; readonly high: number } {
  return { low: 0 - bestResponse(tree, profile, 1).value, high: bestResponse(tree, profile, 0).value };
}
