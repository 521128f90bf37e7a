/** Chapter 7: learning rates, collapse and entropy. The runs on many seeds are in `bench/learn` and `bench/lecture`. */

import { categorical } from "../../distributions/index.js";
import { estimatorNamed } from "../../estimators/estimators.js";
import { policyFor } from "../../estimators/parametrisation.js";
import { settingOf } from "../../estimators/setting.js";
import { norm } from "../../estimators/square.js";
import { repeatedBandit } from "../../estimators/worlds.js";
import { softmax } from "../../tabular/policies.js";
import { parameter, type Tensor, tensor } from "../../tensor/index.js";
import type { Claim, Evidence } from "../claim.js";
import { farthest, shortly } from "../differences.js";
import { exactMoments } from "../named.js";
import { ascended, meanUnder, regularisedOptimum } from "../preferences.js";
import { type ShortRun, shortRun } from "../short-run.js";
import { entropyOfProbabilities } from "./program.js";

/** The lecture to the letter, but for its learning rate of 0.01. */
const literalRun = (learningRate: number): ShortRun =>
  shortRun({ preset: "lecture", episodes: 80, options: { learningRate } });

const valueRun = (baseline: "value" | "none"): ShortRun =>
  shortRun({ preset: "default", episodes: 70, options: { baseline } });

export function theLectureCollapses(learningRate = 0.01): Evidence {
  const { last20, best20, entropy } = literalRun(learningRate);
  return {
    passes: last20 < 12 && best20 < 15 && entropy < 0.01,
    measured: `seed 0 after 80 episodes: mean ${last20.toFixed(1)} steps, best 20 in a row ${best20.toFixed(1)}, entropy ${entropy.toFixed(3)}`,
  };
}

export function aValueBaselineMends(baseline: "value" | "none" = "value"): Evidence {
  const literal = literalRun(0.01);
  const mended = valueRun(baseline);
  return {
    passes: literal.last20 < 12 && mended.last20 > 100,
    measured: `seed 0: mean ${literal.last20.toFixed(1)} at episode 80 to the letter, ${mended.last20.toFixed(1)} at episode 70 with V and a limit`,
  };
}

export function theBonusHasAUnit(entropyOf = (logits: Tensor) => categorical(logits).entropy()): Evidence {
  const certain = entropyOf(tensor([0, -200])).item();
  const slope = (reduce: (entropies: Tensor) => Tensor): number => {
    const logits = parameter(tensor([0.5, 0, 0.5, 0, 0.5, 0, 0.5, 0], [4, 2]));
    reduce(categorical(logits).entropy()).backward();
    return logits.grad!.toArray()[0];
  };
  const ratio = slope((entropies) => entropies.sum()) / slope((entropies) => entropies.mean());
  return {
    passes:
      certain === 0 && Number.isNaN(entropyOfProbabilities(tensor([0, -200])).item()) && Math.abs(ratio - 4) < 1e-6,
    measured: `0·log 0 counts as ${certain}; over 4 steps the sum weighs ${ratio.toFixed(0)} times the mean`,
  };
}

export function learnedBaseline(baseline: "value" | "none" = "value"): Evidence {
  const [without, withV] = (["none", baseline] as const).map((chosen) => valueRun(chosen).last20);
  return {
    passes: withV > 1.5 * without,
    measured: `seed 0 at episode 70: ${without.toFixed(0)} steps without a baseline, ${withV.toFixed(0)} with a learned V`,
  };
}

const REWARDS = [1, 0.5, 0];
const BONUSES = [0.05, 0.2, 1, 10];

/** Without any preference, KL(π ‖ π_ref) is minus the entropy, but for a constant. */
const UNDECIDED = softmax(REWARDS.map(() => 0));

/** Ascends E[r] + β H exactly, in logits. */
function withBonus(beta: number): Float64Array {
  return ascended(REWARDS, { beta, steps: 4000, rate: 0.5 / Math.max(beta, 0.2) }, UNDECIDED);
}

export function theBonusTradesReturnForEntropy(ascend = withBonus): Evidence {
  const found = BONUSES.map((beta) => {
    const pi = ascend(beta);
    return {
      off: farthest(pi, regularisedOptimum(REWARDS, beta, UNDECIDED)),
      paid: meanUnder(pi, REWARDS),
    };
  });
  const off = found.reduce((most, one) => Math.max(most, one.off), 0);
  const falls = found.every(({ paid }, i) => i === 0 || paid < found[i - 1].paid);
  return {
    passes: off < 1e-3 && falls,
    measured: `β ${BONUSES.join(", ")} per nat: return ${found.map(({ paid }) => paid.toFixed(2)).join(", ")}; π = softmax(r/β) within ${shortly(off)}`,
  };
}

export function noiseGrowsWithLength(estimator = estimatorNamed("whole")): Evidence {
  const needed = [1, 2, 4].map((steps) => {
    const world = repeatedBandit({ steps, offset: 0, signal: 1, noise: 1 });
    const { mean, variance } = exactMoments(estimator, settingOf(world, policyFor(world, "shared")), 1);
    // Per step, as the same lesson is learned once a step.
    return variance / (norm(mean) / steps) ** 2 / steps;
  });
  return {
    passes: needed[1] > 1.5 * needed[0] && needed[2] > 1.5 * needed[1],
    measured: `variance over signal² of 1, 2, 4 steps: ${needed.map((one) => one.toFixed(1)).join(", ")}`,
  };
}

export function fourLearningRates(rates: readonly number[] = [1e-4, 1e-3, 1e-2, 1e-1]): Evidence {
  const found = rates.map((learningRate) => literalRun(learningRate));
  const [slow, learns, collapses, atOnce] = found;
  return {
    passes:
      slow.entropy > 0.69 &&
      learns.last20 > 1.3 * slow.last20 &&
      collapses.entropy < 0.01 &&
      atOnce.entropy < 0.01 &&
      collapses.last20 < 12 &&
      atOnce.last20 < 12,
    measured: `${rates.map(String).join(", ")}: ${found.map(({ last20 }) => last20.toFixed(0)).join(", ")} steps at episode 80 of seed 0`,
  };
}

export const learning: readonly Claim[] = [
  {
    number: 17,
    chapter: 7,
    says: "Learning rate 0.01 without clipping: 20–30 at episode 50, 100–200 at 200, 300–475 at 500.",
    verdict: "does not hold",
    because: "to the letter, 16 of 20 seeds collapse to 9.4 steps and stay there (bench/learn)",
    check: theLectureCollapses,
  },
  {
    number: 18,
    chapter: 7,
    says: "REINFORCE climbs, collapses and recovers; a value baseline is the usual fix.",
    verdict: "holds",
    because: "with V and a gradient limit 20 of 20 seeds are solved (bench/learn). Without them few recover",
    check: aValueBaselineMends,
  },
  {
    number: 28,
    chapter: 7,
    says: "Add an entropy bonus −Σ π log π with weight 0.01.",
    verdict: "holds if",
    because:
      "0·log 0 counts as 0, and bonus and gain are both summed over steps or both averaged: a sum weighs T times the mean",
    check: theBonusHasAUnit,
  },
  {
    number: 36,
    chapter: 7,
    says: "Exercise: a learned baseline helps.",
    verdict: "holds",
    because: "on all 20 seeds (bench/learn)",
    check: learnedBaseline,
  },
  {
    number: 37,
    chapter: 7,
    says: "Exercise: an entropy bonus keeps exploration alive.",
    verdict: "holds",
    because: "and costs return: for one state the optimum is softmax(r/β)",
    check: theBonusTradesReturnForEntropy,
  },
  {
    number: 38,
    chapter: 7,
    says: "Exercise: on Acrobot and LunarLander variance bites.",
    verdict: "holds",
    because: "noise grows with the episode; ten seeds end far apart (bench/lecture)",
    check: noiseGrowsWithLength,
  },
  {
    number: 39,
    chapter: 7,
    says: "Exercise: of the learning rates 1e-4 to 1e-1, some diverge and some are slow.",
    verdict: "holds",
    because: "1e-4 is slow, 1e-3 learns, 1e-2 is unstable, 1e-1 collapses at once (bench/lecture)",
    check: fourLearningRates,
  },
];
