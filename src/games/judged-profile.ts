import { type Profile, profileOf } from "./profile.js";
import type { GameTree } from "./tree.js";

/**
 * The profile of something that plays both seats. `judge` gives the probabilities of all moves of the game for each of
 * these observations; masks are 1 for legal moves.
 */
export function judgedProfile(
  tree: GameTree,
  judge: (observations: readonly Float32Array[], masks: readonly Uint8Array[]) => readonly Float64Array[],
): Profile {
  const { sets } = tree;
  const judged = judge(
    sets.map(({ observation }) => observation),
    sets.map(({ mask }) => mask),
  );
  let row = 0;
  return profileOf(tree, ({ moves }) => {
    const probabilities = judged[row++];
    // In float32, probabilities sum to 1 only nearly.
    const total = moves.reduce((sum, move) => sum + probabilities[move], 0);
    return moves.map((move) => probabilities[move] / total);
  });
}
