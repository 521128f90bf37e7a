/** Chapter 3: the program. */

import { categorical } from "../../distributions/index.js";
import { make } from "../../envs/registry.js";
import { estimatorNamed } from "../../estimators/estimators.js";
import { policyFor } from "../../estimators/parametrisation.js";
import { settingOf } from "../../estimators/setting.js";
import { norm } from "../../estimators/square.js";
import { repeatedBandit } from "../../estimators/worlds.js";
import { sgd } from "../../optim/index.js";
import { defaultRng } from "../../random/index.js";
import { bootstrapValues, returnsToGo } from "../../rollout/returns.js";
import { parameter, stack, type Tensor, tensor, zeros } from "../../tensor/index.js";
import type { Claim, Evidence } from "../claim.js";
import { evenTwoStep, exactMoments } from "../named.js";
import { oneEpisode } from "../one-episode.js";

/** π of the paying first action of TwoStep after 100 updates of the loop that chapter 3 shows. */
export function chanceAfterTraining(lossOf: (gain: Tensor) => Tensor): number {
  const env = make("TwoStep-v0");
  const rng = defaultRng(0);
  const logits = parameter(zeros([3, 2]));
  const optimizer = sgd([logits], { learningRate: 0.5 });
  let { observation } = env.reset({ seed: 0 });
  for (let update = 0; update < 100; update++) {
    const logProbs: Tensor[] = [];
    let total = 0;
    for (let over = false; !over; ) {
      const pi = categorical(logits.slice(observation, observation + 1).reshape([2]));
      const action = pi.sample(rng);
      logProbs.push(pi.logProb(action));
      const step = env.step(action);
      total += step.reward;
      observation = step.observation;
      over = step.terminated;
    }
    optimizer.zeroGrad();
    lossOf(stack(logProbs).sum().mul(total)).backward();
    optimizer.step();
    ({ observation } = env.reset());
  }
  return logits.slice(0, 1).softmax().toArray()[1];
}

export function theLoopByHandLearns(lossOf = (gain: Tensor): Tensor => gain.neg()): Evidence {
  const chance = chanceAfterTraining(lossOf);
  return { passes: chance > 0.9, measured: `π(paying action) from 0.50 to ${chance.toFixed(2)} in 100 episodes` };
}

/** H = −Σ π log π of probabilities, as it is often written. */
export function entropyOfProbabilities(logits: Tensor): Tensor {
  const pi = logits.softmax();
  return pi.mul(pi.log()).sum().neg();
}

export function logitsNotProbabilities(entropyOf = (logits: Tensor) => categorical(logits).entropy()): Evidence {
  const at = (entropy: (logits: Tensor) => Tensor): { value: number; slopes: Float32Array } => {
    const logits = parameter(tensor([0, -200]));
    const found = entropy(logits);
    const value = found.item();
    found.backward();
    return { value, slopes: logits.grad!.toArray() };
  };
  const ours = at(entropyOf);
  const naive = at(entropyOfProbabilities);
  return {
    passes: ours.value === 0 && ours.slopes.every(Number.isFinite) && Number.isNaN(naive.value),
    measured: `logits 0 and −200: H and its gradient ${ours.value} from logits, ${naive.value} from probabilities`,
  };
}

export function whiteningPicksTheWrongAction(estimator = estimatorNamed("whitened-episode")): Evidence {
  const setting = evenTwoStep(0.99);
  const slope = exactMoments(estimator, setting, 1).mean[1];
  const truth = setting.gradient[1];
  return {
    passes: slope < -0.1 && truth > 0.2,
    measured: `slope of the paying action ${slope.toFixed(3)}, right is ${truth.toFixed(3)}`,
  };
}

export function minusAndSum(
  lossOf = (gain: Tensor): Tensor => gain.neg(),
  perEpisode = estimatorNamed("to-go"),
): Evidence {
  const chance = chanceAfterTraining(lossOf);
  const sizes = [2, 4, 8].map((steps) => {
    const world = repeatedBandit({ steps, offset: 0, signal: 1, noise: 0 });
    return norm(exactMoments(perEpisode, settingOf(world, policyFor(world, "shared")), 1).mean);
  });
  const growth = sizes[2] / sizes[0];
  return {
    passes: chance > 0.9 && Math.abs(growth - 4) < 1e-9,
    measured: `−gain reaches π ${chance.toFixed(2)}; the same lesson in 8 steps has ${growth.toFixed(0)} times the gradient of 2`,
  };
}

export function aTimeLimitIsNoDeath(valuesAfter = bootstrapValues): Evidence {
  const gamma = 0.99;
  // A world that pays 1 for ever, seen 100 steps at a time. V is learned from its own returns.
  const fixedPoint = (terminated: boolean): number => {
    const segments = oneEpisode(100, terminated);
    let value = 0;
    for (let i = 0; i < 60; i++)
      value = returnsToGo(new Float64Array(100).fill(1), segments, gamma, valuesAfter(segments, [value]))[0];
    return value;
  };
  const [alive, dead] = [fixedPoint(false), fixedPoint(true)];
  return {
    passes: Math.abs(alive - 100) < 1e-9 && dead < 64,
    measured: `V of 1 a step for ever is 100: learned ${alive.toFixed(1)}, with the limit as death ${dead.toFixed(1)}`,
  };
}

export const program: readonly Claim[] = [
  {
    number: 12,
    chapter: 3,
    says: "Roll out, add up R(τ), weigh Σ∇log π by it, ascend.",
    verdict: "holds",
    because: "thirty lines with tensors are enough",
    check: theLoopByHandLearns,
  },
  {
    number: 13,
    chapter: 3,
    says: "The network ends in softmax, and the distribution is made from probabilities.",
    verdict: "holds if",
    because: "no probability becomes 0: log 0 makes entropy and gradient NaN. Logits have no such limit",
    check: logitsNotProbabilities,
  },
  {
    number: 14,
    chapter: 3,
    says: "Returns to go, whitened in each episode, without γᵗ.",
    verdict: "holds if",
    because:
      "episodes are compared with each other. Whitened alone, an episode keeps only its shape, which may reverse the sign",
    check: whiteningPicksTheWrongAction,
  },
  {
    number: 15,
    chapter: 3,
    says: "The loss is minus the sum over the steps.",
    verdict: "holds if",
    because: "the learning rate fits: the sign is right, but the sum makes the step grow with the episode",
    check: minusAndSum,
  },
  {
    number: 16,
    chapter: 3,
    says: "done = terminated or truncated.",
    verdict: "holds if",
    because: "no episode is cut off. After a time limit, rewards worth V(s) would have followed",
    check: aTimeLimitIsNoDeath,
  },
];
