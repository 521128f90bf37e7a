/** Chapter 5: baselines. */

import { estimatorNamed } from "../../estimators/estimators.js";
import { gaeMoments } from "../../estimators/moments.js";
import { constantBaseline } from "../../estimators/optimal-baselines.js";
import { type Setting, settingOf } from "../../estimators/setting.js";
import { norm } from "../../estimators/square.js";
import { twoArms } from "../../estimators/worlds.js";
import { normalise } from "../../rollout/normalise.js";
import type { Claim, Evidence } from "../claim.js";
import { farthest, shortly } from "../differences.js";
import { evenTwoStep, exactMoments, settingNamed } from "../named.js";

export function centredTwice(own = estimatorNamed("episode-mean"), whiten = normalise): Evidence {
  const returns = Float64Array.of(3, 2, 1, 7);
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length;
  const [once, twice] = [returns.slice(), returns.map((value) => value - mean)];
  whiten(once);
  whiten(twice);
  const off = farthest(once, twice);
  const gamma = 0.9;
  const setting = evenTwoStep(gamma);
  const slope = exactMoments(own, setting, 1).mean[1];
  return {
    passes: off < 1e-15 && Math.abs(slope + (1 - gamma) / 8) < 1e-12,
    measured: `the mean before whitening changes ${shortly(off)}; as a baseline on TwoStep it gives ${slope.toFixed(4)}, right is ${setting.gradient[1].toFixed(4)}`,
  };
}

export function theProofNeedsIndependence(
  own = estimatorNamed("episode-mean"),
  ofTheState = estimatorNamed("wrong-value"),
): Evidence {
  const oneStep = exactMoments(own, settingNamed("one-step"), 1).mean;
  const twoStep = evenTwoStep(1);
  const [slope] = exactMoments(own, twoStep, 1).mean.slice(1, 2);
  const chain = settingNamed("chain");
  const harmless = farthest(exactMoments(ofTheState, chain, 1).mean, chain.field);
  return {
    passes: norm(oneStep) === 0 && Math.abs(slope) < 1e-15 && twoStep.gradient[1] === 0.25 && harmless < 1e-12,
    measured: `own mean: ${norm(oneStep)} in one step, ${shortly(Math.abs(slope))} where 0.25 is right; a wrong V(s) shifts the mean by ${shortly(harmless)}`,
  };
}

export function aBaselineCanRaiseVariance(optimal: (setting: Setting) => number = constantBaseline): Evidence {
  const setting = settingOf(twoArms(0.9));
  const at = (baseline: number): number =>
    gaeMoments(setting, { lambda: 1, values: Float64Array.of(baseline), discountWeight: false }).variance;
  const best = optimal(setting);
  const [none, value, least] = [0, setting.values[0], best].map(at);
  return {
    passes: Math.abs(value / none - 64) < 1e-6 && least < 1e-15 && Math.abs(best - 0.1) < 1e-12,
    measured: `variance ${none.toFixed(4)} without, ${value.toFixed(4)} with V = ${setting.values[0].toFixed(1)}, ${least.toFixed(4)} with b* = ${best.toFixed(1)}`,
  };
}

export const baselines: readonly Claim[] = [
  {
    number: 24,
    chapter: 5,
    says: "Take the mean of the episode's returns as the baseline, then normalise.",
    verdict: "holds if",
    because:
      "nothing is expected of the mean: whitening subtracts it anyway, and as a baseline it contains what the action led to",
    check: centredTwice,
  },
  {
    number: 25,
    chapter: 5,
    says: "A baseline leaves the expectation alone: E[b ∇log π] = b ∇1 = 0.",
    verdict: "holds if",
    because: "b is independent of aₜ, given sₜ. A mean over the action's own episode is not",
    check: theProofNeedsIndependence,
  },
  {
    number: 26,
    chapter: 5,
    says: "A baseline reduces variance.",
    verdict: "holds if",
    because: "it is near b* = E[|∇log π|²G] / E[|∇log π|²]. V is usually near it, but may raise the variance 64 times",
    check: aBaselineCanRaiseVariance,
  },
];
