/** The dynamics drop out: an experiment that can fail. */

import { allEpisodes } from "../../estimators/episodes.js";
import { log } from "../../kernels/maths.js";
import { softmaxPolicy } from "../../tabular/policies.js";
import { type Trajectory, trajectories } from "../../tabular/trajectories.js";
import type { Evidence } from "../claim.js";
import { farthest, shortly, slopesOf } from "../differences.js";
import { settingNamed } from "../named.js";
import { chainWith } from "../other-worlds.js";
import { scoreOf } from "../score.js";

/**
 * On the chain, the score of every episode is the slope of log P(τ), and it has the same bits if "go on" succeeds less often.
 * In a world that reacts to the policy, where the chance to succeed follows π(go on), it is not: the check has to see that.
 */
export function dynamicsDropOut(score: typeof scoreOf = scoreOf): Evidence {
  const setting = settingNamed("chain");
  const { policy, mdp, parameters } = setting;
  const { actions } = mdp;
  const success = 0.75;
  const atHome = policy[0];
  const offIn = (successAt: (goOn: number) => number): number => {
    const episodesAt = (logits: Float64Array): Trajectory[] => {
      const pi = softmaxPolicy(mdp, logits);
      return [...trajectories(chainWith(successAt(pi[0])), pi, { maxSteps: 32 })];
    };
    const slopes = slopesOf(
      (logits) => episodesAt(logits).map(({ probability }) => log(probability)),
      parameters.logits,
    );
    return episodesAt(parameters.logits).reduce(
      (most, episode, i) => Math.max(most, farthest(slopes[i], score(episode, policy, actions))),
      0,
    );
  };
  const fixed = offIn(() => success);
  const reacting = offIn((goOn) => success + 0.5 * (goOn - atHome));
  const here = allEpisodes(setting)!;
  const there = [...trajectories(chainWith(0.5), policy, { maxSteps: 32 })];
  const sameBits = here.every((episode, i) =>
    score(episode, policy, actions).every((slope, k) => slope === score(there[i], policy, actions)[k]),
  );
  return {
    passes: fixed < 1e-9 && reacting > 0.1 && sameBits,
    measured: `score − ∇log P(τ): ${shortly(fixed)}; in a world that reacts to the policy ${reacting.toFixed(2)}, as it must be`,
  };
}
