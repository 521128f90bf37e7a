import { describe, expect, it, vi } from "vitest";
import {
  advantagesIn,
  batchOf,
  gradients,
  learnerOf,
  type Played,
  playedBy,
  setWeights,
  updated,
} from "../../test/one-update.js";
import type { AnyEnv } from "../envs/env.js";
import { make, register } from "../envs/registry.js";
import { resolveOptions } from "../options.js";
import { defaultRng } from "../random/index.js";
import type { Batch } from "../rollout/batch.js";
import { shuffledParts } from "../rollout/minibatches.js";
import { box, discrete, multiBinary, multiDiscrete, type Space } from "../spaces/index.js";
import { clippedSurrogate, full, indices, parameter, tensor, valueError } from "../tensor/index.js";
import { evaluate } from "../training/evaluate.js";
import { train, trainNamed } from "../training/train.js";
import type { Learner } from "./algorithm.js";
import { ppo, surrogate } from "./ppo.js";

const plain = { normaliseAdvantages: "none", valueCoefficient: 0, lambda: 1 };
const length = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));
const rounded = (values: readonly number[]): number[] => values.map((value) => Number(value.toFixed(4)));

/** One-step episodes in different states, all with action 0. */
const throws = (...rewards: number[]): Played[] =>
  rewards.map((reward, state) => ({ states: [state], actions: [0], rewards: [reward] }));

/** A learner with one state and one action, so that only V learns. V is the sum of a weight and a bias. */
function criticAlone(options: Readonly<Record<string, unknown>>, V = 0): { learner: Learner; V: () => number } {
  const learner = learnerOf(ppo, 1, discrete(1), { ...plain, valueCoefficient: 1, ...options });
  const critic = learner.weights.slice(2);
  setWeights(critic, (p) => (p.shape.length === 2 ? V : 0));
  return { learner, V: () => critic[0].item() + critic[1].item() };
}

describe("the choices in the header", () => {
  it("1. computes old values, advantages and returns once: many passes fit V to the return that it began with", () => {
    const open: Played[] = [{ states: [0], actions: [0], rewards: [1], open: true, last: 0 }];
    const { learner, V } = criticAlone({ gamma: 0.5, learningRate: 0.05, epochs: 400 }, 4);
    updated(learner, playedBy(learner, batchOf(open, 1)), 0);
    // 1 + ½·4. If the target followed V, V would reach the fixed point 2.
    expect(V()).toBeCloseTo(3, 2);
  });

  it("2. goes on with V where an episode was cut or the batch was full, and with 0 where it terminated", () => {
    const cut = { rewards: [1, 1], truncated: true };
    const open = { rewards: [1, 1], open: true };
    const over = { rewards: [1, 1] };
    const V = [0, 0, 0, 0, 0, 0, 8, 8, 8];
    const expected = [3.5, 5, 3.5, 5, 1.5, 1];
    expect(advantagesIn(ppo, { ...plain, gamma: 0.5 }, [cut, open, over], V)).toEqual(expected);
    expect(advantagesIn(ppo, { ...plain, gamma: 0.5, lambda: 0.5 }, [over], [2, 4, 8])).toEqual([0.25, -3]);
  });

  it("3. normalises advantages in each minibatch or over the batch, and leaves one number alone", () => {
    /** The advantages of the last minibatch, computed from its gradient. */
    const last = (normaliseAdvantages: string, minibatchSize: number): number[] => {
      const learner = learnerOf(ppo, 4, discrete(2), { ...plain, normaliseAdvantages, minibatchSize });
      setWeights(learner.weights, () => 0);
      const spy = vi.spyOn(Object.getPrototypeOf(defaultRng(0)), "permutation");
      spy.mockReturnValue(Int32Array.of(0, 1, 2, 3));
      updated(learner, playedBy(learner, batchOf(throws(1, 3, 10, 30), 4)), 0);
      spy.mockRestore();
      const size = 4 % minibatchSize || minibatchSize;
      const slopes = gradients(learner.policy.parameters());
      return rounded([0, 1, 2, 3].map((state) => -slopes[2 * state] * 2 * size));
    };
    const half = Number(Math.SQRT1_2.toFixed(4));
    expect(last("none", 2)).toEqual([0, 0, 10, 30]);
    expect(last("minibatch", 2)).toEqual([0, 0, -half, half]);
    expect(last("batch", 2)).toEqual([0, 0, -0.0755, 1.4349]);
    expect(last("minibatch", 4)).toEqual([-0.7552, -0.6042, -0.0755, 1.4349]);
    expect(last("minibatch", 3)).toEqual([0, 0, 0, 30]);
  });

  it("4. takes the mean square error of V without a factor of ½; clipped, the larger of two errors", () => {
    const errorOf = (V: number, old: number, G: number): [error: number, slope: number] => {
      const values = parameter(tensor([V]));
      const error = valueError(values, tensor([G]), { old: tensor([old]), clipRange: 0.5 });
      error.backward();
      return [error.item(), values.grad!.item()];
    };
    expect(errorOf(0.25, 0, 3)).toEqual([7.5625, -5.5]);
    // V moved towards the return, more than 0.5 from the old value: the gradient is 0.
    expect(errorOf(2, 0, 3)).toEqual([6.25, 0]);
    // V moved away from the return: the gradient is that of the whole error.
    expect(errorOf(2, 0, 0)).toEqual([4, 4]);
    expect(valueError(tensor([1, 2]), tensor([3, 3])).item()).toBe(2.5);

    for (const [clipValues, mean, slope] of [
      [false, (9 + 4) / 2, -4],
      [true, (9 + 2.8 * 2.8) / 2, 0],
    ] as const) {
      const { learner } = criticAlone({ clipValues, learningRate: 0.5, epochs: 2 });
      const { valueLoss } = updated(learner, playedBy(learner, batchOf(throws(3), 1)), 0);
      expect(valueLoss).toBeCloseTo(mean, 4);
      expect(gradients(learner.weights.slice(3))[0]).toBeCloseTo(slope, 4);
    }
  });

  it("5. limits the gradient of policy and value together, and reports its length from before", () => {
    const update = (maxGradNorm: number): [reported: number, left: number, policy: number] => {
      const learner = learnerOf(ppo, 2, discrete(2), { ...plain, valueCoefficient: 1, maxGradNorm });
      const { gradientNorm } = updated(learner, playedBy(learner, batchOf(throws(3, -2), 2)), 0);
      return [gradientNorm, length(gradients(learner.weights)), length(gradients(learner.policy.parameters()))];
    };
    const [free, all, policy] = update(0);
    expect(free).toBeCloseTo(all, 5);
    const [reported, left, share] = update(0.1);
    expect(reported).toBe(free);
    expect(left).toBeCloseTo(0.1, 5);
    expect(share / left).toBeCloseTo(policy / all, 5);
  });

  it("6. lowers learning rate and clip range along straight lines, and begins with all of both", () => {
    const learner = learnerOf(ppo, 1, discrete(2), {
      ...plain,
      learningRate: 0.01,
      finalLearningRate: 0.5,
      clipRange: 0.2,
      finalClipRange: 0,
    });
    setWeights(learner.weights, () => 0);
    // The ratio stays 1.12, because without an advantage the policy does not change.
    const { logProbs, ...batch } = playedBy(learner, batchOf(throws(0), 1));
    const moved: Batch = { ...batch, logProbs: logProbs.sub(Math.log(1.12)) };
    const seen = [0, 0.3, 0.5, 1].map((progress) => {
      const { learningRate, clipFraction } = updated(learner, moved, progress);
      return [learningRate, clipFraction];
    });
    expect(seen).toEqual([
      [0.01, 0],
      [0.0085, 0],
      [0.0075, 1],
      [0.005, 1],
    ]);

    const options = { envs: 2, rolloutSteps: 10, hidden: [4], epochs: 1, learningRate: 1, finalLearningRate: 0 };
    const rates = [...train({ algorithm: "ppo", steps: 80, options })].map(
      ({ diagnostics }) => diagnostics.learningRate,
    );
    expect(rates).toEqual([1, 0.75, 0.5, 0.25]);
  });

  it("7. stops before the step of the minibatch that has moved 1.5 times the target away", () => {
    const batch = batchOf(throws(1, -1, 2, -2), 4);
    const play = (options: Readonly<Record<string, unknown>>): [Record<string, number>, Float32Array[]] => {
      const learner = learnerOf(ppo, 4, discrete(2), { ...plain, learningRate: 0.05, ...options });
      setWeights(learner.weights, () => 0);
      const diagnostics = updated(learner, playedBy(learner, batch), 0);
      return [diagnostics, learner.weights.map((p) => p.toArray())];
    };
    const target = 0.01;
    const [stopped, weights] = play({ epochs: 30, targetKl: target });
    const steps = stopped.gradientSteps;
    expect(steps).toBeGreaterThan(1);
    expect(steps).toBeLessThan(10);
    const [whole, same] = play({ epochs: steps });
    expect(weights).toEqual(same);
    expect(stopped).toEqual(whole);
    /** The estimate in a gradient step, from means over all of them. */
    const klAt = (step: number): number => {
      const sum = (epochs: number): number => (epochs === 0 ? 0 : epochs * play({ epochs })[0].klK3);
      return sum(step) - sum(step - 1);
    };
    expect(klAt(steps)).toBeLessThan(1.5 * target);
    expect(klAt(steps + 1)).toBeGreaterThan(1.5 * target);
    expect(play({ epochs: 30, targetKl: 0 })[0].gradientSteps).toBe(30);
  });

  it("7. stops the whole update then, even if the policy has not moved in the next minibatch", () => {
    const learner = learnerOf(ppo, 4, discrete(2), {
      ...plain,
      learningRate: 0.05,
      epochs: 30,
      minibatchSize: 2,
      targetKl: 0.01,
    });
    setWeights(learner.weights, () => 0);
    const spy = vi.spyOn(Object.getPrototypeOf(defaultRng(0)), "permutation");
    spy.mockReturnValue(Int32Array.of(2, 3, 0, 1));
    const { gradientSteps } = updated(learner, playedBy(learner, batchOf(throws(1, -1, 0, 0), 4)), 0);
    spy.mockRestore();
    // Each epoch begins with the two steps that have no advantage; the last one ends there.
    expect(gradientSteps % 2).toBe(1);
    expect(gradientSteps).toBeLessThan(20);
  });

  it("8. adds 1e-5 in Adam's denominator: a gradient as small as that takes half a step", () => {
    const { learner } = criticAlone({ valueCoefficient: 0.5, learningRate: 0.1 });
    updated(learner, playedBy(learner, batchOf(throws(1e-5), 1)), 0);
    expect(learner.weights[3].item()).toBeCloseTo(0.05, 6);
  });

  it("9. keeps the order of rows, and draws nothing, where the minibatch is the whole batch", () => {
    const rng = defaultRng(3);
    const before = JSON.stringify(rng.snapshot());
    expect(shuffledParts(5, 5, rng)).toEqual([undefined]);
    expect(shuffledParts(5, 9, rng)).toEqual([undefined]);
    expect(JSON.stringify(rng.snapshot())).toBe(before);
  });

  it("10. counts ln ρ as 44 at most: 0 on the clipped side, and a finite slope on the other", () => {
    const slope = (logRatio: number, A: number): number => {
      const x = parameter(tensor([logRatio]));
      clippedSurrogate(x, tensor([0]), tensor([A]), 0.2).gain.backward();
      return x.grad!.item();
    };
    const most = Math.fround(Math.exp(44));
    for (const logRatio of [44, 89, 100, 1e30]) {
      expect(slope(logRatio, 1)).toBe(0);
      expect(slope(logRatio, 0)).toBe(0);
      expect(slope(logRatio, -1) / -most).toBeCloseTo(1, 6);
    }
  });

  it("11. draws the policy to its magnet, which stays for so many updates", () => {
    // The rewards favour action 0 for ever. How far ln π of it rises is bounded by the magnet alone.
    const rise = (magnetKl: number, magnetUpdates: number): number => {
      const options = { ...plain, epochs: 4, learningRate: 0.05, magnetKl, magnetUpdates, clipRange: 10 };
      const learner = learnerOf(ppo, 1, discrete(2), options);
      for (let update = 0; update < 40; update++) updated(learner, playedBy(learner, batchOf(throws(1), 1)), 0);
      return learner.policy
        .distribution({ features: full([1, 1], 1) })
        .logProb(indices([0]))
        .item();
    };
    const [free, held, moving] = [rise(0, 1000), rise(1, 1000), rise(1, 5)];
    expect(free).toBeGreaterThan(-0.05);
    // π maximises A ln π − KL(π ‖ ½): with τ = 1 and A = 1 it stops well before 1.
    expect(held).toBeLessThan(-0.1);
    expect(moving).toBeGreaterThan(held);
  });
});

describe("the clipped surrogate", () => {
  const at = (ratio: number, advantage: number): [gain: number, slope: number] => {
    const logProbs = parameter(tensor([Math.log(ratio)]));
    const { gain } = clippedSurrogate(logProbs, tensor([0]), tensor([advantage]), 0.2);
    gain.backward();
    return [Number(gain.item().toFixed(5)), Number(logProbs.grad!.item().toFixed(5))];
  };

  it("has no gradient only if the ratio has moved far enough in the right direction", () => {
    expect(at(1.1, 2)).toEqual([2.2, 2.2]);
    expect(at(1.5, 2)).toEqual([2.4, 0]);
    expect(at(0.5, 2)).toEqual([1, 1]);
    expect(at(0.9, -2)).toEqual([-1.8, -1.8]);
    expect(at(0.5, -2)).toEqual([-1.6, 0]);
    expect(at(1.5, -2)).toEqual([-3, -3]);
  });

  it("counts the ratios outside, and estimates how far the policy has moved", () => {
    const now = tensor([0, Math.log(1.5), Math.log(0.5), Math.log(1.1)]);
    const old = full([4], 0);
    const { klK1, klK3, clipFraction } = clippedSurrogate(now, old, full([4], 1), 0.2);
    expect(clipFraction).toBe(0.5);
    expect(klK1).toBeCloseTo(-(Math.log(1.5) + Math.log(0.5) + Math.log(1.1)) / 4, 6);
    expect(klK3).toBeCloseTo((0.5 - 0.5 + 0.1) / 4 + klK1, 6);
  });

  it("stays finite where ρ leaves float32, with the gain of the clipped side, 0 for A = 0, and finite estimates", () => {
    for (const one of [surrogate, surrogate.expression]) {
      const figures = [1, 0, -1].map((A) => one(tensor([0]), tensor([-100]), tensor([A]), 0.2));
      expect(figures.map(({ gain }) => gain.item())).toEqual([Math.fround(1.2), 0, -12851599879817920000]);
      expect(figures.map(({ klK1 }) => klK1)).toEqual([-100, -100, -100]);
      expect(figures.map(({ klK3 }) => klK3)).toEqual(new Array(3).fill(12851599879817920000));
    }
  });

  it("lets a run go on in which 300 switches move so far in one update that ρ overflows", () => {
    const options = { learningRate: 0.1, envs: 2, rolloutSteps: 32, minibatchSize: 16, hidden: [8] };
    const updates = [...trainNamed({ algorithm: "ppo", env: manySwitches, steps: 192, options })];
    const moved = updates.map(({ diagnostics }) => diagnostics.klK3);
    expect(moved.length).toBe(3);
    // One ratio of e⁴⁴ among 16 steps and 40 minibatches.
    expect(Math.max(...moved)).toBeGreaterThan(Math.exp(44) / 16 / 40);
  });
});

/** Episodes of two steps with different masks. */
const twoSteps = (actionSpace: Space<never>, masks?: readonly (readonly number[])[]): AnyEnv => {
  let t = 0;
  const observe = (): Float32Array => Float32Array.of(t, 1 - 2 * t);
  return {
    observationSpace: box({ low: -2, high: 2, shape: [2] }),
    actionSpace,
    reset: () => {
      t = 0;
      return { observation: observe(), info: {} };
    },
    step: () => ({ observation: observe(), reward: 1, terminated: ++t === 2, truncated: false, info: {} }),
    ...(masks && { actionMask: () => masks[t % 2] }),
  };
};
/** Episodes of ten steps in random states, with 300 switches that don't matter. */
const manySwitches = (): AnyEnv => {
  const rng = defaultRng(1);
  let t = 0;
  const observe = (): Float32Array => Float32Array.from(rng.uniform(-1, 1, 2));
  return {
    observationSpace: box({ low: -1, high: 1, shape: [2] }),
    actionSpace: multiBinary(300),
    reset: () => {
      t = 0;
      return { observation: observe(), info: {} };
    },
    step: () => ({ observation: observe(), reward: 1, terminated: ++t === 10, truncated: false, info: {} }),
  };
};
const openInTurns = [
  [1, 0, 1, 1],
  [0, 1, 0, 1],
];
register({ id: "Masked4-v0", create: () => twoSteps(discrete(4) as never, openInTurns) });
register({ id: "Several23-v0", create: () => twoSteps(multiDiscrete([2, 3]) as never) });
register({ id: "Switches3-v0", create: () => twoSteps(multiBinary(3) as never) });

describe("the ratio on the first pass is 1, not nearly", () => {
  const runs: [string, string, Record<string, unknown>][] = [
    ["categorical", "CartPole-v1", {}],
    ["categorical, one trunk", "Acrobot-v1", { trunk: "shared", activation: "relu" }],
    ["categorical over one-hot states", "FrozenLake-v1", { normaliseObservations: true, scaleRewards: true }],
    ["Gaussian", "Pendulum-v1", { logStd: -0.7, normaliseObservations: true }],
    ["squashed Gaussian", "Pendulum-v1", { continuous: "squashed-gaussian" }],
    ["categorical with a mask", "Masked4-v0", {}],
    ["several choices", "Several23-v0", {}],
    ["switches", "Switches3-v0", {}],
    ["state-dependent noise", "MountainCarContinuous-v0", { continuous: "state-dependent", noiseSteps: 4 }],
  ];
  it.each(runs)("%s", (_, env, options) => {
    const sizes = { envs: 3, rolloutSteps: 50, hidden: [9, 6], epochs: 1 };
    for (const minibatchSize of [150, 64]) {
      // With a learning rate of 0, every minibatch is like the first.
      const still = { ...sizes, ...options, minibatchSize, learningRate: 0 };
      for (const { diagnostics } of trainNamed({ algorithm: "ppo", env, steps: 600, options: still })) {
        expect([diagnostics.klK1, diagnostics.klK3, diagnostics.clipFraction].map(Math.abs)).toEqual([0, 0, 0]);
      }
    }
    const whole = { ...sizes, ...options, minibatchSize: 150, learningRate: 0.01 };
    for (const { diagnostics } of trainNamed({ algorithm: "ppo", env, steps: 600, options: whole })) {
      expect([diagnostics.klK1, diagnostics.klK3, diagnostics.clipFraction].map(Math.abs)).toEqual([0, 0, 0]);
    }
  });
});

describe("settings", () => {
  it("without a learning signal leave the policy unchanged", () => {
    const learner = learnerOf(ppo, 2, discrete(2), { ...plain, learningRate: 0.1, normaliseAdvantages: "minibatch" });
    setWeights(learner.weights, (p, i) => (p === learner.weights[0] ? i : 0));
    const before = learner.policy.parameters().map((p) => p.toArray());
    const { gradientNorm } = updated(learner, playedBy(learner, batchOf(throws(0, 0), 2)), 0);
    expect(gradientNorm).toBe(0);
    expect(learner.policy.parameters().map((p) => p.toArray())).toEqual(before);
  });
  it("out of range are refused by name", () => {
    expect(() => resolveOptions(ppo.options, { epochs: 0 })).toThrow(
      "options.epochs: got 0, allowed is a whole number",
    );
    expect(() => resolveOptions(ppo.options, { clipRange: -0.1 })).toThrow("options.clipRange: got -0.1, allowed is");
    expect(() => resolveOptions(ppo.options, { minibatch: 3 })).toThrow("Did you mean minibatchSize?");
  });
});

describe("learning", () => {
  it("the Zoo's settings balance the pole to the end after 20,000 steps", () => {
    const run = train({ algorithm: "ppo", preset: "zoo", seed: 0 });
    for (const { steps } of run) if (steps >= 20_000) break;
    const { mean } = evaluate(run.policy, make("CartPole-v1"), { episodes: 10, deterministic: true });
    expect(mean).toBeGreaterThan(475);
  });
});
