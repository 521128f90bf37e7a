import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alone, layersOf } from "../../test/acting.js";
import { evacuate } from "../kernels/heap.js";
import { defaultRng } from "../random/index.js";
import { type Box, box, discrete, multiBinary, multiDiscrete, type Space, tuple } from "../spaces/index.js";
import { type Activation, indices, linear } from "../tensor/index.js";
import type { HeadOptions } from "./heads/head-for.js";
import { mlpPolicy } from "./mlp-policy.js";
import type { Policy } from "./policy.js";

const observationSpace = box({ low: -10, high: 10, shape: [5] });
const torque = box({ low: [-1, -2], high: [1, 2] });

function policyFor(
  actionSpace: Space<unknown>,
  activation: Activation = "tanh",
  hidden: number[] = [19, 33],
  options: HeadOptions = {},
): Policy {
  return mlpPolicy({ observationSpace, actionSpace, hidden, activation, rng: defaultRng(3), logStd: 0.7, ...options });
}

const observations = (count: number, seed = 1): Float32Array[] => {
  const rng = defaultRng(seed);
  return Array.from({ length: count }, () => Float32Array.from({ length: 5 }, () => rng.standardNormal()));
};

describe.each<[string, Space<unknown>, HeadOptions]>([
  ["a choice among four", discrete(4, { start: 10 }), {}],
  ["several choices", multiDiscrete([3, 2, 4], { start: [0, 5, -1] }), {}],
  ["switches", multiBinary(3), {}],
  ["two torques", torque, {}],
  ["two squashed torques", torque, { continuous: "squashed-gaussian" }],
  ["two torques with noise that lasts", torque, { continuous: "state-dependent", noiseSteps: 4, logStd: -1 }],
])("acting step by step, for %s", (_, actionSpace, head) => {
  it.each(["relu", "tanh", "gelu"] as const)(
    "keeps the bits of one forward pass over the batch, with %s",
    (activation) => {
      for (const hidden of [[], [7], [19, 33], [128, 128]]) {
        const policy = policyFor(actionSpace, activation, hidden, head);
        const actor = alone(policy);
        const rng = defaultRng(4);
        for (const observation of observations(37)) actor.act(observation, rng);
        const { features, forwardCache } = actor.take();
        expect(features.shape).toEqual([37, 5]);
        let h = features;
        layersOf(policy).forEach((layer, i) => {
          h = linear(h, layer.weights, layer.bias, layer.activation);
          expect(forwardCache.layers[i].toArray()).toEqual(h.toArray());
        });
      }
    },
  );
  it("keeps the log-probability that the distribution gives the stored action, bit for bit, among any rows", () => {
    const policy = policyFor(actionSpace, "tanh", [19, 33], head);
    const actor = alone(policy);
    const rng = defaultRng(4);
    for (const observation of observations(200)) actor.act(observation, rng);
    const { features, actions, logProbs } = actor.take();
    for (const [from, to] of [
      [0, 200],
      [0, 1],
      [5, 12],
      [100, 164],
    ]) {
      const again = policy.distribution({ features: features.slice(from, to) }).logProb(actions.slice(from, to));
      expect(again.toArray()).toEqual(logProbs.slice(from, to).toArray());
    }
  });
  it("keeps all rows when it grows beyond its first 256, even if the memory moves", () => {
    const policy = policyFor(actionSpace, "tanh", [19, 33], { ...head, noiseSteps: 20 });
    const actor = alone(policy);
    const reference = alone(policy);
    const rng = defaultRng(4);
    const sameRng = defaultRng(4);
    observations(1100).forEach((observation, t) => {
      if (t % 100 === 57) evacuate();
      actor.act(observation, rng);
    });
    const taken = actor.take();
    for (const [i, observation] of observations(1100).entries()) {
      reference.act(observation, sameRng);
      if (i % 100 !== 99) continue;
      const part = reference.take();
      const rows = (from: Float32Array): number[] => {
        const width = from.length / 1100;
        return [...from.subarray((i - 99) * width, (i + 1) * width)];
      };
      for (const kind of ["features", "actions", "logProbs"] as const) {
        expect([...part[kind].toArray()]).toEqual(rows(taken[kind].toArray()));
      }
      part.forwardCache.layers.forEach((layer, k) => {
        expect([...layer.toArray()]).toEqual(rows(taken.forwardCache.layers[k].toArray()));
      });
    }
  });
  it("continues exactly from a snapshot of any step", () => {
    const policy = policyFor(actionSpace, "gelu", [19, 33], head);
    const all = observations(300);
    for (const cut of [0, 1, 7, 255, 256, 257, 299]) {
      const rng = defaultRng(4);
      const whole = alone(policy);
      const first = alone(policy);
      const second = alone(policy);
      for (const observation of all) whole.act(observation, rng);
      const split = defaultRng(4);
      for (const observation of all.slice(0, cut)) first.act(observation, split);
      second.restore(first.snapshot());
      for (const observation of all.slice(cut)) second.act(observation, split);
      const a = whole.take();
      const b = second.take();
      expect(b.actions.toArray()).toEqual(a.actions.toArray());
      expect(b.logProbs.toArray()).toEqual(a.logProbs.toArray());
      const layers = [a, b].map(({ forwardCache }) => forwardCache.layers.map((layer) => layer.toArray()));
      expect(layers[1]).toEqual(layers[0]);
    }
  });
  it("starts a new recording after take, and the taken columns do not change", () => {
    const actor = alone(policyFor(actionSpace, "tanh", [7], head));
    const rng = defaultRng(4);
    const [one, two] = observations(2);
    actor.act(one, rng);
    const first = actor.take();
    actor.act(two, rng);
    const second = actor.take();
    expect([first.features.shape, second.features.shape]).toEqual([
      [1, 5],
      [1, 5],
    ]);
    expect(first.features.toArray()).toEqual(one);
    expect(second.features.toArray()).toEqual(two);
  });
  it("refuses a snapshot whose parts do not belong together", () => {
    const actor = alone(policyFor(actionSpace, "tanh", [7], head));
    actor.act(observations(1)[0], defaultRng(4));
    const snapshot = actor.snapshot();
    for (const part of ["features", "actions", "logProbs"] as const) {
      const longer = new Float32Array(snapshot[part].length + 1);
      expect(() => actor.restore({ ...snapshot, [part]: longer })).toThrow(RangeError);
    }
  });
});

it("actions are stored as indices, and the environment receives start + index", () => {
  const actor = alone(policyFor(discrete(4, { start: 10 })));
  const rng = defaultRng(4);
  const given = observations(50).map((observation) => actor.act(observation, rng));
  expect([...actor.take().actions.toArray()].map((index) => index + 10)).toEqual(given);
  expect(new Set(given)).toEqual(new Set([10, 11, 12, 13]));
});

it("actions follow the policy's probabilities", () => {
  const policy = policyFor(discrete(3));
  const actor = alone(policy);
  const rng = defaultRng(5);
  const [observation] = observations(1);
  const counts = [0, 0, 0];
  for (let t = 0; t < 40_000; t++) counts[actor.act(observation, rng) as number]++;
  const pi = policy.distribution({ features: actor.take().features.slice(0, 1) });
  counts.forEach((count, action) => {
    const probability = Math.exp(pi.logProb(indices([action])).item());
    expect(count / 40_000).toBeCloseTo(probability, 2);
  });
});

it("a torque reaches the environment within its bounds, and is stored as it was drawn", () => {
  const actor = alone(policyFor(torque, "tanh", [19, 33], { scaleActions: false }));
  const rng = defaultRng(4);
  const given = observations(300).map((observation) => actor.act(observation, rng) as Float32Array);
  const stored = actor.take().actions.toArray();
  const { low, high } = torque as Box;
  let clipped = 0;
  given.forEach((action, t) => {
    expect(torque.contains(action)).toBe(true);
    action.forEach((value, j) => {
      const drawn = stored[t * 2 + j];
      expect(value).toBe(Math.min(high[j], Math.max(low[j], drawn)));
      if (value !== drawn) clipped++;
    });
  });
  expect(clipped).toBeGreaterThan(100);
});

it("torques are drawn around the mean with the deviation of the policy", () => {
  const free = box({ low: -Infinity, high: Infinity, shape: [1] });
  const policy = mlpPolicy({
    observationSpace,
    actionSpace: free,
    hidden: [],
    activation: "tanh",
    rng: defaultRng(3),
    logStd: -1,
  });
  const actor = alone(policy);
  const rng = defaultRng(5);
  const [observation] = observations(1);
  const drawn = Array.from({ length: 4000 }, () => (actor.act(observation, rng) as Float32Array)[0]);
  const mean = drawn.reduce((sum, value) => sum + value) / 4000;
  const deviation = Math.sqrt(drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4000);
  expect(mean).toBeCloseTo((policy.act(observation, { deterministic: true }) as Float32Array)[0], 1);
  expect(deviation).toBeCloseTo(Math.exp(-1), 2);
});

it("any observation of any space is flattened as the policy's networks take it", () => {
  const space = tuple([discrete(3), box({ low: -1, high: 1, shape: [2] })]);
  const policy = mlpPolicy({
    observationSpace: space,
    actionSpace: discrete(2),
    hidden: [4],
    activation: "relu",
    rng: defaultRng(3),
  });
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 5 }), (seed, count) => {
      const rng = defaultRng(seed);
      const actor = alone(policy);
      const seen = Array.from({ length: count }, () => space.sample(rng) as [number, Float32Array]);
      for (const observation of seen) actor.act(observation, rng);
      const rows = seen.flatMap(([which, numbers]) => [...[0, 1, 2].map((i) => (i === which ? 1 : 0)), ...numbers]);
      expect([...actor.take().features.toArray()]).toEqual(rows);
    }),
    { seed: 1, numRuns: 30 },
  );
});
