import { describe, expect, it } from "vitest";
import { read } from "../../test/golden/read.js";
import { make } from "../envs/registry.js";
import { RunningMoments } from "../running-moments.js";
import { Tensor } from "../tensor/index.js";
import { at } from "../tensor/tensor.js";
import { evaluate } from "../training/evaluate.js";
import { loadPolicy, resume, train } from "../training/train.js";
import type { TrainConfig } from "../training/types.js";
import { ObservationNormaliser } from "./observation-normaliser.js";
import type { Policy } from "./policy.js";

interface Golden {
  readonly observations: readonly (readonly (readonly number[])[])[];
  readonly normalised: readonly (readonly (readonly number[])[])[];
  readonly mean: readonly number[];
  readonly variance: readonly number[];
}

const near = (value: number, expected: number, tolerance: number): void =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));

describe("running moments", () => {
  it("are those of all rows together, in whatever batches they arrive", () => {
    const { observations, mean, variance } = read<Golden>("normalise");
    for (const size of [1, 3, 39]) {
      const moments = new RunningMoments(4);
      const rows = observations.flat();
      for (let row = 0; row < rows.length; row += size) {
        const part = rows.slice(row, row + size);
        moments.update(part.flat(), part.length);
      }
      moments.mean.forEach((value, j) => void near(value / mean[j], 1, 1e-12));
      moments.variance.forEach((value, j) => void near(value / variance[j], 1, 1e-9));
      expect(moments.count[0]).toBeCloseTo(39.0001, 9);
    }
  });
  it("begin as mean 0 and variance 1 that hardly count", () => {
    const { mean, variance, count } = new RunningMoments(2);
    expect([[...mean], [...variance], [...count]]).toEqual([[0, 0], [1, 1], [1e-4]]);
  });
});

describe("observations", () => {
  it("are normalised as VecNormalize does it (`test/golden/normalise.py`), step by step, to within float32", () => {
    const { observations, normalised } = read<Golden>("normalise");
    const normaliser = new ObservationNormaliser(4);
    observations.forEach((rows, t) => {
      const numbers = Float32Array.from(rows.flat());
      normaliser.update(numbers, 3);
      const x = new Tensor([3, 4]);
      x.set(numbers);
      normaliser.apply(at(x) >>> 2, 3);
      // Column 1 is near 5,000 with a deviation of 100: float32 keeps 5e-6 of that deviation. Column 2 keeps 1e-4 of its own.
      const tolerance = [1e-6, 1e-5, 2e-4, 1e-6];
      x.toArray().forEach((value, k) => void near(value, normalised[t][Math.floor(k / 4)][k % 4], tolerance[k % 4]));
    });
  });
  it("farther than 10 deviations from the mean are cut", () => {
    const normaliser = new ObservationNormaliser(1);
    normaliser.update(Float32Array.of(1, -1), 2);
    const x = new Tensor([3, 1]);
    x.set([1000, -1000, 0.5]);
    normaliser.apply(at(x) >>> 2, 3);
    expect([...x.toArray()].map((value) => Number(value.toFixed(3)))).toEqual([10, -10, 0.5]);
  });
});

describe("the normaliser is a part of the policy", () => {
  const config = {
    algorithm: "ppo",
    env: "CartPole-v1",
    seed: 2,
    steps: 4000,
    options: { envs: 4, rolloutSteps: 50, hidden: [8], epochs: 2, normaliseObservations: true },
  } satisfies TrainConfig;
  const figures = ({ normaliser }: Policy): number[][] =>
    (normaliser?.moments.state() ?? []).map(([, values]) => [...values]);
  const actionsOf = (policy: Policy): unknown[] => {
    const env = make("CartPole-v1");
    let { observation } = env.reset({ seed: 5 });
    return Array.from({ length: 40 }, () => {
      const action = policy.act(observation, { deterministic: true }) as number;
      const step = env.step(action);
      observation = step.terminated ? env.reset().observation : step.observation;
      return action;
    });
  };

  it("changed only by training, not by playing or evaluating", () => {
    const run = train(config);
    const before = figures(run.policy);
    run.advance();
    const after = figures(run.policy);
    expect(after).not.toEqual(before);
    // 200 steps, and the first observations.
    expect(after[2][0]).toBeCloseTo(204.0001, 6);
    evaluate(run.policy, make("CartPole-v1"), { episodes: 3 });
    run.policy.act(Float32Array.of(100, 100, 100, 100));
    expect(figures(run.policy)).toEqual(after);
  });
  it("is saved in the checkpoint and restored from it", () => {
    const run = train(config);
    run.advance(333);
    const again = resume(run.checkpoint());
    expect(figures(again.policy)).toEqual(figures(run.policy));
    for (const _ of run);
    for (const _ of again);
    expect(figures(again.policy)).toEqual(figures(run.policy));
    expect(again.result()).toEqual(run.result());
  });
  it("is loaded with a policy, which then acts as in training, and does not change", () => {
    const run = train(config);
    for (const _ of run);
    const { policy } = loadPolicy(run.checkpoint());
    expect(figures(policy)).toEqual(figures(run.policy));
    expect(actionsOf(policy)).toEqual(actionsOf(run.policy));
    expect(figures(policy)).toEqual(figures(run.policy));
  });
  it("of the best policy has the statistics that it played with", () => {
    const run = train({ ...config, options: { ...config.options, learningRate: 0.003 } });
    let best = run.bestPolicy();
    let checked = 0;
    while (!run.finished && checked < 3) {
      // The moments move while a batch is collected, and the weights at its end.
      const weights = run.policy.parameters().map((p) => [...p.toArray()]);
      run.advance();
      const now = run.bestPolicy();
      if (now === undefined || (best !== undefined && Buffer.compare(now, best) === 0)) continue;
      best = now;
      checked++;
      const { policy } = loadPolicy(now);
      expect(policy.parameters().map((p) => [...p.toArray()])).toEqual(weights);
      expect(figures(policy)).toEqual(figures(run.policy));
    }
    expect(checked).toBeGreaterThan(1);
    for (const _ of run);
    expect(figures(loadPolicy(best as Uint8Array).policy)).not.toEqual(figures(run.policy));
  });
});
