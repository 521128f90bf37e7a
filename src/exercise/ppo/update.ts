/** Tests of an update: one pass in minibatches, passes over all steps at once, and the order of several passes. */

import { defaultRng } from "../../random/index.js";
import { rounded } from "../compare.js";
import type { Evidence, Fault, Test } from "../exercise.js";
import type { MistakeName } from "../mistakes.js";
import { type Changes, judgeChanges, lastChanges, updateTests } from "../moves.js";
import type { Learner } from "../small-networks.js";
import { scaledSteps, someSteps } from "../steps.js";
import type { PpoAnswer, RecordedSteps, Settings } from "./answer.js";
import { LIMIT, misalignedPasses, type Odd, oddPasses, passes, type Rows } from "./passes.js";
import { ordersSeen } from "./seen-rows.js";

type UpdateAnswer = Pick<PpoAnswer, "update">;

const NEEDS = ["ratios", "policyLoss", "minibatches"];
const ALL: Rows = someSteps.rewards.map((_, row) => row);
/** All steps are one minibatch, so that their order says nothing. */
const WHOLE: Settings = { gamma: 0.9, lambda: 0.8, clip: 0.3, epochs: 3, minibatchSize: ALL.length };
/** All steps but one are a minibatch, and the last one is another. */
const PARTS: Settings = { ...WHOLE, minibatchSize: ALL.length - 1 };
/**
 * The policy that took these steps was another one, so that some ratios are far from 1,
 * and two are between 0.2 and 0.3 away from it.
 */
const OLD_LOG_PROBS = [-0.78, -0.05, -0.3, -1.1, -0.95];

const wholeTests = updateTests<UpdateAnswer>(
  {
    // These say nothing before the test in minibatches passes.
    needs: [...NEEDS, "update"],
    wants: "three passes over five steps, with the old log-probabilities as they were stored",
    limit: LIMIT,
  },
  ({ update }, trial) => {
    const steps: RecordedSteps = { ...scaledSteps(someSteps, trial), logProbs: OLD_LOG_PROBS };
    const by = (odd: Odd) => (learner: Learner) => passes(learner, steps, WHOLE, () => [ALL], odd);
    return {
      answer: (learner) => update(learner, steps, WHOLE, defaultRng(1)),
      right: by({}),
      wrong: oddPasses.map(([mistake, odd]) => [mistake, by(odd)] as const),
    };
  },
);

/** One pass in minibatches of four and of one, in any order. Mistakes are told in the order that the answer chose. */
function tryMinibatches({ update }: UpdateAnswer): Evidence {
  const steps = { ...scaledSteps(someSteps, { observations: 1, rewards: 0.05 }), logProbs: OLD_LOG_PROBS };
  const settings = { ...PARTS, epochs: 1 };
  const updateOnce = (learner: Learner): void => update(learner, steps, settings, defaultRng(1));
  const got = lastChanges(updateOnce, 1);
  const changes = (minibatchesIn: (epoch: number) => readonly Rows[], odd: Odd = {}): Changes =>
    lastChanges((learner) => passes(learner, steps, settings, minibatchesIn, odd), 1);
  const faultIn = (orders: readonly Rows[]): Fault | undefined => {
    const order = orders[orders.length - 1];
    const gives = function* (): Generator<readonly [MistakeName, Changes]> {
      for (const [mistake, odd] of [...oddPasses, ...misalignedPasses])
        yield [mistake, changes(() => dealt(order), odd)];
      yield ["settings-ignored", changes((epoch) => dealt(orders[epoch]), { settings: { epochs: orders.length } })];
      yield ["settings-ignored", changes(() => [ALL])];
    };
    return judgeChanges(
      `in one pass in minibatches ${shown(order)}`,
      got,
      changes(() => dealt(order)),
      gives(),
    );
  };
  // Which step is alone in its minibatch is all that matters, so one of these orders is right.
  const orders = ALL.map((alone) => [...ALL.filter((row) => row !== alone), alone]);
  if (
    orders.some(
      (order) =>
        judgeChanges(
          "",
          got,
          changes(() => dealt(order)),
          [],
        ) === undefined,
    )
  )
    return {};
  const seen = ordersSeen(updateOnce, steps.observations);
  return { fault: faultIn(seen === undefined || seen.length === 0 ? [ALL] : seen) };
}

/** All but the last of these rows, and the last one. */
function dealt(order: Rows): Rows[] {
  return [order.slice(0, -1), order.slice(-1)];
}

function shown(order: Rows): string {
  return dealt(order).map(rounded).join(" and ");
}

/** Three passes, each of which has to have its own order. */
function tryOrders({ update }: UpdateAnswer): Evidence {
  const { epochs } = PARTS;
  const steps: RecordedSteps = { ...someSteps, logProbs: OLD_LOG_PROBS };
  const seen = ordersSeen((learner) => update(learner, steps, PARTS, defaultRng(1)), steps.observations) ?? [];
  // All steps may be looked at once more before the first epoch.
  if (seen.length !== epochs && seen.length !== epochs + 1) return {};
  const [first, ...others] = seen.slice(-epochs);
  if (others.some((order) => String(order) !== String(first))) return {};
  return { fault: { mistake: "one-order", detail: `each of ${epochs} epochs has the minibatches ${shown(first)}` } };
}

/** In minibatches, over all steps at once, and in several orders. */
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
  {
    name: "update-orders",
    subject: "update",
    needs: [...NEEDS, "update"],
    wants: "minibatches drawn anew in each epoch",
    seconds: 10,
    run: tryOrders,
  },
];
