/** Chapter 8: a critic. */

import { estimatorNamed } from "../../estimators/estimators.js";
import { criticBias } from "../../estimators/gae-theory.js";
import { gaeMoments } from "../../estimators/moments.js";
import { norm } from "../../estimators/square.js";
import { gae } from "../../rollout/returns.js";
import type { Claim, Evidence } from "../claim.js";
import { farthest, shortly } from "../differences.js";
import { exactMoments, settingNamed } from "../named.js";
import { oneEpisode } from "../one-episode.js";

export function oneStepErrorsAsAdvantages(biasOf = criticBias, advantages = gae): Evidence {
  const chain = settingNamed("chain");
  const exact = farthest(exactMoments(estimatorNamed("td"), chain, 1).mean, chain.field);
  const wrong = exactMoments(estimatorNamed("td-wrong"), chain, 1).mean.map((slope, k) => slope - chain.field[k]);
  const error = chain.wrongValues.map((value, s) => value - chain.values[s]);
  const off = farthest(wrong, biasOf(chain, error, 0));
  const loop = settingNamed("loop");
  const [td, middle] = [0, 0.4].map(
    (lambda) => gaeMoments(loop, { lambda, values: loop.values, discountWeight: false }).variance,
  );
  // What the end of an episode is worth: nothing may follow it.
  const segments = oneEpisode(1);
  const [last] = advantages(Float64Array.of(1), [0.5], segments, { gamma: 0.9, lambda: 0, finalValues: [0] });
  return {
    passes: exact < 1e-12 && norm(wrong) > 0.05 && off < 1e-12 && middle < td && last === 0.5,
    measured: `bias ${shortly(exact)} with V, ${norm(wrong).toFixed(3)} with V + e (formula within ${shortly(off)}); variance on loop ${td.toFixed(2)}, ${middle.toFixed(2)} with λ = 0.4`,
  };
}

export const critic: readonly Claim[] = [
  {
    number: 29,
    chapter: 8,
    says: "Actor-critic: A = r + γV(s′) − V(s) has the same gradient and lower variance.",
    verdict: "holds if",
    because:
      "V is exact, and 0 after a terminal state. A wrong V biases it, and λ = 0 need not be the least noisy choice",
    check: oneStepErrorsAsAdvantages,
  },
];
