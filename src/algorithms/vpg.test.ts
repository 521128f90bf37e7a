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
import { vpg } from "./vpg.js";

const raw = { normaliseAdvantages: false };
const episode: Played = { states: [0, 1], actions: [1, 0], rewards: [1, 3] };
const length = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));

describe("the choices in the header", () => {
  it("1. takes one step of the policy and as many of the value network as were asked for", () => {
    const learner = learnerOf(vpg, 2, discrete(2), { valueSteps: 7, learningRate: 0.01, valueLearningRate: 0.01 });
    updated(learner, batchOf([episode, { ...episode, rewards: [0, 1] }], 2), 0);
    const steps = learner.optimizers.map((optimizer) => [...optimizer.state()].filter(([name]) => /steps$/.test(name)));
    expect(steps.map((all) => all.map(([, count]) => count.item()))).toEqual([
      [1, 1],
      [7, 7],
    ]);
  });

  it("2. computes advantages with the V from before the fit, and normalises them over the batch", () => {
    const fitted = { ...raw, valueLearningRate: 1, valueSteps: 50 };
    expect(advantagesIn(vpg, fitted, [{ rewards: [3] }], [1])).toEqual([2]);
    expect(advantagesIn(vpg, { gamma: 1, lambda: 1 }, [{ rewards: [0, 4] }, { rewards: [8] }])).toEqual([
      -0.5774, -0.5774, 1.1547,
    ]);
    expect(advantagesIn(vpg, { ...raw, gamma: 0.5, lambda: 0.5 }, [{ rewards: [1, 1] }], [2, 4])).toEqual([0.25, -3]);
  });

  it("3. fits V to the rewards to go, whatever λ is", () => {
    for (const lambda of [0, 0.5, 1]) {
      const learner = learnerOf(vpg, 2, discrete(2), { gamma: 1, lambda, valueLearningRate: 0.1, valueSteps: 200 });
      setWeights(learner.weights.slice(2), () => 0);
      const { valueLoss } = updated(learner, batchOf([episode], 2), 0);
      const [weights, bias] = learner.weights.slice(2).map((p) => p.toArray());
      expect([weights[0] + bias[0], weights[1] + bias[0]].map((V) => Number(V.toFixed(1)))).toEqual([4, 3]);
      expect(valueLoss).toBeLessThan(0.01);
    }
  });

  it("4. goes on with V where an episode was cut, and with 0 where it terminated: in advantages and in what V is fitted to", () => {
    const episodes = [{ rewards: [1, 1], truncated: true }, { rewards: [1, 1] }];
    const V = [0, 0, 0, 0, 8, 8];
    expect(advantagesIn(vpg, { ...raw, gamma: 0.5, lambda: 1 }, episodes, V)).toEqual([3.5, 5, 1.5, 1]);

    const slopes = [true, false].map((truncated) => {
      const learner = learnerOf(vpg, 2, discrete(2), { gamma: 0.5 });
      setWeights(learner.weights.slice(2), (p, i) => (p.shape.length === 2 && i === 1 ? 8 : 0));
      updated(learner, batchOf([{ states: [0], actions: [0], rewards: [1], truncated, last: 1 }], 2), 0);
      return gradients(learner.weights.slice(2));
    });
    expect(slopes).toEqual([
      [-10, 0, -10],
      [-2, 0, -2],
    ]);
  });

  it("5. averages over steps: the same steps twice, or in one long episode, give the same gradient", () => {
    const learner = learnerOf(vpg, 1, discrete(2), { ...raw, gamma: 0 });
    setWeights(learner.weights, () => 0);
    const up = (...episodes: Played[]): number => ascent(learner, batchOf(episodes, 1))[1];
    const step: Played = { states: [0], actions: [1], rewards: [1] };
    expect(up(step)).toBe(0.5);
    expect(up(step, step, step)).toBe(0.5);
    expect(up({ states: [0, 0, 0], actions: [1, 1, 1], rewards: [1, 1, 1] })).toBe(0.5);
  });
});

describe("an update", () => {
  it("limits each network's gradient by itself", () => {
    const learner = learnerOf(vpg, 2, discrete(2), { ...raw, maxGradNorm: 0.1 });
    const { gradientNorm } = updated(learner, batchOf([episode], 2), 0);
    expect(gradientNorm).toBeGreaterThan(0.5);
    for (const { parameters } of learner.optimizers) expect(length(gradients(parameters))).toBeCloseTo(0.1, 5);
  });
  it("lowers both learning rates along a line", () => {
    const rates = { learningRate: 0.01, valueLearningRate: 0.1, finalLearningRate: 0.5 };
    const learner = learnerOf(vpg, 2, discrete(2), rates);
    const { learningRate } = updated(learner, batchOf([episode], 2), 1);
    expect([learningRate, ...learner.optimizers.map((optimizer) => optimizer.learningRate)]).toEqual([
      0.005, 0.005, 0.05,
    ]);
  });
});

describe("learning", () => {
  it("averages 150 on CartPole-v1 within 100,000 steps", () => {
    const run = train({ algorithm: "vpg", seed: 0 });
    let best = 0;
    for (const { averageReturn, steps } of run) {
      best = Math.max(best, averageReturn);
      if (best > 150 || steps >= 100_000) break;
    }
    expect(best).toBeGreaterThan(150);
  });
});
