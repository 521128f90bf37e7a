/** The map from [-1, 1] to the bounds of an action space. */

import { describe, expect, it } from "vitest";
import { alone, layersOf } from "../../../test/acting.js";
import { register } from "../../envs/registry.js";
import { defaultRng } from "../../random/index.js";
import { box, type Space } from "../../spaces/index.js";
import { loadPolicy, resume, trainNamed } from "../../training/train.js";
import { mlpPolicy } from "../mlp-policy.js";
import type { Policy } from "../policy.js";
import type { HeadOptions } from "./head-for.js";

const observationSpace = box({ low: -1, high: 1, shape: [2] });
const seen = Float32Array.of(0.5, -0.5);
const throttle = box({ low: 0, high: 50, shape: [1] });

/** A policy whose means are `means` for any observation. */
function policyFor(actionSpace: Space<unknown>, means: readonly number[], options: HeadOptions = {}): Policy {
  const rng = defaultRng(1);
  const policy = mlpPolicy({ observationSpace, actionSpace, hidden: [], activation: "tanh", rng, ...options });
  const [{ weights, bias }] = layersOf(policy);
  weights.set(new Float32Array(weights.size));
  bias.set(means);
  return policy;
}

const likeliest = (policy: Policy): number[] => [...(policy.act(seen, { deterministic: true }) as Float32Array)];

/** The drawn actions, and those that the environment received. */
function drawn(policy: Policy, steps = 200): { stored: number[]; given: number[] } {
  const actor = alone(policy);
  const rng = defaultRng(2);
  const given = Array.from({ length: steps }, () => [...(actor.act(seen, rng) as Float32Array)]).flat();
  return { stored: [...actor.take().actions.toArray()], given };
}

describe.each(["gaussian", "state-dependent"] as const)("a bounded Box, with %s actions", (continuous) => {
  it("is reached from [-1, 1]: Box [0, 50] gives 25 for 0, 50 for 1 and 0 for -1, and nothing beyond", () => {
    const given = [0, 1, -1, 0.5, 1.5, -7].map((mean) => likeliest(policyFor(throttle, [mean], { continuous })));
    expect(given.flat()).toEqual([25, 50, 0, 37.5, 50, 0]);
  });

  it("is mapped in the same way for drawn actions", () => {
    const { stored, given } = drawn(policyFor(throttle, [0.2], { continuous, noiseSteps: 1 }));
    expect(given).toEqual(stored.map((a) => Math.min(50, Math.max(0, Math.fround(25 + Math.fround(25 * a))))));
    expect(new Set(given).size).toBeGreaterThan(20);
    expect([given.includes(0), given.includes(50)]).toEqual([true, true]);
  });

  it("of [-1, 1] receives the number itself, clipped to the bounds", () => {
    const { stored, given } = drawn(
      policyFor(box({ low: -1, high: 1, shape: [1] }), [0.1], { continuous, noiseSteps: 1 }),
    );
    expect(given).toEqual(stored.map((a) => Math.min(1, Math.max(-1, a))));
    // What is learned from is the number that was drawn, and log π is that number's.
    expect(stored.some((a) => Math.abs(a) > 1)).toBe(true);
  });

  it("receives the numbers unchanged, clipped to the bounds, if scaleActions is false", () => {
    const raw = { continuous, noiseSteps: 1, scaleActions: false };
    const given = [0, 1, -1, 20, 60].map((mean) => likeliest(policyFor(throttle, [mean], raw)));
    expect(given.flat()).toEqual([0, 1, 0, 20, 50]);
    const { stored, given: some } = drawn(policyFor(throttle, [0.5], raw));
    expect(some).toEqual(stored.map((a) => Math.min(50, Math.max(0, a))));
  });
});

it("each dimension has its own range; one without a bound is not mapped", () => {
  const space = box({ low: [-Infinity, 0, 10, -4], high: [Infinity, Infinity, 20, -2] });
  expect(likeliest(policyFor(space, [3, 0.5, 0.5, -0.5]))).toEqual([3, 0.5, 17.5, -3.5]);
  expect(likeliest(policyFor(space, [-300, -2, 9, 9]))).toEqual([-300, 0, 20, -2]);
});

it("the log-probability is that of the number that was drawn, whatever the range", () => {
  const numbers = [throttle, box({ low: -1, high: 1, shape: [1] })].map((space) => {
    const policy = policyFor(space, [0.2]);
    const actor = alone(policy);
    const rng = defaultRng(2);
    for (let t = 0; t < 50; t++) actor.act(seen, rng);
    const { actions, logProbs } = actor.take();
    return [[...actions.toArray()], [...logProbs.toArray()]];
  });
  expect(numbers[0]).toEqual(numbers[1]);
});

/** The reward is highest for actions near 40. */
register({
  id: "Throttle-v0",
  create: () => ({
    observationSpace,
    actionSpace: throttle as Space<Float32Array>,
    reset: () => ({ observation: Float32Array.from(seen), info: {} }),
    step: ([a]) => ({
      observation: Float32Array.from(seen),
      reward: -Math.abs(a - 40) / 50,
      terminated: true,
      truncated: false,
      info: {},
    }),
    snapshot: () => null,
    restore: () => {},
  }),
});

it("PPO learns to give 40 of 50 where actions are mapped; raw ones are still far from it", () => {
  const given = [true, false].map((scaleActions) => {
    const options = { scaleActions, logStd: -1, learningRate: 1e-3, hidden: [16] };
    const run = trainNamed({ algorithm: "ppo", env: "Throttle-v0", seed: 1, steps: 10_000, options });
    for (const _ of run);
    return likeliest(run.policy)[0];
  });
  expect(Math.abs(given[0] - 40)).toBeLessThan(3);
  expect(given[1]).toBeLessThan(15);
});

it.each([true, false])("a checkpoint keeps the range, with scaleActions %s", (scaleActions) => {
  const options = { scaleActions, envs: 2, rolloutSteps: 8, minibatchSize: 8, hidden: [4] };
  const config = { algorithm: "ppo", env: "Throttle-v0", steps: 64, options } as const;
  const run = trainNamed(config);
  run.advance();
  run.advance(3);
  const saved = run.checkpoint();
  const expected = likeliest(run.policy);
  expect(likeliest(loadPolicy(saved).policy)).toEqual(expected);
  expect(expected[0] > 20).toBe(scaleActions);
  const again = resume(saved);
  for (const _ of run);
  for (const _ of again);
  expect(again.checkpoint()).toEqual(run.checkpoint());
  expect(again.config.options.scaleActions).toBe(scaleActions);
});
