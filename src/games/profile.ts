/** Strategies of both players, and what they earn. */

import { ConfigError } from "../errors.js";
import { CHANCE, END, type GameTree } from "./tree.js";

/**
 * The strategies of both players: the probability of each move in each information set. Those of set s begin at
 * `sets[s].offset`, in the order of its legal moves.
 */
export type Profile = Float64Array;

/** Every legal move with equal probability. */
export function uniformProfile({ sets, entries }: GameTree): Profile {
  const profile = new Float64Array(entries);
  for (const { offset, moves } of sets) profile.fill(1 / moves.length, offset, offset + moves.length);
  return profile;
}

/**
 * A profile from what each information set plays: `probabilities(set)` returns one number for each of `set.moves`.
 *
 * @throws ConfigError if these are not probabilities that sum to 1
 */
export function profileOf(
  tree: GameTree,
  probabilities: (set: GameTree["sets"][number]) => ArrayLike<number>,
): Profile {
  const profile = new Float64Array(tree.entries);
  for (const set of tree.sets) profile.set(Array.from(probabilities(set)), set.offset);
  checkProfile(tree, profile);
  return profile;
}

/** @throws ConfigError unless these are distributions over the moves of each information set */
export function checkProfile({ sets, entries }: GameTree, profile: ArrayLike<number>): void {
  if (profile.length !== entries)
    throw new ConfigError({ field: "profile", given: profile, allowed: `${entries} probabilities` });
  for (const { name, offset, moves } of sets) {
    const given = Array.from(moves, (_, k) => profile[offset + k]);
    const total = given.reduce((sum, probability) => sum + probability, 0);
    if (given.every((probability) => probability >= 0) && Math.abs(total - 1) < 1e-6) continue;
    const allowed = `${moves.length} probabilities that sum to 1`;
    throw new ConfigError({ field: `profile, information set ${name}`, given, allowed });
  }
}

/** The expected winnings of the first player. The second one's are the same with the other sign. */
export function gameValue(tree: GameTree, profile: Profile): number {
  checkProfile(tree, profile);
  return nodeValues(tree, profile)[tree.root];
}

/** The expected winnings of the first player from each node on. */
export function nodeValues(
  { nodes, turn, set, first, child, chance, winnings, sets }: GameTree,
  profile: Profile,
): Float64Array {
  const values = new Float64Array(nodes);
  for (let node = 0; node < nodes; node++) {
    if (turn[node] === END) {
      values[node] = winnings[node];
      continue;
    }
    const [probabilities, shift] =
      turn[node] === CHANCE ? [chance, 0] : [profile, sets[set[node]].offset - first[node]];
    let value = 0;
    for (let edge = first[node]; edge < first[node + 1]; edge++)
      value += probabilities[shift + edge] * values[child[edge]];
    values[node] = value;
  }
  return values;
}

/**
 * The probability of reaching each node if the player of this seat does all it can to get there: the product of chance's
 * and the other player's probabilities on the way. With a seat of −1, that of everybody's.
 */
export function reachWithout(
  { nodes, root, turn, set, first, child, chance, sets }: GameTree,
  profile: Profile,
  seat: number,
): Float64Array {
  const reach = new Float64Array(nodes);
  reach[root] = 1;
  for (let node = root; node >= 0; node--) {
    const mover = turn[node];
    if (mover === END || reach[node] === 0) continue;
    const offset = mover === CHANCE ? 0 : sets[set[node]].offset - first[node];
    for (let edge = first[node]; edge < first[node + 1]; edge++) {
      const probability = mover === CHANCE ? chance[edge] : mover === seat ? 1 : profile[offset + edge];
      reach[child[edge]] += reach[node] * probability;
    }
  }
  return reach;
}

/**
 * The probability with which the player of each information set plays towards it: the product of its own probabilities.
 * By perfect recall it is the same for all nodes of the set.
 */
export function ownReach({ nodes, root, turn, set, first, child, sets }: GameTree, profile: Profile): Float64Array {
  const own = new Float64Array(sets.length);
  for (const seat of [0, 1]) {
    const reach = new Float64Array(nodes);
    reach[root] = 1;
    for (let node = root; node >= 0; node--) {
      const mover = turn[node];
      if (mover === END) continue;
      if (mover === seat) own[set[node]] = reach[node];
      const offset = mover === seat ? sets[set[node]].offset - first[node] : 0;
      for (let edge = first[node]; edge < first[node + 1]; edge++)
        reach[child[edge]] = reach[node] * (mover === seat ? profile[offset + edge] : 1);
    }
  }
  return own;
}
