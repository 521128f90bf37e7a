import { ConfigError } from "../errors.js";
import { ownReach, type Profile } from "./profile.js";
import type { GameTree } from "./tree.js";

/**
 * The average of profiles over time: what somebody plays who draws one of them before each game and keeps to it. So in
 * each information set a profile counts by the probability with which it leads there,
 *
 *   σ̄(s, a) = Σₜ wₜ rₜ(s) σₜ(s, a) / Σₜ wₜ rₜ(s)
 *
 * It needs a tree in which one way leads to each node, so not that of a game with perfect information.
 *
 * @throws ConfigError for such a game
 */
export class Average {
  private readonly tree: GameTree;
  private readonly sums: Float64Array;

  constructor(tree: GameTree) {
    if (tree.merged) {
      const allowed = "that of a game with hidden information: here, a node is reached in several ways";
      throw new ConfigError({ field: "tree", given: "one of a game with perfect information", allowed });
    }
    this.tree = tree;
    this.sums = new Float64Array(tree.entries);
  }

  add(profile: Profile, weight = 1): void {
    const { tree, sums } = this;
    const own = ownReach(tree, profile);
    tree.sets.forEach(({ offset, moves }, number) => {
      for (let entry = offset; entry < offset + moves.length; entry++)
        sums[entry] += weight * own[number] * profile[entry];
    });
  }

  /** The average so far: uniform in information sets that no profile has led to. */
  profile(): Profile {
    const { tree, sums } = this;
    const average = new Float64Array(tree.entries);
    for (const { offset, moves } of tree.sets) {
      const end = offset + moves.length;
      let total = 0;
      for (let entry = offset; entry < end; entry++) total += sums[entry];
      for (let entry = offset; entry < end; entry++)
        average[entry] = total > 0 ? sums[entry] / total : 1 / moves.length;
    }
    return average;
  }

  /** What has been added up, for a snapshot. */
  state(): Float64Array {
    return this.sums.slice();
  }

  /** @throws RangeError if these sums are not those of such a tree */
  restore(sums: ArrayLike<number>): void {
    if (sums.length !== this.sums.length || !Array.from(sums).every((sum) => sum >= 0))
      throw new RangeError(`${sums.length} sums do not fit ${this.sums.length} moves`);
    this.sums.set(sums);
  }
}
