/** Checks of what else belongs to a batch: its rows, targets, actions and entropy. */

import { isBox } from "../../spaces/box.js";
import { Tensor } from "../../tensor/index.js";
import { shown } from "../run/try-next.js";
import type { InspectOptions } from "./loop.js";
import { type Check, numbersOf, place, type Report } from "./reading.js";

/** Whether entropy and loss are numbers. */
export function entropyFinite(_options: InspectOptions, report: Report): Check {
  return (reading) => {
    const { entropy, loss } = reading.given;
    const numbers = numbersOf(entropy);
    const bad = numbers?.find((value) => !Number.isFinite(value));
    if (bad !== undefined)
      report({
        code: "entropy-not-finite",
        severity: "error",
        seen: `an entropy of ${bad} ${place(reading)}`,
        why: "0·ln 0 is NaN, and so is its gradient: an action that became impossible, or is masked, ends the run.",
        tryNext: "pi.entropy(), or entropyOf(logSoftmax(logits)), where a probability of 0 contributes 0",
      });
    const value = loss instanceof Tensor && loss.size === 1 ? loss.item() : 0;
    if (bad === undefined && !Number.isFinite(value) && reading.advantages?.every(Number.isFinite) !== false)
      report({
        code: "loss-not-finite",
        severity: "error",
        seen: `a loss of ${value} ${place(reading)}`,
        why: "Its gradient would make every weight NaN.",
        tryNext:
          "print the terms of the loss one by one; logSoftmax(logits) is finite where log(softmax(logits)) is not",
      });
  };
}

/** Whether all gradient steps on a batch have the same targets. */
export function targetsMoved(_options: InspectOptions, report: Report): Check {
  let first: number | undefined;
  return (reading) => {
    const { given, newBatch } = reading;
    const returns = numbersOf(given.returns);
    if (returns === undefined || returns.length !== given.rewards?.length) return;
    // A sum of squares does not depend on the order of rows.
    const squares = returns.reduce((sum, value) => sum + value * value, 0);
    if (newBatch) first = squares;
    else if (first !== undefined && Math.abs(squares - first) > 1e-4 * first)
      report({
        code: "targets-moved",
        severity: "note",
        seen: `the targets of the value network changed between steps on one batch, ${place(reading)}`,
        why: "Targets that are computed from the network being trained follow it, and can run away with it.",
        tryNext: "compute returns once for each batch, before its first step",
      });
  };
}

/** Whether the last, shorter minibatch is left out. */
export function rowsDropped(_options: InspectOptions, report: Report): Check {
  let calls = 0;
  let rows = 0;
  let same = true;
  return (reading) => {
    const { given, logProbs, newBatch } = reading;
    if (given.rewards === undefined || logProbs === undefined || logProbs.length === 0) return;
    if (newBatch) {
      calls = 0;
      rows = logProbs.length;
      same = true;
    }
    calls++;
    same &&= logProbs.length === rows;
    const steps = given.rewards.length;
    const left = steps % rows;
    // One pass is over and the next has begun, without a minibatch of the remaining rows.
    if (!same || left === 0 || calls <= Math.ceil(steps / rows)) return;
    report({
      code: "rows-dropped",
      severity: "warning",
      seen: `minibatches of ${rows} leave ${left} of ${steps} steps out of each pass, ${place(reading)}`,
      why: "Steps that no minibatch holds teach nothing, and without shuffling they are always the same ones.",
      tryNext: `rows.slice(start, start + ${rows}) for start = 0, ${rows}, … below ${steps}: the last minibatch may be shorter`,
    });
  };
}

/** So many actions exactly at a bound are no chance. */
const AT_BOUNDS = 3;

/** Whether actions were cut at their bounds before they were stored. */
export function storedActions({ actionSpace }: InspectOptions, report: Report): Check {
  let at = 0;
  let all = 0;
  return (reading) => {
    if (actionSpace === undefined || !isBox(actionSpace)) return;
    const actions = numbersOf(reading.given.actions);
    if (actions === undefined) return;
    const { low, high } = actionSpace;
    const d = low.length;
    all += actions.length;
    at += actions.filter((value, k) => value === low[k % d] || value === high[k % d]).length;
    if (at < AT_BOUNDS) return;
    report({
      code: "clipped-action-stored",
      severity: "error",
      seen: `${at} of ${all} numbers of actions lie exactly at a bound up to update ${reading.count} (${shown((100 * at) / all)} %)`,
      why: "A normal distribution never draws exactly a bound: log π of a cut action is that of an action that was not drawn.",
      tryNext: "store the action as drawn, and cut only what env.step() gets",
    });
  };
}
