import { bySeverity, type Finding } from "../finding.js";
import { entropyGone, entropyGrowing, entropyStuck } from "./entropy-findings.js";
import { mostlyCut } from "./episode-findings.js";
import { erasedAdvantages, exploding, noGradient, someWithoutGradient, vanishing } from "./gradient-findings.js";
import { bestIsPast, collapsed, equalReturns } from "./progress-findings.js";
import { type RunFacts, RunFigures } from "./run-figures.js";
import { clipFractionLarge, klLarge, klSmall, learningRateOff, ratioNotOne } from "./step-findings.js";
import { rewardsUnscaled, valuesNotLearned } from "./value-findings.js";

/** All findings about a log. The first ones are the likelier causes of the others. */
const CHECKS: readonly ((run: RunFigures) => Finding | undefined)[] = [
  noGradient,
  equalReturns,
  ratioNotOne,
  collapsed,
  exploding,
  klLarge,
  clipFractionLarge,
  learningRateOff,
  klSmall,
  rewardsUnscaled,
  valuesNotLearned,
  someWithoutGradient,
  vanishing,
  entropyStuck,
  entropyGone,
  entropyGrowing,
  mostlyCut,
  bestIsPast,
  erasedAdvantages,
];

/**
 * What is wrong with a run, from its log alone, the gravest findings first. A healthy run gives an empty list or a note.
 * It reads the updates once, and plays nothing; `examine` plays the policy.
 *
 *     const run = train({ algorithm: "ppo", env: "CartPole-v1" });
 *     const updates = [...run];
 *     diagnose({ config: run.config, updates, actionSpace: run.policy.actionSpace, rewardThreshold: run.rewardThreshold });
 */
export function diagnose(facts: RunFacts): Finding[] {
  return findingsOf(new RunFigures(facts));
}

/** The same, for figures that were gathered while the run trained. */
export function findingsOf(run: RunFigures): Finding[] {
  if (run.updates === 0) return [];
  return bySeverity(CHECKS.flatMap((check) => check(run) ?? []));
}
