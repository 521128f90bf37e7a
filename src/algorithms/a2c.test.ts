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
import { a2c } from "./a2c.js";

const length = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));
const rounded = (values: readonly number[]): number[] => values.map((value) => Number(value.toFixed(4)));
const once = (reward: number): Played => ({ states: [0], actions: [0], rewards: [reward] });

describe("the choices in the header", () => {
  it("1. takes one gradient step for each batch", () => {
    const learner = learnerOf(a2c, 1, discrete(2), { optimizer: "adam", learningRate: 0.01 });
    const steps = (): (number | undefined)[] =>
      learner.weights.map(({ name }) => learner.optimizers[0].state().get(`${name}.steps`)?.item());
    for (const count of [1, 2]) {
      updated(learner, batchOf([once(1), once(2)], 1), 0);
      expect(steps()).toEqual([count, count, count, count]);
    }
  });

  it("2. credits the return over the batch's steps minus V with λ = 1, and one step plus V with λ = 0", () => {
    const open = { rewards: [1, 1, 1], open: true };
    const V = [1, 2, 4, 8];
    expect(advantagesIn(a2c, { gamma: 0.5 }, [open], V)).toEqual([1.75, 1.5, 1]);
    expect(advantagesIn(a2c, { gamma: 0.5, lambda: 0 }, [open], V)).toEqual([1, 1, 1]);
    expect(advantagesIn(a2c, { gamma: 0.5, lambda: 1 }, [{ ...open, rewards: [1, 0, 0] }], V)).toEqual([1, 0, 0]);
    expect(advantagesIn(a2c, { gamma: 0, normaliseAdvantages: true }, [{ rewards: [0, 4, 8] }])).toEqual([-1, 0, 1]);
  });

  it("3. goes on with V where an episode was cut, and with 0 where it terminated", () => {
    const episodes = [{ rewards: [1, 1], truncated: true }, { rewards: [1, 1] }];
    expect(advantagesIn(a2c, { gamma: 0.5 }, episodes, [0, 0, 0, 0, 8, 8])).toEqual([3.5, 5, 1.5, 1]);
  });

  it("4. treats A as a constant: V learns only from its own error, towards a fixed target", () => {
    const slopes = (valueCoefficient: number): number[] => {
      const learner = learnerOf(a2c, 2, discrete(2), { gamma: 1, valueCoefficient });
      setWeights(learner.policy.parameters(), () => 0);
      setWeights(learner.weights.slice(2), (p) => (p.shape.length === 2 ? 0.5 : 0));
      updated(learner, batchOf([{ states: [0, 1], actions: [1, 1], rewards: [1, 3] }], 2), 0);
      return rounded(gradients(learner.weights.slice(2)));
    };
    // Returns 4 and 3, V 0.5: twice the mean of V - G, state by state and for the bias.
    expect(slopes(1)).toEqual([-3.5, -2.5, -6]);
    expect(slopes(0)).toEqual([0, 0, 0]);
  });

  it("5. limits the gradient of policy and value together, and reports its length from before", () => {
    const update = (maxGradNorm: number): [reported: number, left: number, policy: number] => {
      const learner = learnerOf(a2c, 1, discrete(2), { maxGradNorm });
      const { gradientNorm } = updated(learner, batchOf([once(5)], 1), 0);
      return [gradientNorm, length(gradients(learner.weights)), length(gradients(learner.policy.parameters()))];
    };
    const [free, all, policy] = update(0);
    expect(free).toBeCloseTo(all, 5);
    const [reported, left, share] = update(0.1);
    expect(reported).toBe(free);
    expect(left).toBeCloseTo(0.1, 5);
    expect(share / left).toBeCloseTo(policy / all, 5);
  });

  it("6. RMSProp has α = 0.99 and adds ε = 1e-5 after the root; Adam's ε is 1e-5", () => {
    const moved = (optimizer: string, slope: number): number => {
      const learner = learnerOf(a2c, 1, discrete(1), { optimizer, learningRate: 0.1, valueCoefficient: 0.5 });
      setWeights(learner.weights, () => 0);
      updated(learner, batchOf([once(slope)], 1), 0);
      return learner.weights[3].item();
    };
    // g / (√(0.01·g²) + 1e-5), and g / (|g| + 1e-5)
    expect(moved("rmsprop", 1)).toBeCloseTo(0.1 / 0.1001 / 0.999, 2);
    expect(moved("rmsprop", 1e-4)).toBeCloseTo(0.5, 5);
    expect(moved("adam", 1e-5)).toBeCloseTo(0.05, 6);
  });
});

describe("an update", () => {
  it("adds the mean entropy over the batch's steps, in nats", () => {
    const learner = learnerOf(a2c, 1, discrete(2), { entropyBonus: 0.5 });
    setWeights(learner.weights, (p, i) => (p.shape.length === 1 && i === 1 ? Math.log(3) : 0));
    const slope = 0.5 * 0.25 * 0.75 * Math.log(3);
    for (const episodes of [[once(0)], [once(0), once(0), once(0)]]) {
      const direction = ascent(learner, batchOf(episodes, 1));
      expect(direction[0]).toBeCloseTo(slope, 6);
      expect(direction[1]).toBeCloseTo(-slope, 6);
    }
  });
  it("lowers the learning rate along a line", () => {
    const learner = learnerOf(a2c, 1, discrete(2), { learningRate: 0.01, finalLearningRate: 0.5 });
    const rates = [0, 0.5, 1].map((progress) => updated(learner, batchOf([once(1)], 1), progress).learningRate);
    expect(rates).toEqual([0.01, 0.0075, 0.005]);
  });
  it("reports how well V predicted the returns", () => {
    const learner = learnerOf(a2c, 3, discrete(2), { gamma: 1 });
    setWeights(learner.weights.slice(2), (p, i) => (p.shape.length === 2 ? [1, 3, 8][i] : 0));
    const episodes = [1, 3, 5].map((reward, state): Played => ({ ...once(reward), states: [state] }));
    // Var(G) = 8/3; G - V is 0, 0, -3, whose variance is 2.
    expect(updated(learner, batchOf(episodes, 3), 0).explainedVariance).toBeCloseTo(1 - 2 / (8 / 3), 6);
  });
});

describe("learning", () => {
  it("the Zoo's settings average 100 on CartPole-v1 within 50,000 steps", () => {
    const run = train({ algorithm: "a2c", preset: "zoo", seed: 0 });
    let best = 0;
    for (const { averageReturn, steps } of run) {
      best = Math.max(best, averageReturn || 0);
      if (best > 100 || steps >= 50_000) break;
    }
    expect(best).toBeGreaterThan(100);
  });
});
