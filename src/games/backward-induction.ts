import type { Profile } from "./profile.js";
import { CHANCE, END, type GameTree } from "./tree.js";

/**
 * Best play of both players where they always know the state: from the ends backwards, each takes the move that wins most
 * (the first, if several do).
 */
export function backwardInduction(tree: GameTree): { readonly profile: Profile; readonly value: number } {
  const { nodes, root, turn, set, first, child, chance, winnings, sets, entries } = tree;
  const profile = new Float64Array(entries);
  const values = new Float64Array(nodes);
  for (let node = 0; node < nodes; node++) {
    const mover = turn[node];
    if (mover === END) values[node] = winnings[node];
    else if (mover === CHANCE) {
      for (let edge = first[node]; edge < first[node + 1]; edge++) values[node] += chance[edge] * values[child[edge]];
    } else {
      const sign = mover === 0 ? 1 : -1;
      let best = first[node];
      for (let edge = first[node] + 1; edge < first[node + 1]; edge++)
        if (sign * values[child[edge]] > sign * values[child[best]]) best = edge;
      values[node] = values[child[best]];
      profile[sets[set[node]].offset + best - first[node]] = 1;
    }
  }
  return { profile, value: values[root] };
}
