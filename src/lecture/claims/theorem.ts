/** Chapter 2: the gradient of an expectation. */

import { byDifferences, scoreOf } from "../../estimators/dynamics.js";
import { enumerated } from "../../estimators/enumerate.js";
import { allEpisodes, returnOf } from "../../estimators/episodes.js";
import { estimatorNamed } from "../../estimators/estimators.js";
import { norm } from "../../estimators/square.js";
import { objective, policyGradient } from "../../tabular/gradient.js";
import { softmax, softmaxPolicy } from "../../tabular/policies.js";
import { parameter, tensor } from "../../tensor/index.js";
import type { Claim, Evidence } from "../claim.js";
import { derivation } from "../derivation.js";
import { farthest, shortly } from "../differences.js";
import { settingNamed } from "../named.js";
import { anyActionSpace } from "./action-spaces.js";
import { dynamicsDropOut } from "./dynamics.js";

export function oneSmallStepRaisesJ(gradient = policyGradient): Evidence {
  const setting = settingNamed("chain");
  const { mdp, parameters, world, policy } = setting;
  const { gamma } = world;
  const J = allEpisodes(setting)!.reduce((sum, one) => sum + one.probability * returnOf(one, gamma), 0);
  const exact = objective(mdp, policy, { gamma });
  const slope = gradient(mdp, parameters.logits, { gamma });
  const alpha = 1e-3;
  const moved = parameters.logits.map((logit, k) => logit + alpha * slope[k]);
  const gain = objective(mdp, softmaxPolicy(mdp, moved), { gamma }) - exact;
  const expected = alpha * norm(slope) ** 2;
  return {
    passes: Math.abs(J - exact) < 1e-12 && Math.abs(gain / expected - 1) < 0.01,
    measured: `J ${exact.toFixed(6)} by episodes and by equations; a step of 0.001 gains ${(gain / expected).toFixed(4)} of α|∇J|²`,
  };
}

export function scoreTimesReturnIsTheGradient(estimator = estimatorNamed("whole")): Evidence {
  const offs = ["bandit", "two-step", "chain"].map((name) => {
    const setting = settingNamed(name);
    const { mdp, parameters, world } = setting;
    const [{ mean }] = enumerated([estimator], setting, 1);
    const slope = byDifferences((logits) => objective(mdp, softmaxPolicy(mdp, logits), world), parameters.logits);
    return { exact: farthest(mean, setting.gradient), differences: farthest(mean, slope) };
  });
  const exact = offs.reduce((most, off) => Math.max(most, off.exact), 0);
  const differences = offs.reduce((most, off) => Math.max(most, off.differences), 0);
  return {
    passes: exact < 1e-12 && differences < 1e-8,
    measured: `three worlds: ${shortly(exact)} from ∇J by equations, ${shortly(differences)} from differences of J`,
  };
}

export function allThatIsSampledIsPushedUp(baseline = 1.5): Evidence {
  const logits = [0.3, 0, -0.2];
  const rewards = [1, 2, 3];
  const pi = softmax(logits);
  // The change of π(a) after one step that has seen action a alone.
  const change = (action: number, advantage: number): number => {
    const moved = logits.map((logit, b) => logit + 0.1 * advantage * ((b === action ? 1 : 0) - pi[b]));
    return softmax(moved)[action] - pi[action];
  };
  const plain = rewards.map((reward, action) => change(action, reward));
  const compared = rewards.map((reward, action) => change(action, reward - baseline));
  const list = (changes: number[]): string => changes.map((value) => value.toFixed(3)).join(" ");
  return {
    passes: plain.every((up) => up > 0) && compared[0] < 0 && compared[1] > 0 && compared[2] > 0,
    measured: `rewards 1, 2, 3 move π by ${list(plain)}; minus ${baseline} by ${list(compared)}`,
  };
}

export function weightedCrossEntropy(weightOf = (value: number): number => value): Evidence {
  const setting = settingNamed("chain");
  const { mdp, parameters, world } = setting;
  const episodes = allEpisodes(setting)!;
  const returns = episodes.map((episode) => returnOf(episode, world.gamma));
  const { states, actions } = mdp;
  const theta = parameter(tensor(parameters.logits, [states, actions]));
  const offs = episodes.map((episode, i) => {
    // Cross-entropy with the taken actions as labels, weighted by R(τ).
    const rows = theta.logSoftmax().reshape([states * actions]);
    const labels = new Float64Array(states * actions);
    episode.actions.forEach((action, t) => {
      labels[episode.states[t] * actions + action] += weightOf(returns[i]);
    });
    theta.grad?.set(new Float64Array(states * actions));
    rows.mul(tensor(labels)).sum().neg().backward();
    const score = scoreOf(setting, episode);
    return farthest(
      theta.grad!.toArray(),
      score.map((slope) => -slope * returns[i]),
    );
  });
  const off = offs.reduce((most, value) => Math.max(most, value));
  return {
    passes: off < 1e-5,
    measured: `the gradients of ${episodes.length} episodes differ by ${shortly(off)} (float32)`,
  };
}

export function eachLineOfTheDerivation(lines = derivation): Evidence {
  const values = lines(settingNamed("chain")).map(({ value }) => value);
  const off = values.reduce((most, value) => Math.max(most, farthest(value, values.at(-1)!)), 0);
  return {
    passes: values.length === 6 && norm(values[0]) > 0.1 && off < 1e-9,
    measured: `${values.length} lines on chain agree within ${shortly(off)}`,
  };
}

export const theorem: readonly Claim[] = [
  {
    number: 6,
    chapter: 2,
    says: "J(θ) = E[R(τ)] with R(τ) = Σ γᵗrₜ, and θ ← θ + α∇J raises it.",
    verdict: "holds",
    because: "for a small enough step, by about α|∇J|²",
    check: oneSmallStepRaisesJ,
  },
  {
    number: 7,
    chapter: 2,
    says: "∇J = E[Σₜ ∇log π(aₜ|sₜ) · R(τ)].",
    verdict: "holds",
    because: "exactly, for any policy that is differentiable in θ",
    check: scoreTimesReturnIsTheGradient,
  },
  {
    number: 8,
    chapter: 2,
    says: "No model is needed: the dynamics drop out of ∇log P(τ).",
    verdict: "holds",
    because:
      "if they don't depend on θ. They drop out of the score, not of the expectation: the episodes must come from this world",
    check: dynamicsDropOut,
  },
  {
    number: 9,
    chapter: 2,
    says: "It works for any action space.",
    verdict: "holds",
    because: "all that is asked of a policy is samples, log π and its gradient",
    check: anyActionSpace,
  },
  {
    number: 10,
    chapter: 2,
    says: "A high return makes its actions likelier, a negative one makes them less likely.",
    verdict: "holds if",
    because:
      "the return is compared with a baseline first. Where all rewards are positive, whatever is sampled becomes likelier",
    check: allThatIsSampledIsPushedUp,
  },
  {
    number: 11,
    chapter: 2,
    says: "It is supervised learning weighted by the return.",
    verdict: "holds",
    because: "the gradient is minus that of a weighted cross-entropy; the data come from the policy itself",
    check: weightedCrossEntropy,
  },
  {
    number: 19,
    chapter: 2,
    says: "The log-derivative trick and the expansion of log P(τ) give this form.",
    verdict: "holds",
    because: "every line of the derivation has the same value",
    check: eachLineOfTheDerivation,
  },
];
