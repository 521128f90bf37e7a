/** Checks of the ratio of new to old probabilities: 1 on the first pass over a batch, and only there. */

import { exp } from "../../kernels/maths.js";
import { versionOf } from "../../policies/rows.js";
import { RANGES } from "../ranges.js";
import { WINDOW_UPDATES } from "../run/run-figures.js";
import { median } from "../run/statistics.js";
import { shown } from "../run/try-next.js";
import type { InspectOptions } from "./loop.js";
import { type Check, parametersOf, place, type Report } from "./reading.js";

/** |ln ρ| that rounding can't explain, and one that it can. */
const NOT_ONE = 1e-3;
const ONE = 1e-6;
/** Later steps on a batch in which all ratios were 1. */
const LATER_STEPS = 5;
/** The mean of log π of a policy that still has something to choose. */
const UNDECIDED = -0.01;

/** Compares `logProbs` with `oldLogProbs`, in the first step on a batch and in later ones. */
export function ratios({ policy }: InspectOptions, report: Report): Check {
  const weights = parametersOf(policy);
  let version = 0;
  let later = 0;
  let moved = false;
  let klOfBatch: number[] = [];
  /** The last window of batches. Each window is judged when it is full, so nothing older is needed. */
  let kls: number[] = [];
  let batches = 0;
  return (reading) => {
    const { logProbs, oldLogProbs, newBatch, given, count } = reading;
    if (given.rewards === undefined || logProbs === undefined || oldLogProbs?.length !== logProbs.length) return;
    const now = versionOf(weights);
    const n = logProbs.length;
    const logRatios = logProbs.map((value, i) => value - oldLogProbs[i]);
    const far = logRatios.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const undecided = logProbs.reduce((sum, value) => sum + value, 0) / n < UNDECIDED;
    if (newBatch) {
      if (far > NOT_ONE)
        report({
          code: "ratio-not-one",
          severity: "error",
          seen: `|ln ρ| up to ${shown(far)} ${place(reading)}, before the first step on its batch`,
          why: "Before the first step the policy is the one that acted, so log π is computed in two ways: on other actions, without a Jacobian, or with dropout.",
          tryNext: "compare pi.logProb(actions) with what was stored, number by number, before the first step",
        });
      if (klOfBatch.length > 0) {
        batches++;
        kls = [...kls.slice(1 - WINDOW_UPDATES), klOfBatch.reduce((sum, kl) => sum + kl, 0) / klOfBatch.length];
      }
      klOfBatch = [];
      version = now;
    } else if (now > version && undecided) {
      later++;
      moved ||= far > ONE;
    }
    klOfBatch.push(logRatios.reduce((sum, value) => sum + exp(value) - 1 - value, 0) / n);
    if (later >= LATER_STEPS && !moved)
      report({
        code: "old-policy-recomputed",
        severity: "error",
        seen: `all ratios were 1 in ${later} later steps on the same batch, up to update ${count}`,
        why: "Old log-probabilities that follow the weights clip nothing: the policy may move as far as it likes on one batch.",
        tryNext: "store log π when the action is taken, as plain numbers, and never compute it again",
      });
    if (!newBatch || kls.length === 0) return;
    const last = kls[kls.length - 1];
    // Windows overlap by half.
    const isFull = batches <= WINDOW_UPDATES || (2 * (batches - WINDOW_UPDATES)) % WINDOW_UPDATES === 0;
    const middle = isFull ? median(kls) : 0;
    const broken = last > RANGES.klBroken;
    if (middle > RANGES.kl || broken)
      report({
        code: "kl-large",
        severity: broken ? "error" : "warning",
        seen: `the policy moved by ${shown(broken ? last : middle)} nats of KL on one batch, ${place(reading)}`,
        why: "Later steps on a batch then learn from actions that the policy no longer takes.",
        tryNext:
          "a third of the learning rate, fewer passes, or an end to them above a KL of 0.03; a KL term has to keep its gradient",
      });
  };
}
