/**
 * Learning a game in self-play with exact gradients. Both players have softmax strategies, π = softmax(θ) in each
 * information set, and change them at the same time by one rule. So what a rule does is seen without the noise of
 * sampled games and without a network.
 */

import { exp, log } from "../kernels/maths.js";
import { Average } from "./average.js";
import { nashConv } from "./best-response.js";
import { counterfactuals } from "./counterfactual.js";
import { ownReach, type Profile, uniformProfile } from "./profile.js";
import type { GameTree } from "./tree.js";

/** What a rule sees of an information set. */
export interface Situation {
  /** Steps taken so far. */
  readonly step: number;
  /** π(a|s), and ln π(a|s). */
  readonly policy: Float64Array;
  readonly logPolicy: Float64Array;
  /** R(s) · q(s, a), with R(s) the probability that chance and the other player lead here. */
  readonly values: Float64Array;
  readonly reach: number;
  /** The probability with which the player's own moves lead here. */
  readonly ownReach: number;
  /** ρ(a|s) as ln ρ: the strategy that the rule is drawn to. */
  readonly logMagnet: Float64Array;
}

/** A rule of learning. */
export interface LearningRule {
  /** The new logits of an information set. */
  logits(situation: Situation): ArrayLike<number>;
  /** What a nat of entropy is worth at every decision, where the rule ascends a return with a bonus for it. */
  readonly entropyBonus?: number;
  /** The number of steps after which the magnet becomes the present strategy. Default: it stays uniform. */
  readonly magnetSteps?: number;
}

/** The state of learning after `step` steps. */
export interface LearningStep {
  readonly step: number;
  readonly profile: Profile;
  /** The average of the profiles up to this one, the first included. */
  readonly average: Profile;
  /** NashConv of both, computed when it is read. */
  readonly nashConv: number;
  readonly averageNashConv: number;
}

/** Yields the uniform profile as step 0, then one step after another without end; the caller decides when to stop. */
export function* learnGame(tree: GameTree, rule: LearningRule): Generator<LearningStep, never> {
  const { sets, entries } = tree;
  const average = new Average(tree);
  const logits = new Float64Array(entries);
  let profile = uniformProfile(tree);
  let magnet = logProfile(tree, logits);
  for (let step = 0; ; step++) {
    const logPolicy = logProfile(tree, logits);
    profile = logPolicy.map(exp);
    if (rule.magnetSteps !== undefined && step > 0 && step % rule.magnetSteps === 0) magnet = logPolicy;
    average.add(profile);
    yield learningStep(tree, step, profile, average.profile());
    const own = ownReach(tree, profile);
    const { entropyBonus = 0 } = rule;
    const bonus =
      entropyBonus === 0 ? undefined : (set: number): number => entropyBonus * entropyIn(tree, logPolicy, set);
    const earned = ([0, 1] as const).map((seat) => counterfactuals(tree, profile, seat, bonus));
    sets.forEach(({ seat, offset, moves }, number) => {
      const part = (all: Float64Array): Float64Array => all.subarray(offset, offset + moves.length);
      const situation = {
        step,
        policy: part(profile),
        logPolicy: part(logPolicy),
        values: part(earned[seat].values),
        reach: earned[seat].reach[number],
        ownReach: own[number],
        logMagnet: part(magnet),
      };
      logits.set(Array.from(rule.logits(situation)), offset);
    });
  }
}

function learningStep(tree: GameTree, step: number, profile: Profile, average: Profile): LearningStep {
  return {
    step,
    profile,
    average,
    get nashConv() {
      return nashConv(tree, profile);
    },
    get averageNashConv() {
      return nashConv(tree, average);
    },
  };
}

/** ln π of all information sets. */
function logProfile({ sets, entries }: GameTree, logits: Float64Array): Float64Array {
  const result = new Float64Array(entries);
  for (const { offset, moves } of sets) {
    const end = offset + moves.length;
    let most = -Infinity;
    for (let entry = offset; entry < end; entry++) most = Math.max(most, logits[entry]);
    let sum = 0;
    for (let entry = offset; entry < end; entry++) sum += exp(logits[entry] - most);
    const total = most + log(sum);
    for (let entry = offset; entry < end; entry++) result[entry] = logits[entry] - total;
  }
  return result;
}

function entropyIn({ sets }: GameTree, logPolicy: Float64Array, set: number): number {
  const { offset, moves } = sets[set];
  return entropyOf(logPolicy.subarray(offset, offset + moves.length));
}

/** H = −Σ π ln π. A probability that underflows to 0 adds nothing. */
function entropyOf(logPolicy: Float64Array): number {
  return logPolicy.reduce((sum, value) => sum - exp(value) * value, 0);
}

/**
 * The policy gradient of the return, with a bonus of τ for each nat of entropy if it is given:
 *
 *   θ ← θ + η r(s) π (v − ⟨π, v⟩ − τ R(s) (ln π + H))
 *
 * v are counterfactual values and r(s) the reach of the player's own moves.
 */
export function policyGradientRule(
  learningRate: number,
  { entropyBonus = 0 }: { entropyBonus?: number } = {},
): LearningRule {
  return {
    entropyBonus,
    logits({ policy, logPolicy, values, reach, ownReach: own }) {
      const mean = policy.reduce((sum, p, a) => sum + p * values[a], 0);
      const H = entropyOf(logPolicy);
      return logPolicy.map((value, a) => {
        const slope = values[a] - mean - (entropyBonus === 0 ? 0 : entropyBonus * reach * (value + H));
        return value + learningRate * own * policy[a] * slope;
      });
    },
  };
}

/**
 * Neural replicator dynamics (Hennes et al. 2020, arXiv:1906.00190) on counterfactual values: the gradient of the logit
 * in place of that of ln π, so without π in front.
 *
 *   θ ← θ + η (v − ⟨π, v⟩)
 */
export function neurdRule(learningRate: number): LearningRule {
  return {
    logits({ policy, logPolicy, values }) {
      const mean = policy.reduce((sum, p, a) => sum + p * values[a], 0);
      return logPolicy.map((value, a) => value + learningRate * (values[a] - mean));
    },
  };
}

/**
 * Magnetic mirror descent on action values (Sokota et al. 2023, arXiv:2206.05825), with a temperature τ that may depend
 * on the step:
 *
 *   θ ← (ln π + η q + η τ ln ρ) / (1 + η τ)
 *
 * The magnet ρ is uniform, or with `magnetSteps` the strategy of so many steps before. A magnet that moves takes the bias
 * away that a fixed one leaves, as in R-NaD (Perolat et al. 2022, arXiv:2206.15378).
 */
export function magnetRule(
  learningRate: number,
  temperature: number | ((step: number) => number),
  { magnetSteps }: { magnetSteps?: number } = {},
): LearningRule {
  const tau = typeof temperature === "number" ? (): number => temperature : temperature;
  return {
    ...(magnetSteps !== undefined && { magnetSteps }),
    logits({ step, logPolicy, values, reach, logMagnet }) {
      const pull = learningRate * tau(step);
      // A set that the other player never leads to has no values; there the magnet pulls alone.
      const scale = reach > 0 ? learningRate / reach : 0;
      return logPolicy.map((value, a) => (value + scale * values[a] + pull * logMagnet[a]) / (1 + pull));
    },
  };
}
