/** Chapter 4: noise. */

import { gaussian } from "../../distributions/index.js";
import { CONSTANT, CREDIT_OPTIONS } from "../../estimators/cart-pole.js";
import { batchOf } from "../../estimators/episodes.js";
import { estimate } from "../../estimators/estimator.js";
import { estimatorNamed } from "../../estimators/estimators.js";
import { settingOf } from "../../estimators/setting.js";
import { norm } from "../../estimators/square.js";
import { worldNamed } from "../../estimators/world-options.js";
import { returnsToGo, wholeEpisodeReturns } from "../../rollout/returns.js";
import { softmax } from "../../tabular/policies.js";
import { parameter, tensor } from "../../tensor/index.js";
import type { Claim, Evidence } from "../claim.js";
import { exactMoments, settingNamed, untrainedCartPole } from "../named.js";
import { oneEpisode } from "../one-episode.js";

export function anUntrainedPolicyOnCartPole(spread = untrainedCartPole, estimator = estimatorNamed("whole")): Evidence {
  const { whole, toGo, minusConstant } = spread();
  const twoStep = settingNamed("two-step");
  const [good, bad] = [100, -50].map((reward) => {
    const episode = { states: [0, 1], actions: [1, 0], rewards: [0, reward] };
    return estimate(estimator, twoStep, batchOf([episode]));
  });
  const ratios = good.map((slope, k) => slope / bad[k]).filter((ratio) => !Number.isNaN(ratio));
  const minusTwice = ratios.length > 0 && ratios.every((ratio) => Math.abs(ratio + 2) < 1e-12);
  return {
    passes: whole > 2 * toGo && toGo > 1.5 * minusConstant && minusTwice,
    measured: `${CREDIT_OPTIONS.episodes.default} episodes of CartPole: variance ${whole.toFixed(0)} whole, ${toGo.toFixed(0)} to go, ${minusConstant.toFixed(0)} minus ${CONSTANT}; returns 100 and −50: ratio ${[...new Set(Array.from(ratios, (ratio) => ratio.toFixed(0)))].join(", ")}`,
  };
}

export function rareActionsDontExplode(
  scoreNorm = (pi: Float64Array, action: number) => norm(pi.map((chance, b) => (b === action ? 1 : 0) - chance)),
): Evidence {
  const norms = [1e-1, 1e-3, 1e-8].map((rare) => scoreNorm(Float64Array.of(rare, 1 - rare), 0));
  const wide = scoreNorm(softmax([-20, 0, 0, 0]), 0);
  // ∂log π/∂μ = (a − μ)/σ², one deviation away from the mean.
  const narrow = [1, 0.1, 0.01].map((sigma) => {
    const mean = parameter(tensor([0]));
    gaussian(mean, tensor([sigma]).log())
      .logProb(tensor([sigma]))
      .sum()
      .backward();
    return mean.grad!.toArray()[0];
  });
  return {
    passes: [...norms, wide].every((norm) => norm < Math.SQRT2) && Math.abs(narrow[2] / narrow[0] - 100) < 0.1,
    measured: `softmax: |∇log π| ${norms.map((norm) => norm.toFixed(2)).join(", ")} for π = 0.1, 0.001, 1e-8; Gaussian: ${narrow.map((norm) => norm.toFixed(0)).join(", ")} for σ = 1, 0.1, 0.01`,
  };
}

export function clippingCanReverse(maxGradNorm: number | undefined = 0.5): Evidence {
  const setting = settingOf(worldNamed("duel"));
  const clipped = { ...estimatorNamed("to-go"), maxGradNorm };
  const [one, sixteen] = [1, 16].map((N) => exactMoments(clipped, setting, N).mean[0]);
  return {
    passes: one < -0.1 && sixteen > 0.1 && setting.gradient[0] === 0.25,
    measured: `slope 0.25; clipped at 0.5: ${one.toFixed(3)} an episode, ${sixteen.toFixed(3)} in batches of 16`,
  };
}

export function everyActionGetsTheSameCredit(credit = wholeEpisodeReturns): Evidence {
  const segments = oneEpisode(100);
  const lucky = (step: number): Float64Array => {
    const rewards = new Float64Array(100);
    rewards[step] = 10;
    return returnsToGo(rewards, segments, 1, [0]);
  };
  const praised = (advantages: Float64Array): number => advantages.filter((value) => value === 10).length;
  const counts = [0, 99].map((step) => ({
    whole: praised(credit(lucky(step), segments)),
    toGo: praised(lucky(step)),
  }));
  const [first, last] = counts;
  return {
    passes: first.whole === 100 && last.whole === 100 && first.toGo === 1 && last.toGo === 100,
    measured: `a lucky first step credits ${first.whole} actions, ${first.toGo} to go; a lucky last one ${last.whole}, ${last.toGo} to go`,
  };
}

export const variance: readonly Claim[] = [
  {
    number: 20,
    chapter: 4,
    says: "Two episodes of the same actions with returns 100 and −50 give wildly different estimates.",
    verdict: "holds",
    because: "one is −2 times the other. On CartPole better credit and a baseline remove most of the variance",
    check: anUntrainedPolicyOnCartPole,
  },
  {
    number: 21,
    chapter: 4,
    says: "A very negative log π makes gradients explode.",
    verdict: "does not hold",
    because: "in logits ∇log π = e_a − π is shorter than √2. A narrow Gaussian's does explode, and so do ratios",
    check: rareActionsDontExplode,
  },
  {
    number: 22,
    chapter: 4,
    says: "Clip the gradient at 0.5.",
    verdict: "holds if",
    because: "the batch is large: clipping tames a step and biases it, and may even reverse the expected one",
    check: clippingCanReverse,
  },
  {
    number: 23,
    chapter: 4,
    says: "All actions of an episode get the same return: credit assignment.",
    verdict: "holds",
    because:
      "with whole-episode returns. Returns to go take a reward from the actions after it, not from those before it",
    check: everyActionGetsTheSameCredit,
  },
];
