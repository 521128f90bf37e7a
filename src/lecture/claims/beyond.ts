/** Chapter 10: the same update with a better A. */

import { listAlgorithms } from "../../algorithms/registry.js";
import { make } from "../../envs/registry.js";
import { ROCK_PAPER_SCISSORS } from "../../envs/rock-paper-scissors.js";
import { allEpisodes, batchOf } from "../../estimators/episodes.js";
import { stepWeights } from "../../estimators/estimator.js";
import { byGae, estimatorNamed } from "../../estimators/estimators.js";
import { exercises } from "../../exercise/index.js";
import { exp, log } from "../../kernels/maths.js";
import { mdpOf } from "../../tabular/mdp.js";
import { policyIteration } from "../../tabular/plan.js";
import { selfPlay } from "../../tabular/self-play.js";
import { train } from "../../training/train.js";
import type { Claim, Evidence } from "../claim.js";
import { farthest, shortly } from "../differences.js";
import { exactMoments, settingNamed } from "../named.js";
import { meanUnder, QUALITY, REFERENCE, REWARD_MODEL, regularisedOptimum, tuned } from "../preferences.js";
import { updates } from "../updates.js";

export function aRewardModelIsGamed(ascend = tuned, rewardModel = REWARD_MODEL): Evidence {
  const beta = 0.8;
  const before = meanUnder(REFERENCE, QUALITY);
  const [gamed, kept] = [ascend(rewardModel, 0, 2000), ascend(rewardModel, beta, 2000)];
  const off = farthest(kept, regularisedOptimum(rewardModel, beta));
  const score = meanUnder(gamed, rewardModel);
  const [lost, won] = [gamed, kept].map((pi) => meanUnder(pi, QUALITY));
  return {
    passes: score > 1.9 && lost < 0.1 && won > before && off < 1e-6,
    measured: `quality ${before.toFixed(2)} before, ${lost.toFixed(2)} without KL (score ${score.toFixed(2)}), ${won.toFixed(2)} with β = ${beta}`,
  };
}

export function otherWaysThanPpo(optimum = regularisedOptimum, others = estimatorNamed("whole-others")): Evidence {
  const beta = 0.8;
  const pi = optimum(QUALITY, beta);
  // DPO's loss: −log σ(β Δlog π/π_ref), with preferences as the true rewards make them. Its slope is 0 at the optimum.
  const sigmoid = (x: number): number => 1 / (1 + exp(-x));
  const implied = pi.map((chance, y) => beta * (log(chance) - log(REFERENCE[y])));
  const slopes = QUALITY.map((quality, y) =>
    QUALITY.reduce((sum, other, z) => sum + sigmoid(quality - other) - sigmoid(implied[y] - implied[z]), 0),
  );
  const dpo = farthest(
    slopes,
    slopes.map(() => 0),
  );
  const bandit = settingNamed("bandit");
  const leftOut = farthest(exactMoments(others, bandit, 4).mean, bandit.gradient);
  return {
    passes: dpo < 1e-12 && leftOut < 1e-12,
    measured: `DPO's slope at the optimum of reward − KL: ${shortly(dpo)}; leave-one-out without a critic: bias ${shortly(leftOut)}`,
  };
}

export function whenNotToSample(solver = policyIteration): Evidence {
  const { values, iterations } = solver(mdpOf(make("GridWorld-v0").table), { gamma: 1 });
  let last = 0;
  for (const { averageReturn } of train({ algorithm: "reinforce", env: "GridWorld-v0", seed: 0, steps: 1000 }))
    last = averageReturn;
  return {
    passes: values[20] === 3 && last < 0,
    measured: `GridWorld: return ${values[20]} after ${iterations} linear systems, no samples; ${last.toFixed(0)} after 1,000 steps of REINFORCE`,
  };
}

export function oneUpdateManyNames(lambda = 1, rows = updates): Evidence {
  const algorithms = listAlgorithms();
  const described = algorithms.every(({ name }) => rows.some(({ algorithm }) => algorithm === name));
  const present = rows.every(({ algorithm, options }) => {
    const known = algorithms.find(({ name }) => name === algorithm)?.options ?? {};
    return options.every((option) => Object.hasOwn(known, option));
  });
  const chain = settingNamed("chain");
  const batch = batchOf(allEpisodes(chain)!);
  const asGae = stepWeights(byGae("gae", "GAE with the exact V", { lambda, critic: "exact" }), chain, batch);
  const off = farthest(asGae, stepWeights(estimatorNamed("value"), chain, batch));
  return {
    passes: described && present && off < 1e-12,
    measured: `${rows.length} algorithms, all their options exist; GAE(1) is G − V within ${shortly(off)}`,
  };
}

export function selfPlayCircles(play = selfPlay): Evidence {
  const logits = [
    [0.4, 0, 0],
    [0, 0.2, 0],
  ] as const;
  const after = (entropyBonus: number): { exploitability: number; averageExploitability: number } => {
    const game = play(ROCK_PAPER_SCISSORS, { logits, learningRate: 0.5, entropyBonus });
    for (const step of game) if (step.step === 2000) return step;
    return { exploitability: NaN, averageExploitability: NaN };
  };
  const [plain, damped] = [0, 0.05].map(after);
  return {
    passes: plain.exploitability > 0.5 && plain.averageExploitability < 0.05 && damped.exploitability < 1e-3,
    measured: `exploitability after 2,000 steps: ${plain.exploitability.toFixed(2)} in the end, ${plain.averageExploitability.toFixed(3)} on average; ${shortly(damped.exploitability)} with entropy`,
  };
}

export function theExerciseAsksForIt(all = exercises): Evidence {
  const { tests } = all.find(({ name }) => name === "reinforce") ?? { tests: [] };
  const subjects = new Set(tests.map(({ subject }) => subject));
  const asked = ["returnsToGo", "logProbs", "loss", "update"].filter((name) => subjects.has(name));
  return {
    passes: asked.length === 4 && tests.length >= 10,
    measured: `${tests.length} tests of ${[...subjects].join(", ")}`,
  };
}

export const beyond: readonly Claim[] = [
  {
    number: 32,
    chapter: 10,
    says: "RLHF: a policy gradient with tokens as actions and the reward of a model of preferences.",
    verdict: "holds if",
    because: "a KL term keeps the policy near its reference; without it the reward model is gamed (arXiv:1909.08593)",
    check: aRewardModelIsGamed,
  },
  {
    number: 33,
    chapter: 10,
    says: "For language models PPO is the standard.",
    verdict: "does not hold",
    because:
      "by 2026 DPO (arXiv:2305.18290), GRPO (arXiv:2402.03300) and RLOO (arXiv:2402.14740) are as common; they need no critic",
    check: otherWaysThanPpo,
  },
  {
    number: 34,
    chapter: 10,
    says: "Use policy gradients where actions are continuous or many and no model is given, not for small known worlds.",
    verdict: "holds if",
    because: "samples are cheap. A known small world is solved exactly without any",
    check: whenNotToSample,
  },
  {
    number: 40,
    chapter: 10,
    says: "Everything later is this update with a better A and a guard on the step.",
    verdict: "holds",
    because: "for all algorithms here",
    check: oneUpdateManyNames,
  },
  {
    number: 46,
    chapter: 10,
    says: "AlphaGo Zero is policy gradients with self-play.",
    verdict: "holds if",
    because:
      "AlphaGo is meant (Silver et al. 2016). Zero learns from search counts (2017). Gradients alone circle in self-play",
    check: selfPlayCircles,
  },
  {
    number: 47,
    chapter: 10,
    says: "You can explain why the dynamics drop out, and have implemented REINFORCE with a baseline.",
    verdict: "holds if",
    because: "you have done the exercise: ascent exercise start reinforce",
    check: theExerciseAsksForIt,
  },
];
