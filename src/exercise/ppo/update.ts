/** Tests of an update: one pass in minibatches, and passes over all steps at once. */

import { defaultRng } from "../../random/index.js";
import { type Tensor, tensor } from "../../tensor/index.js";
import { compare, type Suspects } from "../compare.js";
import type { Evidence, Test } from "../exercise.js";
import { rightJudgement } from "../gae/update.js";
import type { MistakeName } from "../mistakes.js";
import { type Descent, descend, lastChange, type Step, updateTests } from "../moves.js";
import { type Learner, rightLogProbs, rightValues } from "../small-networks.js";
import { scaledSteps, someSteps } from "../steps.js";
import type { PpoAnswer, RecordedSteps, Settings } from "./answer.js";
import { rightPolicyLoss } from "./policy-loss.js";

type UpdateAnswer = Pick<PpoAnswer, "update">;
type Rows = readonly number[];

const LIMIT = 0.5;
const NEEDS = ["ratios", "policyLoss", "minibatches"];
const ALL: Rows = someSteps.rewards.map((_, row) => row);
/** All steps are one minibatch, so that their order says nothing. */
const WHOLE: Settings = { gamma: 0.9, lambda: 0.8, clip: 0.2, epochs: 3, minibatchSize: ALL.length };
/** The policy that took these steps was another one, so that some ratios are far from 1. */
const OLD_LOG_PROBS = [-0.9, -0.7, -0.3, -1.1, -0.75];

/** How an update differs from the right one. */
interface Odd extends Partial<Descent> {
  /** The log-probabilities of the old policy, from those of now. */
  readonly old?: (now: Tensor) => Tensor;
  readonly sign?: number;
  readonly epochs?: number;
  readonly normalised?: boolean;
  readonly judgedAgain?: boolean;
  /** Whether a minibatch takes the advantages at the start of the list. */
  readonly misaligned?: boolean;
}

type OddUpdate = readonly [mistake: MistakeName, odd: Odd];

const MISALIGNED: OddUpdate = ["rows-misaligned", { misaligned: true }];
const MISTAKES: readonly OddUpdate[] = [
  ["no-step", { epochs: 0 }],
  ["one-epoch", { epochs: 1 }],
  ["old-log-probs-recomputed", { old: (now) => now.detach() }],
  ["wrong-sign", { sign: -1 }],
  ["missing-zero-grad", { adds: true }],
  ["unclipped", { limit: Number.MAX_VALUE }],
  ["critic-not-moved", { moves: ["policy"] }],
  ["policy-not-moved", { moves: ["critic"] }],
  ["advantages-not-normalised", { normalised: false }],
  ["advantages-judged-again", { judgedAgain: true }],
];

/** Passes over these minibatches, one step of gradient descent for each. */
function passes(
  learner: Learner,
  steps: RecordedSteps,
  settings: Settings,
  minibatches: readonly Rows[],
  odd: Odd,
): void {
  const { old, sign = 1, epochs = settings.epochs, normalised = true, judgedAgain, misaligned, ...descent } = odd;
  let judgement = rightJudgement(learner, steps, settings);
  for (let epoch = 0; epoch < epochs; epoch++) {
    if (judgedAgain) judgement = rightJudgement(learner, steps, settings);
    const advantages = normalised ? judgement.normalised : judgement.raw;
    for (const rows of minibatches) {
      const pick = <T>(list: readonly T[]): T[] => rows.map((row) => list[row]);
      const observations = pick(steps.observations);
      const now = rightLogProbs(learner.policy, { observations, actions: pick(steps.actions) });
      const ratios = now.sub(old?.(now) ?? tensor(pick(steps.logProbs))).exp();
      const theirs = misaligned ? advantages.slice(0, rows.length) : pick(advantages);
      const errors = rightValues(learner.critic, observations).sub(tensor(pick(judgement.targets)));
      const loss = rightPolicyLoss(ratios, theirs, settings.clip).mul(sign).add(errors.square().mean());
      descend(learner, loss, { limit: LIMIT, ...descent });
    }
  }
}

const wholeTests = updateTests<UpdateAnswer>(
  {
    // These say nothing before the test in minibatches passes.
    needs: [...NEEDS, "update"],
    wants: "three passes over five steps, with the old log-probabilities as they were stored",
    limit: LIMIT,
  },
  ({ update }, { scale }) => {
    const steps: RecordedSteps = { ...scaledSteps(someSteps, scale), logProbs: OLD_LOG_PROBS };
    const by =
      (odd: Odd): Step =>
      (learner) =>
        passes(learner, steps, WHOLE, [ALL], odd);
    return {
      answer: (learner) => update(learner, steps, WHOLE, defaultRng(1)),
      right: by({}),
      wrong: MISTAKES.map(([mistake, odd]) => [mistake, by(odd)] as const),
    };
  },
);

/** One pass in minibatches of four and of one, which five orders tell apart: any of them is right. */
function tryMinibatches({ update }: UpdateAnswer): Evidence {
  const steps: RecordedSteps = { ...someSteps, logProbs: OLD_LOG_PROBS };
  const settings = { ...WHOLE, epochs: 1, minibatchSize: ALL.length - 1 };
  const changes = (orders: readonly Rows[], odd: Odd): number[][] =>
    orders.map((order) => {
      const minibatches = [order.slice(0, -1), order.slice(-1)];
      return lastChange((learner) => passes(learner, steps, settings, minibatches, odd), 1);
    });
  const orders = ALL.map((alone) => [...ALL.filter((row) => row !== alone), alone]);
  const got = lastChange((learner) => update(learner, steps, settings, defaultRng(1)), 1);
  const call = "the weights' change in one pass, in minibatches of 4 and 1,";
  const right = changes(orders, {});
  if (right.some((want) => compare(call, got, want) === undefined)) return {};
  const suspects = (among: readonly Rows[], odds: readonly OddUpdate[]): Suspects =>
    odds.flatMap(([mistake, odd]) => changes(among, odd).map((change) => [mistake, change] as const));
  const fault = compare(call, got, right[0], suspects(orders, MISTAKES));
  if (fault?.mistake !== "wrong-value") return { fault };
  // These take a hundred times as long.
  return { fault: compare(call, got, right[0], suspects(permutations(ALL), [MISALIGNED])) };
}

/** All orders of these rows, each of which gives another result where advantages belong to other rows. */
function permutations(rows: Rows): Rows[] {
  if (rows.length === 0) return [[]];
  return rows.flatMap((first) => permutations(rows.filter((row) => row !== first)).map((rest) => [first, ...rest]));
}

/** In minibatches, then over all steps at once. */
export const ppoUpdateTests: readonly Test<UpdateAnswer>[] = [
  {
    name: "update-minibatches",
    subject: "update",
    needs: NEEDS,
    wants: "minibatches whose advantages belong to their steps",
    seconds: 10,
    run: tryMinibatches,
  },
  ...wholeTests,
];
