/** The exact measure of a policy in a game that is small enough: exploitability, of the last and of the mean policy. */

import { ConfigError } from "../errors.js";
import { Average } from "../games/average.js";
import { exploitability } from "../games/best-response.js";
import type { Game } from "../games/game.js";
import { judgedProfile } from "../games/judged-profile.js";
import { type GameTree, gameTree } from "../games/tree.js";
import type { Json } from "../json.js";
import type { Gauge } from "./self-play.js";
import { packFloats, readSnapshot } from "./snapshot.js";

/** How many states a game may have to be measured after every update, which then takes some milliseconds. */
const MOST_STATES = 50_000;

/**
 * `exploitability` of the policy, and `averageExploitability` of its average over the updates so far, unless both players
 * see everything. Undefined for a game with too many states.
 */
export function profileGauge<State extends Json>(game: Game<State>): Gauge | undefined {
  const tree = smallTree(game);
  if (tree === undefined) return undefined;
  const average = game.perfectInformation ? undefined : new Average(tree);
  return {
    measure(judge) {
      const profile = judgedProfile(tree, judge);
      average?.add(profile);
      return {
        exploitability: exploitability(tree, profile),
        ...(average && { averageExploitability: exploitability(tree, average.profile()) }),
      };
    },
    snapshot: () => ({ sums: [packFloats(average?.state() ?? [])] }),
    restore(state) {
      const sums = new Float64Array(average === undefined ? 0 : tree.entries);
      readSnapshot(state).columns("sums", [sums]);
      average?.restore(sums);
    },
  };
}

function smallTree<State extends Json>(game: Game<State>): GameTree | undefined {
  try {
    return gameTree(game, { most: MOST_STATES });
  } catch (error) {
    if (error instanceof ConfigError && error.field === "game") return undefined;
    throw error;
  }
}
