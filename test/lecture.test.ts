/** Every claim is measured, and every measurement can fail: each check is given a subject that is broken on purpose. */

import ts from "typescript";
import { describe, expect, it } from "vitest";
import { statedMeasurements } from "../scripts/lecture-tables.mjs";
import type { CreditSpread } from "../src/estimators/cart-pole.js";
import { scoreOf } from "../src/estimators/dynamics.js";
import { estimatorNamed } from "../src/estimators/estimators.js";
import type { Evidence } from "../src/lecture/claim.js";
import { actionSpaces, anyActionSpace } from "../src/lecture/claims/action-spaces.js";
import { aBaselineCanRaiseVariance, centredTwice, theProofNeedsIndependence } from "../src/lecture/claims/baselines.js";
import {
  aRewardModelIsGamed,
  oneUpdateManyNames,
  otherWaysThanPpo,
  selfPlayCircles,
  theExerciseAsksForIt,
  whenNotToSample,
} from "../src/lecture/claims/beyond.js";
import { onlyLaterRewardsCount, wholeAndWhitenedIsNothing } from "../src/lecture/claims/credit.js";
import { oneStepErrorsAsAdvantages } from "../src/lecture/claims/critic.js";
import {
  aDetachedLogProbIsAnError,
  aLeakingBaseline,
  stackKeepsTheGraph,
  theSignDecides,
  wrongShapesAreErrors,
} from "../src/lecture/claims/debugging.js";
import { dynamicsDropOut } from "../src/lecture/claims/dynamics.js";
import {
  aValueBaselineMends,
  fourLearningRates,
  learnedBaseline,
  noiseGrowsWithLength,
  theBonusHasAUnit,
  theBonusTradesReturnForEntropy,
  theLectureCollapses,
} from "../src/lecture/claims/learning.js";
import { clippingIsNoTrustRegion, minIsTheObjective } from "../src/lecture/claims/ppo.js";
import {
  aTimeLimitIsNoDeath,
  entropyOfProbabilities,
  logitsNotProbabilities,
  minusAndSum,
  theLoopByHandLearns,
  whiteningPicksTheWrongAction,
} from "../src/lecture/claims/program.js";
import {
  digitsOfTheTable,
  policyIterationSolvesTheGrid,
  sizeOfTheNetwork,
  tablesAreTheLimit,
  whereChanceIsNeeded,
} from "../src/lecture/claims/tables.js";
import {
  allThatIsSampledIsPushedUp,
  eachLineOfTheDerivation,
  oneSmallStepRaisesJ,
  scoreTimesReturnIsTheGradient,
  weightedCrossEntropy,
} from "../src/lecture/claims/theorem.js";
import {
  anUntrainedPolicyOnCartPole,
  clippingCanReverse,
  everyActionGetsTheSameCredit,
  rareActionsDontExplode,
} from "../src/lecture/claims/variance.js";
import { claims } from "../src/lecture/claims.js";
import { derivation } from "../src/lecture/derivation.js";
import { farthest } from "../src/lecture/differences.js";
import { settingNamed, untrainedCartPole } from "../src/lecture/named.js";
import { blocksOf } from "../src/lecture/page/blocks.js";
import { widthOf } from "../src/lecture/page/inline.js";
import { typeset } from "../src/lecture/page/typeset.js";
import { QUALITY, REFERENCE, tuned } from "../src/lecture/preferences.js";
import { updates } from "../src/lecture/updates.js";
import { chapters } from "../src/node/lecture/chapters.js";
import { policyGradient } from "../src/tabular/gradient.js";
import { policyIteration } from "../src/tabular/plan.js";
import { selfPlay } from "../src/tabular/self-play.js";
import { clippedSurrogate, stack, type Tensor } from "../src/tensor/index.js";

const stated = statedMeasurements();

/** A gradient that climbs down. */
const descent: typeof policyGradient = (...given) => policyGradient(...given).map((slope) => -slope);
/** Stops before it has improved the uniform policy. */
const lazy: typeof policyIteration = (mdp, how) => {
  const found = policyIteration(mdp, how);
  return { ...found, values: found.values.map((value) => value - 1), greedy: found.greedy.map(() => 0) };
};
const withoutMinus = (gain: Tensor): Tensor => gain;
const creditedToGo = (): CreditSpread => {
  const found = untrainedCartPole();
  return { ...found, whole: found.toGo };
};

/** What is broken, the evidence of the check when it gets that, and what it has to have seen. */
type Fault = readonly [broken: string, check: () => Evidence, seen?: RegExp];

type NumberedFault = readonly [number: number, ...fault: Fault];

/** One for each claim, by its number. */
const faults: Readonly<Record<number, Fault>> = {
  1: ["values that are 1 too low", () => policyIterationSolvesTheGrid(lazy)],
  2: ["the lecture's 9,500 digits", () => digitsOfTheTable(() => 9500)],
  3: ["features without the column", () => tablesAreTheLimit((row) => [1, row])],
  4: ["an input for each cell", () => sizeOfTheNetwork((side) => [side, 4])],
  5: ["plans that move up everywhere", () => whereChanceIsNeeded(undefined, lazy)],
  6: ["a gradient that climbs down", () => oneSmallStepRaisesJ(descent)],
  7: ["the mean of the batch subtracted", () => scoreTimesReturnIsTheGradient(estimatorNamed("whole-episodes-mean"))],
  8: [
    "a score that counts the first action only",
    () =>
      dynamicsDropOut((setting, { actions, ...rest }) => scoreOf(setting, { ...rest, actions: actions.slice(0, 1) })),
  ],
  9: [
    "logits taken for log π",
    () => anyActionSpace([{ ...actionSpaces[0], logProb: (theta, action) => theta.slice(action, action + 1) }]),
  ],
  10: ["a baseline of 0", () => allThatIsSampledIsPushedUp(0)],
  11: ["labels without weights", () => weightedCrossEntropy(() => 1)],
  12: ["a loss without the minus", () => theLoopByHandLearns(withoutMinus)],
  13: ["the entropy of probabilities", () => logitsNotProbabilities(entropyOfProbabilities)],
  14: ["returns that are not whitened", () => whiteningPicksTheWrongAction(estimatorNamed("to-go"))],
  15: ["a mean over steps", () => minusAndSum(undefined, estimatorNamed("per-step"))],
  16: ["a limit taken for the end", () => aTimeLimitIsNoDeath(() => new Float64Array(1))],
  17: ["a tenth of the learning rate", () => theLectureCollapses(1e-3)],
  18: ["no baseline", () => aValueBaselineMends("none")],
  19: [
    "a line that forgets the rewards",
    () =>
      eachLineOfTheDerivation((setting) =>
        derivation(setting).map((line, i) => (i === 3 ? { ...line, value: line.value.map(() => 0) } : line)),
      ),
  ],
  20: [
    "returns whitened in the episode",
    () => anUntrainedPolicyOnCartPole(untrainedCartPole, estimatorNamed("whitened-episode")),
    /returns 100 and −50: ratio -1$/,
  ],
  21: ["1/π in place of the slope in logits", () => rareActionsDontExplode((pi, action) => 1 / pi[action])],
  22: ["no limit", () => clippingCanReverse(10)],
  23: ["returns to go", () => everyActionGetsTheSameCredit((toGo) => toGo)],
  24: ["no mean", () => centredTwice(estimatorNamed("to-go"))],
  25: [
    "a baseline of the state that has seen the batch",
    () => theProofNeedsIndependence(undefined, estimatorNamed("fitted-value")),
  ],
  26: ["V taken for the optimum", () => aBaselineCanRaiseVariance(({ values }) => values[0])],
  27: ["no γᵗ", () => onlyLaterRewardsCount(estimatorNamed("to-go"))],
  28: ["the entropy of probabilities", () => theBonusHasAUnit(entropyOfProbabilities)],
  29: ["a critic's error that does no harm", () => oneStepErrorsAsAdvantages(({ field }) => field.map(() => 0))],
  30: [
    "no clipping",
    () => minIsTheObjective((logProbs, old, advantages) => clippedSurrogate(logProbs, old, advantages, 1000)),
  ],
  31: [
    "steps that end where the ratio leaves the clip range",
    () => clippingIsNoTrustRegion((slope, rate) => slope.map((value) => Math.sign(value) * Math.min(rate * 0.5, 0.2))),
    /KL 0\.001, 0\.020, 0\.020 nats/,
  ],
  32: [
    "no penalty",
    () => aRewardModelIsGamed((rewards, _, steps) => tuned(rewards, 0, steps)),
    /^quality 0\.\d+ before, 0\.00 without KL \(score 2\.00\), 0\.00 with β/,
  ],
  33: ["the reference taken for the optimum", () => otherWaysThanPpo(() => REFERENCE)],
  34: ["values that are 1 too low", () => whenNotToSample(lazy)],
  35: ["normalised over the batch", () => wholeAndWhitenedIsNothing("batch")],
  36: ["no baseline", () => learnedBaseline("none")],
  37: ["a bonus that is not felt", () => theBonusTradesReturnForEntropy(() => Float64Array.of(1, 0, 0))],
  38: ["credit for each step alone", () => noiseGrowsWithLength(estimatorNamed("td"))],
  39: ["one rate four times", () => fourLearningRates([1e-3, 1e-3, 1e-3, 1e-3])],
  40: ["an option that does not exist", () => oneUpdateManyNames(1, [{ ...updates[0], options: ["momentum"] }])],
  41: ["a product that broadcasts", () => wrongShapesAreErrors((a) => a)],
  42: ["the right sign", () => theSignDecides((gain) => gain.neg())],
  43: ["a backward() that says nothing", () => aDetachedLogProbIsAnError(() => {})],
  44: ["a baseline that leaks", () => aLeakingBaseline((value) => value)],
  45: ["a stack that cuts the graph", () => stackKeepsTheGraph((parts) => stack(parts).detach())],
  46: [
    "damped from the start",
    () => selfPlayCircles((payoff, options) => selfPlay(payoff, { ...options, entropyBonus: 0.2 })),
  ],
  47: ["no exercise", () => theExerciseAsksForIt([])],
};

/** The other halves of claims that have two. */
const moreFaults: readonly NumberedFault[] = [
  [
    20,
    "credit for later rewards only",
    () => anUntrainedPolicyOnCartPole(creditedToGo),
    /variance (\d+) whole, \1 to go/,
  ],
  [
    31,
    "a surrogate that is not clipped",
    () => clippingIsNoTrustRegion(undefined, (now, old, A) => clippedSurrogate(now, old, A, 1e6)),
    /slope beyond it [1-9]e-\d$/,
  ],
  [32, "a reward model that is right", () => aRewardModelIsGamed(tuned, QUALITY), /1\.00 without KL \(score 1\.00\)/],
];

describe("the claims", () => {
  it("are numbered from 1 to 47 without a gap", () => {
    expect(claims.map(({ number }) => number)).toEqual(Array.from({ length: 47 }, (_, i) => i + 1));
  });

  it.each(claims)("$number: $says", ({ number, check }) => {
    const { passes, measured } = check();
    expect(passes, measured).toBe(true);
    expect(stated.get(number), "npm run pages").toBe(measured);
  });

  const numbered = Object.entries(faults).map(([number, fault]): NumberedFault => [Number(number), ...fault]);
  const planted = [...numbered, ...moreFaults].map(([number, broken, check, seen = /./]) => ({
    number,
    broken,
    check,
    seen,
  }));
  it.each(planted)("the check of $number fails with $broken", ({ check, seen }) => {
    const { passes, measured } = check();
    expect(passes).toBe(false);
    expect(measured).toMatch(seen);
  });

  it("are each seen to fail", () => {
    expect(Object.keys(faults).map(Number)).toEqual(claims.map(({ number }) => number));
  });
});

describe("the derivation", () => {
  it.each(["bandit", "one-step", "two-step", "chain", "refund"])("has six lines of one value on %s", (name) => {
    const values = derivation(settingNamed(name)).map(({ value }) => value);
    expect(values).toHaveLength(6);
    for (const value of values) expect(farthest(value, values[0])).toBeLessThan(1e-9);
  });

  it("needs a world whose episodes can be listed", () => {
    expect(() => derivation(settingNamed("loop"))).toThrow("setting.world");
  });
});

describe("the chapters", () => {
  const all = chapters();
  const plain = (text: string): string => text;
  const how = { columns: 80, answers: true, heading: plain, strong: plain, code: plain, faint: plain };

  it.each(all)("$number, $title, fits into 80 columns of a terminal and has no TeX left", ({ page }) => {
    const lines = blocksOf(page).flatMap((block) => typeset(block, how));
    expect(lines.filter((line) => widthOf(line) > 80)).toEqual([]);
    const prose = lines.filter((line) => !line.startsWith("│"));
    expect(prose.filter((line) => /\\[a-z]|\$\S/.test(line))).toEqual([]);
  });

  it.each(all)("$number, $title, has programs that run without a compiler: no types", ({ page }) => {
    const cells = blocksOf(page).flatMap((block) => (block.kind === "cell" ? [block.code] : []));
    expect(cells.length).toBeGreaterThan(0);
    const typed = cells.filter((code) => {
      let found = false;
      const visit = (node: ts.Node): void => {
        found ||= ts.isTypeNode(node);
        ts.forEachChild(node, visit);
      };
      visit(ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ES2023, true));
      return found;
    });
    expect(typed).toEqual([]);
  });

  it("treat all claims", () => {
    const numbers = new Set(all.map(({ number }) => number));
    expect(claims.filter(({ chapter }) => !numbers.has(chapter))).toEqual([]);
  });
});
