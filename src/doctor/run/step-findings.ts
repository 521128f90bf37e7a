/** Findings about how far an update moves the policy: KL, clipping, ratios, learning rates. */

import type { Finding } from "../finding.js";
import { RANGES } from "../ranges.js";
import { type RunFigures, WINDOW_UPDATES } from "./run-figures.js";
import { highest, median, windowMedians } from "./statistics.js";
import { rateBy, shown, training } from "./try-next.js";

/** Updates carry the policy too far. */
export function klLarge(run: RunFigures): Finding | undefined {
  const values = run.values("klK3");
  if (values.length === 0) return undefined;
  const top = highest(windowMedians(values, WINDOW_UPDATES));
  const single = values.findIndex((kl) => kl > RANGES.klBroken);
  if (top.value <= RANGES.kl && single === -1) return undefined;
  const seen =
    single === -1
      ? `klK3 ${shown(top.value)} in the median of ${WINDOW_UPDATES} updates up to ${run.place(top.last)}`
      : `klK3 ${shown(values[single])} at ${run.place(single)}`;
  return {
    code: "kl-large",
    severity: single === -1 ? "warning" : "error",
    seen,
    why: "The batch was played by a policy that the update has left far behind, so its later gradient steps learn from actions that the policy no longer takes.",
    ...training(run, { ...rateBy(run, 1 / 3), targetKl: 0.02 }),
  };
}

/** Updates hardly move the policy. */
export function klSmall(run: RunFigures): Finding | undefined {
  const values = run.values("klK3");
  const steps = median(run.values("gradientSteps"));
  if (values.length < WINDOW_UPDATES || run.solved || run.progress.collapsedSince !== null) return undefined;
  const middle = median(values);
  if (!(steps > 1 && middle < RANGES.klSmall)) return undefined;
  return {
    code: "kl-small",
    severity: "warning",
    seen: `klK3 ${shown(middle)} in the median of ${values.length} updates`,
    why: "Each batch teaches almost nothing, and clipping never acts: the policy could move a hundred times as far.",
    ...training(run, rateBy(run, 10)),
  };
}

/** Clipping switches most of the batch off. */
export function clipFractionLarge(run: RunFigures): Finding | undefined {
  const values = run.values("clipFraction");
  if (values.length === 0) return undefined;
  const top = highest(windowMedians(values, WINDOW_UPDATES));
  if (top.value <= RANGES.clipFraction) return undefined;
  return {
    code: "clip-fraction-large",
    severity: "warning",
    seen: `clipFraction ${shown(top.value)} in the median of ${WINDOW_UPDATES} updates up to ${run.place(top.last)}`,
    why: "Most ratios are outside the clip range. Where they moved the way the advantage asks, the gradient is 0, so few steps decide alone.",
    ...training(run, rateBy(run, 1 / 3)),
  };
}

/** The largest klK3 of a policy that has not moved: rounding of float32. */
const UNMOVED = 1e-6;

/** The policy that learns is not the one that acted: with a single gradient step, every ratio has to be 1. */
export function ratioNotOne(run: RunFigures): Finding | undefined {
  const steps = run.values("gradientSteps");
  const at = run.values("klK3").findIndex((kl, i) => steps[i] === 1 && Math.abs(kl) > UNMOVED);
  if (at === -1) return undefined;
  return {
    code: "ratio-not-one",
    severity: "error",
    seen: `klK3 ${shown(run.values("klK3")[at])} at the only gradient step of ${run.place(at)}`,
    why: "Before the first step the policy is still the one that acted, so the ratio of their probabilities is 1; here log-probabilities are computed in another way than they were stored.",
    tryNext: "pi.logProb(batch.actions).toArray() // before the first step, these are batch.logProbs.toArray()",
  };
}

/** The learning rate is far from what works. */
export function learningRateOff(run: RunFigures): Finding | undefined {
  const [rate] = run.values("learningRate");
  if (rate === undefined || run.solved || run.progress.rising()) return undefined;
  const high = rate >= RANGES.learningRateHigh;
  if (!high && rate > RANGES.learningRateLow) return undefined;
  return {
    code: high ? "learning-rate-high" : "learning-rate-low",
    severity: "warning",
    seen: `learningRate ${shown(rate)} at update 1; runs that learn have 0.0003 to 0.01`,
    why: high
      ? "Adam moves every weight by about the learning rate, so a few updates leave the region in which the gradient meant anything."
      : "Adam moves every weight by about the learning rate, so the policy stays where it began.",
    ...training(run, { learningRate: 0.001 }),
  };
}
