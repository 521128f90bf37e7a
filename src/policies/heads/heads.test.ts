import { describe, expect, it } from "vitest";
import { type Acting, acting, layersOf } from "../../../test/acting.js";
import { explorationMatrix } from "../../distributions/index.js";
import { defaultRng } from "../../random/index.js";
import { type Box, box, discrete, multiBinary, multiDiscrete, type Space } from "../../spaces/index.js";
import { tensor } from "../../tensor/index.js";
import { mlpPolicy } from "../mlp-policy.js";
import type { Policy } from "../policy.js";
import type { HeadOptions } from "./head-for.js";

const observationSpace = box({ low: -10, high: 10, shape: [2] });
const torque = box({ low: [-1, 0], high: [1, 3] });

function policyFor(actionSpace: Space<unknown>, options: HeadOptions = {}): Policy {
  return mlpPolicy({ observationSpace, actionSpace, hidden: [5], activation: "tanh", rng: defaultRng(3), ...options });
}

/** The actions of `steps` steps of two environments, as received and as stored. */
function played(policy: Policy, steps: number, masks?: Uint8Array): { given: number[][]; actor: Acting } {
  const actor = acting(policy, 2, masks !== undefined);
  const rng = defaultRng(5);
  const given = Array.from({ length: steps }, () => [...actor.act(Float32Array.of(0.3, -1, 2, 0.5), rng, masks)]);
  return { given, actor };
}

describe("a mask", () => {
  const four = policyFor(discrete(4, { start: 2 }));
  const pair = policyFor(multiDiscrete([2, 3]));

  it("limits each environment to its allowed actions, and is stored with the steps", () => {
    const masks = Uint8Array.of(0, 1, 0, 1, 1, 0, 1, 0);
    const { given, actor } = played(four, 200, masks);
    expect(new Set(given.map(([a]) => a))).toEqual(new Set([3, 5]));
    expect(new Set(given.map(([, b]) => b))).toEqual(new Set([2, 4]));
    const recorded = actor.take();
    expect([...recorded.masks!.slice(0, 1).toArray(), ...recorded.masks!.slice(-1).toArray()]).toEqual([...masks]);
    const pi = four.distribution(recorded);
    expect(recorded.logProbs.toArray()).toEqual(pi.logProb(recorded.actions).toArray());
    expect(Math.max(...pi.entropy().toArray())).toBeLessThanOrEqual(0.6932);
  });

  it("rules out parts of several choices", () => {
    const masks = Uint8Array.of(0, 1, 1, 0, 1, 1, 1, 1, 0, 0);
    const { given, actor } = played(pair, 200, masks);
    expect(new Set(given.map((actions) => actions.slice(0, 2).join()))).toEqual(new Set(["1,0", "1,2"]));
    expect(new Set(given.map((actions) => actions.slice(2).join()))).toEqual(new Set(["0,0", "1,0"]));
    const recorded = actor.take();
    const pi = pair.distribution(recorded);
    expect(recorded.logProbs.toArray()).toEqual(pi.logProb(recorded.actions).toArray());
  });

  it("survives a snapshot", () => {
    const masks = Uint8Array.of(0, 1, 0, 1, 1, 0, 1, 0);
    const { actor } = played(four, 7, masks);
    const other = acting(four, 2, true);
    other.restore(actor.snapshot());
    expect(other.take().masks!.toArray()).toEqual(actor.take().masks!.toArray());
  });

  it("holds for the likeliest action too", () => {
    for (const only of [0, 1, 2, 3]) {
      const mask = [0, 0, 0, 0].with(only, 1);
      expect(four.act([0, 0], { deterministic: true, mask })).toBe(only + 2);
      expect(four.act([0, 0], { mask })).toBe(only + 2);
    }
    expect(pair.act([0, 0], { deterministic: true, mask: [1, 0, 0, 0, 1] })).toEqual(Int32Array.of(0, 2));
  });

  it("that allows nothing, is too short, or meets a policy without choices is refused", () => {
    expect(() => four.act([0, 0], { mask: [0, 0, 0, 0] })).toThrow("allowed is a 1 for at least one action");
    expect(() => pair.act([0, 0], { mask: [1, 1, 0, 0, 0] })).toThrow(
      "allowed is a 1 for at least one action of choice 1",
    );
    expect(() => four.act([0, 0], { mask: [1, 1] })).toThrow("allowed is 4 entries, one an action");
    expect(() => policyFor(torque).act([0, 0], { mask: [1, 1] })).toThrow("only choices among actions can be masked");
  });

  it("of switches has two entries each, off and on; both forms of the head agree, and what is certain has no entropy", () => {
    const switches = policyFor(multiBinary(3));
    const masks = Uint8Array.of(1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1);
    const { given, actor } = played(switches, 200, masks);
    expect(new Set(given.map((actions) => actions.slice(0, 3).join()))).toEqual(new Set(["0,1,0", "1,1,0"]));
    expect(new Set(given.map((actions) => actions[3]))).toEqual(new Set([0]));
    const recorded = actor.take();
    const pi = switches.distribution(recorded);
    expect(recorded.masks!.shape).toEqual([400, 6]);
    expect(recorded.logProbs.toArray()).toEqual(pi.logProb(recorded.actions).toArray());
    expect(Math.max(...pi.entropy().toArray())).toBeLessThanOrEqual(2 * 0.6932);
    expect(switches.act([0, 0], { deterministic: true, mask: [0, 1, 1, 0, 0, 1] })).toEqual(Int8Array.of(1, 0, 1));
    expect(() => switches.act([0, 0], { mask: [0, 0, 1, 1, 1, 1] })).toThrow("at least one action of choice 0");
  });
});

describe("a squashed action", () => {
  const policy = policyFor(torque, { continuous: "squashed-gaussian", logStd: 1 });

  it("fills the action space and never leaves it; the number before squashing is stored", () => {
    const { given, actor } = played(policy, 300);
    const stored = actor.take().actions.toArray();
    const first = given.map((actions) => actions.slice(0, 2));
    first.forEach((action, t) => {
      expect(torque.contains(Float32Array.from(action))).toBe(true);
      expect(action[0]).toBeCloseTo(Math.tanh(stored[2 * t]), 6);
      expect(action[1]).toBeCloseTo(1.5 + 1.5 * Math.tanh(stored[2 * t + 1]), 6);
    });
    expect(Math.min(...first.map(([, b]) => b))).toBeLessThan(0.1);
    expect(Math.max(...first.map(([, b]) => b))).toBeGreaterThan(2.9);
  });

  it("stays within bounds where tanh is 1", () => {
    const tenth = box({ low: [-0.1, 0.1], high: [0.3, 0.7] });
    const far = policyFor(tenth, { continuous: "squashed-gaussian" });
    for (const sign of [1, -1]) {
      layersOf(far)[1].bias.set([sign * 50, sign * 50]);
      const action = far.act([0, 0], { deterministic: true }) as Float32Array;
      expect(tenth.contains(action)).toBe(true);
      const bound = sign > 0 ? (tenth as Box).high : (tenth as Box).low;
      action.forEach((value, j) => void expect(value).toBeCloseTo(bound[j], 7));
    }
  });
});

describe("state-dependent noise", () => {
  const lasting = (noiseSteps: number): number[][] =>
    played(policyFor(torque, { continuous: "state-dependent", noiseSteps, logStd: -1 }), 9).given;

  it("is kept for the given number of steps, separately for each environment", () => {
    const given = lasting(3).map(String);
    expect(given.map((actions) => given.indexOf(actions))).toEqual([0, 0, 0, 3, 3, 3, 6, 6, 6]);
    const policy = policyFor(torque, { continuous: "state-dependent", logStd: -1 });
    const actions = acting(policy, 2).act(Float32Array.of(1, 1, 1, 1), defaultRng(1));
    expect([...actions.subarray(0, 2)]).not.toEqual([...actions.subarray(2)]);
  });

  it("is drawn like exploration matrices, one per copy", () => {
    const policy = policyFor(torque, { continuous: "state-dependent", logStd: -1 });
    const exploration = policy.head.exploration?.(2);
    exploration?.begin(0, defaultRng(8));
    const rng = defaultRng(8);
    const expected = [0, 1].flatMap(() => [...explorationMatrix(policy.head.parameters[0], rng).toArray()]);
    expect([...(exploration?.snapshot() ?? [])]).toEqual(expected);
  });

  it("is kept for the whole batch if no number of steps is given", () => {
    expect(new Set(lasting(0).map(String)).size).toBe(1);
    const policy = policyFor(torque, { continuous: "state-dependent", logStd: -1 });
    const actor = acting(policy);
    const rng = defaultRng(1);
    const draw = (): string => String(actor.act(Float32Array.of(1, 1), rng));
    const one = draw();
    const two = draw();
    actor.take();
    expect([one === two, one === draw()]).toEqual([true, false]);
  });

  it("is not disturbed by policy.act in between", () => {
    const policy = policyFor(torque, { continuous: "state-dependent", noiseSteps: 50, logStd: -1 });
    const actor = acting(policy);
    const rng = defaultRng(1);
    const draw = (): number[] => [...actor.act(Float32Array.of(1, 1), rng)];
    const before = draw();
    const asked = [policy.act([1, 1]), policy.act([1, 1])];
    expect(asked[0]).not.toEqual(asked[1]);
    expect(draw()).toEqual(before);
  });

  it("follows the deviations as they are learned", () => {
    const policy = policyFor(torque, { continuous: "state-dependent", logStd: -1 });
    const [logStd] = policy.head.parameters;
    expect(logStd.shape).toEqual([5, 2]);
    logStd.set(new Float32Array(10).fill(-20));
    const { given, actor } = played(policy, 3);
    const { features, actions, logProbs } = actor.take();
    expect(logProbs.toArray()).toEqual(policy.distribution({ features }).logProb(actions).toArray());
    const mean = policy.act([0.3, -1], { deterministic: true }) as Float32Array;
    given[0].slice(0, 2).forEach((value, j) => void expect(value).toBeCloseTo(mean[j], 6));
  });

  it("refuses a snapshot of another size", () => {
    const actor = acting(policyFor(torque, { continuous: "state-dependent" }));
    expect(() => actor.restore({ ...actor.snapshot(), exploration: new Float32Array(3) })).toThrow(
      "3 numbers of noise are not 10",
    );
  });
});

it("every kind of action reaches the environment as a value of its space", () => {
  for (const space of [multiDiscrete([3, 2], { start: [4, -1] }), multiBinary(4), torque, discrete(3, { start: 7 })]) {
    for (const continuous of ["gaussian", "squashed-gaussian", "state-dependent"] as const) {
      const policy = policyFor(space, { continuous, logStd: 1 });
      for (let i = 0; i < 20; i++) expect(space.contains(policy.act([1, i]))).toBe(true);
      expect(space.contains(policy.act([1, 2], { deterministic: true }))).toBe(true);
    }
  }
});

it("the likeliest switches are those that are more likely on than off", () => {
  const policy = policyFor(multiBinary(3));
  layersOf(policy)[1].weights.set(new Float32Array(15));
  layersOf(policy)[1].bias.set([2, -2, 0]);
  expect(policy.act([0, 0], { deterministic: true })).toEqual(Int8Array.of(1, 0, 0));
  expect(policy.distribution({ features: tensor([[0, 0]]) }).entropy().shape).toEqual([1]);
});
