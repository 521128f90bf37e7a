/** The dynamics drop out: an experiment that can fail. */

import { chain } from "../../estimators/chain.js";
import { sameScores, scoreGap, scoreOf, watchedChain } from "../../estimators/dynamics.js";
import { allEpisodes } from "../../estimators/episodes.js";
import { settingOf } from "../../estimators/setting.js";
import type { Evidence } from "../claim.js";
import { shortly } from "../differences.js";

/**
 * On the chain, the score of every episode is the slope of log P(τ), and it has the same bits if "go on" succeeds less often.
 * In a world that reacts to the policy, where the chance to succeed follows π(go on), it is not: the check has to see that.
 */
export function dynamicsDropOut(score: typeof scoreOf = scoreOf): Evidence {
  const setting = settingOf(chain());
  const episodes = allEpisodes(setting)!;
  const fixed = scoreGap(() => chain(), setting, episodes, score);
  const reacting = scoreGap(watchedChain, setting, episodes, score);
  const sameBits = sameScores(setting, settingOf(chain(0.5)), episodes, score) === episodes.length;
  return {
    passes: fixed < 1e-9 && reacting > 0.1 && sameBits,
    measured: `score − ∇log P(τ): ${shortly(fixed)}; in a world that reacts to the policy ${reacting.toFixed(2)}, as it must be`,
  };
}
