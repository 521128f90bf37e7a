/** Chapter 6: who gets the credit. */

import { allEpisodes, batchOf } from "../../estimators/episodes.js";
import { stepWeights } from "../../estimators/estimator.js";
import { estimatorNamed, reinforce, WHOLE } from "../../estimators/estimators.js";
import { gaeMoments } from "../../estimators/moments.js";
import { wholeEpisodeMoments } from "../../estimators/whole-episode.js";
import type { Claim, Evidence } from "../claim.js";
import { farthest, shortly } from "../differences.js";
import { exactMoments, settingNamed, untrainedCartPole } from "../named.js";

export function onlyLaterRewardsCount(toGo = estimatorNamed("weighted")): Evidence {
  const chain = settingNamed("chain");
  const off = farthest(exactMoments(toGo, chain, 1).mean, exactMoments(estimatorNamed("whole"), chain, 1).mean);
  const [onChain, onGrid] = ["chain", "grid"].map((name) => {
    const setting = settingNamed(name);
    const values = new Float64Array(setting.mdp.states);
    const { variance } = gaeMoments(setting, { lambda: 1, values, discountWeight: true });
    return wholeEpisodeMoments(setting).variance / variance;
  });
  return {
    passes: off < 1e-12 && onGrid > 5 && onChain < 0.75,
    measured: `same mean within ${shortly(off)}; variance whole / to go ${onGrid.toFixed(2)} on the grid, ${onChain.toFixed(2)} on chain`,
  };
}

export function wholeAndWhitenedIsNothing(
  normalise: "episode" | "batch" = "episode",
  spread = untrainedCartPole,
): Evidence {
  const chain = settingNamed("chain");
  const whitened = reinforce("whitened-whole", "G₀ whitened", { ...WHOLE, normalise });
  const weights = stepWeights(
    whitened,
    chain,
    batchOf(allEpisodes(chain)!.filter(({ actions }) => actions.length > 1)),
  );
  const most = weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0);
  const { whole: onCartPole, toGo } = spread();
  return {
    passes: most === 0 && onCartPole > 2 * toGo,
    measured: `largest advantage ${most}; on CartPole whole-episode returns have ${(onCartPole / toGo).toFixed(1)} times the variance`,
  };
}

export const credit: readonly Claim[] = [
  {
    number: 27,
    chapter: 6,
    says: "An action affects only later rewards: returns to go have the same mean and less variance.",
    verdict: "holds if",
    because: "the mean is the same, with γᵗ. The variance is usually less, but past rewards may cancel later ones",
    check: onlyLaterRewardsCount,
  },
  {
    number: 35,
    chapter: 6,
    says: "Exercise: switch to whole-episode returns and watch it get worse.",
    verdict: "does not hold",
    because: "whitened in the episode, equal returns leave exactly 0. Compared over batches, both learn CartPole",
    check: wholeAndWhitenedIsNothing,
  },
];
