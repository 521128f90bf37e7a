import { judgedProfile } from "../games/judged-profile.js";
import type { Profile } from "../games/profile.js";
import type { GameTree } from "../games/tree.js";
import type { Policy } from "./policy.js";
import { probabilitiesOf } from "./probabilities.js";

/**
 * What a policy that was trained in `gameEnv` plays in each information set of the game, in both seats: for `nashConv`,
 * `exploitability` and `bestResponse` of `ascent/games`.
 *
 * @throws ConfigError if the policy is not one for this game
 */
export function profileOfPolicy(tree: GameTree, policy: Policy): Profile {
  return judgedProfile(tree, (observations, masks) => probabilitiesOf(policy, observations, masks));
}
