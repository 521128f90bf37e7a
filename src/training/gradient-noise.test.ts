import { describe, expect, it } from "vitest";
import { ESTIMATORS, enumerated, type Parametrisation, settingOf, worldNamed } from "../estimators/index.js";
import { noiseOf } from "./gradient-noise.js";
import { resume, trainNamed } from "./train.js";
import type { NamedConfig } from "./types.js";

const part = (weight: number, ...gradient: number[]) => ({ weight, gradient: Float64Array.from(gradient) });

describe("noiseOf", () => {
  it("divides the spread of two parts between variance and signal", () => {
    // The mean is (2, 0), each part is (±1, 0) from it, and the variance of the mean of two is 1.
    expect(noiseOf([part(1, 3, 0), part(1, 1, 0)], 60)).toEqual({
      gradientVariance: 1,
      signalToNoise: 3,
      criticalBatch: 20,
    });
  });

  it("weighs parts by their size", () => {
    // The mean is (3·2 + 1·6)/4 = 3, the spread 3·1 + 1·9 = 12, and the variance 12/(4·1).
    expect(noiseOf([part(3, 2), part(1, 6)], 8)).toEqual({ gradientVariance: 3, signalToNoise: 2, criticalBatch: 4 });
  });

  it("has no critical batch where noise hides the signal, and no ratio where nothing varies", () => {
    expect(noiseOf([part(1, 1), part(1, -1)], 8)).toEqual({ gradientVariance: 1, signalToNoise: -1 });
    expect(noiseOf([part(1, 2), part(1, 2)], 8)).toEqual({ gradientVariance: 0 });
  });
});

/** A linear policy on one-hot states: logits W[a][s] + b[a], at W = 0 and b = 0. */
function linearPolicy(states: number, actions: number): Parametrisation {
  return {
    name: "linear",
    size: states * actions + actions,
    isTable: false,
    logits: new Float64Array(states * actions),
    pulledBack(gradient) {
      const pulled = new Float64Array(states * actions + actions);
      gradient.forEach((slope, pair) => {
        pulled[pair] += slope;
        pulled[states * actions + (pair % actions)] += slope;
      });
      return pulled;
    },
  };
}

describe("the gradient noise of a run", () => {
  it("is the exact variance and the exact |g|² of the estimator lab, on the average", () => {
    const world = { ...worldNamed("two-step"), gamma: 1 };
    const { states, actions } = world.table;
    const setting = settingOf(world, linearPolicy(states, actions));
    const [{ variance }] = enumerated([ESTIMATORS.find(({ name }) => name === "to-go")!], setting, 1);
    const exact = { variance: variance / 16, square: setting.field.reduce((sum, slope) => sum + slope * slope, 0) };

    const options = { hidden: [], gamma: 1, baseline: "none", episodesPerUpdate: 16, learningRate: 1e-9 };
    const run = trainNamed({ env: "TwoStep-v0", options, episodes: 16 * 150 }, { gradientNoise: 1 });
    let variances = 0;
    let squares = 0;
    let updates = 0;
    for (const { diagnostics } of run) {
      variances += diagnostics.gradientVariance;
      squares += diagnostics.gradientVariance * (diagnostics.signalToNoise ?? 0);
      updates++;
    }
    // Over 150 updates, the standard errors are about 6 % and 4 %.
    expect(Math.abs(variances / updates / exact.variance - 1)).toBeLessThan(0.15);
    expect(Math.abs(squares / updates / exact.square - 1)).toBeLessThan(0.15);
  });

  const runs: [string, NamedConfig][] = [
    ["reinforce", { algorithm: "reinforce", episodes: 32, options: { episodesPerUpdate: 8 } }],
    ["actor-critic", { algorithm: "actor-critic", steps: 120, options: { envs: 4 } }],
    ["a2c", { algorithm: "a2c", steps: 200, options: { envs: 4, rolloutSteps: 10 } }],
    ["vpg", { algorithm: "vpg", steps: 320, options: { envs: 4, rolloutSteps: 40 } }],
    [
      "ppo with minibatches",
      { algorithm: "ppo", steps: 512, options: { envs: 4, rolloutSteps: 64, minibatchSize: 64, epochs: 2 } },
    ],
    [
      "ppo with a memory",
      { algorithm: "ppo", steps: 128, options: { envs: 4, rolloutSteps: 16, policy: "gru", epochs: 2 } },
    ],
    [
      "ppo on Pendulum",
      { algorithm: "ppo", env: "Pendulum-v1", steps: 256, options: { envs: 4, rolloutSteps: 32, epochs: 2 } },
    ],
  ];

  it.each(runs)("of %s changes no bit of the weights, and is in every second update", (_, config) => {
    const plain = trainNamed(config);
    for (const { diagnostics } of plain) expect(diagnostics).not.toHaveProperty("gradientVariance");
    const measured = trainNamed(config, { gradientNoise: 2 });
    const variances = [...measured].map(({ diagnostics }) => diagnostics.gradientVariance);
    expect(variances.length).toBeGreaterThan(1);
    variances.forEach((variance, i) => void expect(variance > 0).toBe(i % 2 === 1));
    expect(measured.result().weightsSha256).toBe(plain.result().weightsSha256);
  });

  it("of a resumed run is that of a run without the stop", () => {
    const config: NamedConfig = { algorithm: "ppo", steps: 512, options: { envs: 4, rolloutSteps: 32, epochs: 2 } };
    const whole = [...trainNamed(config, { gradientNoise: 1 })];
    const stopped = trainNamed(config, { gradientNoise: 1 });
    stopped.advance();
    stopped.advance();
    expect([...resume(stopped.checkpoint(), { gradientNoise: 1 })]).toEqual(whole.slice(2));
  });

  it("does not depend on maxGradNorm, which limits the gradient later", () => {
    const noise = (maxGradNorm: number): readonly number[] => {
      const options = { episodesPerUpdate: 8, maxGradNorm };
      const [{ diagnostics }] = trainNamed({ episodes: 8, options }, { gradientNoise: 1 });
      return [diagnostics.gradientVariance, diagnostics.signalToNoise];
    };
    expect(noise(1e-3)).toEqual(noise(0));
  });

  it("needs batches that can be divided", () => {
    const start = (config: NamedConfig, gradientNoise: number) => () => trainNamed(config, { gradientNoise });
    expect(start({}, 10)).toThrow(
      'gradientNoise: got "batches of 1 episode", allowed is batches of at least 4, as they are measured in parts: set episodesPerUpdate',
    );
    const memory = { algorithm: "ppo", options: { envs: 2, policy: "gru" } };
    expect(start(memory, 10)).toThrow('gradientNoise: got "batches of 2 environments"');
    expect(start({ algorithm: "ppo" }, 0)).toThrow(
      "gradientNoise: got 0, allowed is a whole number of updates, at least 1",
    );
  });

  it("is left out where a batch has fewer than four episodes or parts of episodes", () => {
    const config = { algorithm: "ppo", steps: 64, options: { envs: 1, rolloutSteps: 8 } };
    const shapes = [...trainNamed(config, { gradientNoise: 1 })].map(({ diagnostics }) => diagnostics);
    expect(shapes[0]).not.toHaveProperty("gradientVariance");
  });
});
