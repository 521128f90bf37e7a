import { describe, expect, it } from "vitest";
import {
  advantagesIn,
  ascent,
  batchOf,
  gradients,
  learnerOf,
  type Played,
  setWeights,
  updated,
} from "../../test/one-update.js";
import { discrete } from "../spaces/index.js";
import { train } from "../training/train.js";
import { actorCritic } from "./actor-critic.js";

const length = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));
const rounded = (values: readonly number[]): number[] => values.map((value) => Number(value.toFixed(4)));
const episode: Played = { states: [0, 1], actions: [1, 0], rewards: [1, 3] };

describe("the choices in the header", () => {
  it("1. takes r + γV(s') - V(s) as the advantage, without a gradient", () => {
    const three = { rewards: [1, 2, 4] };
    expect(advantagesIn(actorCritic, { gamma: 0.5 }, [three], [3, 2, 6])).toEqual([-1, 3, -2]);
    expect(advantagesIn(actorCritic, { normaliseAdvantages: true }, [{ rewards: [0, 4, 8] }])).toEqual([-1, 0, 1]);

    const learner = learnerOf(actorCritic, 2, discrete(2), { gamma: 1 });
    setWeights(learner.policy.parameters(), () => 0);
    setWeights(learner.weights.slice(2), (p, i) => (p.shape.length === 2 ? [2, 5][i] : 0));
    const direction = ascent(learner, batchOf([episode], 2));
    // δ is 1 + 5 - 2 = 4 and 3 - 5 = -2; the mean over two steps halves both.
    expect(rounded(direction)).toEqual([-1, 1, -0.5, 0.5, -1.5, 1.5]);
    // V changes by its own error: 2·(V - target)/2. With a gradient through the target, the second state would change twice.
    expect(rounded(gradients(learner.weights.slice(2)))).toEqual([-4, 2, -2]);
  });

  it("2. follows a terminal state with 0, and a time limit or a full batch with V of the last observation", () => {
    const episodes = [{ rewards: [1, 1] }, { rewards: [1, 1], truncated: true }, { rewards: [1, 1], open: true }];
    const V = [0, 0, 0, 0, 0, 0, 8, 8, 8];
    expect(advantagesIn(actorCritic, { gamma: 0.5 }, episodes, V)).toEqual([1, 1, 1, 5, 1, 5]);
  });

  it("3. averages over the batch's steps, and limits the gradient of each network by itself", () => {
    const learner = learnerOf(actorCritic, 1, discrete(2), { gamma: 0 });
    setWeights(learner.weights, () => 0);
    const step: Played = { states: [0], actions: [1], rewards: [1] };
    expect(ascent(learner, batchOf([step], 1))[1]).toBe(0.5);
    expect(ascent(learner, batchOf([step, step, step], 1))[1]).toBe(0.5);

    const limited = learnerOf(actorCritic, 2, discrete(2), { maxGradNorm: 0.1 });
    expect(limited.optimizers).toHaveLength(2);
    const { gradientNorm } = updated(limited, batchOf([episode], 2), 0);
    expect(gradientNorm).toBeGreaterThan(0.5);
    for (const { parameters } of limited.optimizers) expect(length(gradients(parameters))).toBeCloseTo(0.1, 5);
  });

  it("4. moves the critic towards targets from before the update, once", () => {
    const learner = learnerOf(actorCritic, 2, discrete(2), { gamma: 1, learningRate: 1, valueLearningRate: 0.5 });
    setWeights(learner.weights, () => 0);
    const { valueLoss } = updated(learner, batchOf([episode], 2), 0);
    expect(valueLoss).toBe((1 + 9) / 2);
    expect(rounded(gradients(learner.weights.slice(2)))).toEqual([-1, -3, -4]);
    expect(rounded(learner.weights.slice(2).flatMap((p) => [...p.toArray()]))).toEqual([0.5, 0.5, 0.5]);
  });
});

describe("an update", () => {
  it("lowers both learning rates along a line", () => {
    const rates = { learningRate: 0.01, valueLearningRate: 0.1, finalLearningRate: 0.5 };
    const learner = learnerOf(actorCritic, 2, discrete(2), rates);
    const { learningRate } = updated(learner, batchOf([episode], 2), 1);
    expect([learningRate, ...learner.optimizers.map((optimizer) => optimizer.learningRate)]).toEqual([
      0.005, 0.005, 0.05,
    ]);
  });
});

describe("learning", () => {
  it("averages 100 on CartPole-v1 within 100,000 steps", () => {
    const run = train({ algorithm: "actor-critic", seed: 0 });
    let best = 0;
    for (const { averageReturn, steps } of run) {
      best = Math.max(best, averageReturn || 0);
      if (best > 100 || steps >= 100_000) break;
    }
    expect(best).toBeGreaterThan(100);
  });
});
