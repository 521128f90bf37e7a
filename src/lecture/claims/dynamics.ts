/** The dynamics drop out: an experiment that can fail. */

import { chain } from "../../estimators/chain.js";
import { logProbabilitySlope, type Rules, scoreOf, watchedChain } from "../../estimators/dynamics.js";
import { allEpisodes } from "../../estimators/episodes.js";
import { settingOf } from "../../estimators/setting.js";
import type { Evidence } from "../claim.js";
import { farthest, shortly } from "../differences.js";

/**
 * On the chain, the score of every episode is the slope of log P(τ), and it has the same bits if "go on" succeeds less often.
 * In a world that reacts to the policy, where the chance to succeed follows π(go on), it is not: the check has to see that.
 */
export function dynamicsDropOut(score: typeof scoreOf = scoreOf): Evidence {
  const setting = settingOf(chain());
  const slippery = settingOf(chain(0.5));
  const episodes = allEpisodes(setting)!;
  const offIn = (rules: Rules): number => {
    const offs = episodes.map((episode) =>
      farthest(logProbabilitySlope(rules, setting.world.logits, episode), score(setting, episode)),
    );
    return offs.reduce((most, off) => Math.max(most, off));
  };
  const fixed = offIn(() => chain());
  const reacting = offIn(watchedChain);
  const sameBits = episodes.every((episode) => {
    const there = score(slippery, episode);
    return score(setting, episode).every((slope, k) => Object.is(slope, there[k]));
  });
  return {
    passes: fixed < 1e-9 && reacting > 0.1 && sameBits,
    measured: `score − ∇log P(τ): ${shortly(fixed)}; in a world that reacts to the policy ${reacting.toFixed(2)}, as it must be`,
  };
}
