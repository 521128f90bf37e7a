/** What `policy.act` refuses, and decisions that are made side by side. */

import { describe, expect, it } from "vitest";
import { somePolicy } from "../../test/exported-policies.js";
import { defaultRng } from "../random/index.js";
import { box, dict, discrete, multiBinary, multiDiscrete, type Space, tuple } from "../spaces/index.js";
import { deciderOf, isOwnAct } from "./decide.js";
import { requireFitting } from "./fitting.js";
import type { ActOptions, Policy } from "./policy.js";

const pair = box({ low: -1, high: 1, shape: [2] });
const policyOn = (observations: Space<unknown>, actions: Space<unknown> = discrete(2)): Policy =>
  somePolicy(observations, actions, { activation: "tanh", hidden: [4] });

describe("an observation that is refused", () => {
  const two = policyOn(pair);
  it.each<[string, unknown, string]>([
    ["NaN", Float32Array.of(0, NaN), "observation[1]: got NaN, allowed is one of 2 finite numbers"],
    ["infinity", Float32Array.of(-Infinity, 0), "observation[0]: got -Infinity"],
    ["a number beyond float32", [0, 1e39], "observation[1]: got 1e+39"],
    ["text", "ab", 'observation: got "ab", allowed is an array of 2 finite numbers'],
    ["an array of texts", ["1", "2"], 'observation[0]: got "1"'],
    ["nested arrays", [[1], [2]], "observation[0]: got [1]"],
    ["a sparse array", Object.assign(new Array(2), { 1: 1 }), "observation[0]: got undefined"],
    ["big integers", BigInt64Array.of(1n, 2n), "observation[0]: got 1n"],
    ["another length", [1, 2, 3], "observation: got [1,2,3], allowed is an array of 2"],
    ["an object with a length", { length: 2, 0: 1, 1: 1 }, "observation: got"],
    ["nothing", undefined, "observation: got undefined"],
  ])("%s", (_, observation, message) => {
    expect(() => two.act(observation)).toThrow(message);
    expect(() => two.act(observation, { deterministic: true })).toThrow(message);
  });

  it.each<[string, Space<unknown>, unknown, string]>([
    ["a text for a choice", discrete(3), "1", 'observation: got "1", allowed is a value of Discrete(3)'],
    ["null for a choice", discrete(3), null, "observation: got null"],
    ["true for a choice", discrete(3), true, "observation: got true"],
    ["a choice out of range", discrete(3), 3, "observation: got 3"],
    [
      "a switch that is half on",
      multiBinary(2),
      [0, 0.5],
      "observation[1]: got 0.5, allowed is one of 2 zeros and ones",
    ],
    ["a text among choices", multiDiscrete([2, 2]), [0, "1"], 'observation[1]: got "1"'],
    ["NaN deep in a tuple", tuple([discrete(2), pair]), [0, [0, NaN]], "observation[1][1]: got NaN"],
    ["NaN in a dict", dict({ lamp: discrete(2), at: pair }), { lamp: 1, at: [0, NaN] }, "observation.at[1]: got NaN"],
    ["a dict without a name", dict({ lamp: discrete(2), at: pair }), { lamp: 1 }, "allowed is an object with at, lamp"],
    ["a tuple of another length", tuple([discrete(2), pair]), [0], "observation: got [0], allowed is an array of 2"],
  ])("%s", (_, space, observation, message) => {
    expect(() => policyOn(space).act(observation)).toThrow(message);
  });

  it("leaves those that are allowed: typed or not, whole numbers or not, beyond the bounds of a Box", () => {
    const action = two.act(Float32Array.of(3, -4), { deterministic: true });
    for (const same of [[3, -4], Float64Array.of(3, -4), Int8Array.of(3, -4)])
      expect(two.act(same, { deterministic: true })).toBe(action);
    expect(() => policyOn(tuple([discrete(2), pair])).act([1, [0, 0]])).not.toThrow();
    expect(() => policyOn(multiBinary(2)).act([0, 1])).not.toThrow();
  });
});

describe("an option that is refused", () => {
  const { act } = policyOn(pair);
  const given = (options: unknown) => () => act([0, 0], options as ActOptions);

  it("by its name, with the nearest one", () => {
    expect(given({ determinstic: true })).toThrow(
      "act.determinstic: got true, allowed is only deterministic, rng, mask, memory. Did you mean deterministic?",
    );
    expect(given({ seed: 1 })).toThrow("act.seed");
  });

  it("by its value", () => {
    expect(given({ deterministic: 1 })).toThrow("deterministic: got 1, allowed is true or false");
    expect(given({ rng: Math.random })).toThrow("rng: got");
    expect(given({ rng: null })).toThrow("rng: got null");
    expect(given(true)).toThrow("act: got true");
  });

  it("leaves what is undefined to its default", () => {
    const nothing = { deterministic: undefined, rng: undefined, mask: undefined, memory: undefined };
    expect([0, 1]).toContain(act([0, 0], nothing));
  });
});

describe("an environment that fits", () => {
  const policy = policyOn(dict({ at: pair, lamps: multiBinary(2), hands: tuple([discrete(3), pair]) }));
  const fits =
    (observationSpace: Space<unknown>, actionSpace: Space<unknown> = discrete(2)) =>
    () =>
      requireFitting(policy, { observationSpace, actionSpace });
  const wide = box({ low: -5, high: 5, shape: [2] });

  it("has the policy's actions, and observations of the same layout; bounds may differ", () => {
    expect(fits(dict({ at: wide, lamps: multiBinary(2), hands: tuple([discrete(3), wide]) }))).not.toThrow();
    for (const other of [
      dict({ at: wide, lamps: multiBinary(3), hands: tuple([discrete(3), wide]) }),
      dict({ at: wide, lamps: multiBinary(2), hands: tuple([discrete(4), wide]) }),
      dict({ on: wide, lamps: multiBinary(2), hands: tuple([discrete(3), wide]) }),
      box({ low: 0, high: 1, shape: [9] }),
    ])
      expect(fits(other)).toThrow("env.observationSpace: got");
    expect(fits(policy.observationSpace, discrete(2, { start: 1 }))).toThrow(
      'env.actionSpace: got "Discrete(2, start=1)", allowed is Discrete(2), for which the policy was made',
    );
  });
});

describe("a mask", () => {
  it("may hold booleans", () => {
    const three = policyOn(pair, discrete(3));
    for (const only of [0, 1, 2]) {
      const mask = [0, 1, 2].map((action) => action === only);
      expect(three.act([0.3, 1], { mask })).toBe(only);
      expect(three.act([0.3, 1], { mask, deterministic: true })).toBe(only);
    }
  });

  it.each<[string, unknown, string]>([
    ["a 2", [1, 2, 1], "mask[1]: got 2, allowed is 0, 1, false or true"],
    ["text", [1, "0", 1], 'mask[1]: got "0"'],
    ["NaN", [1, NaN, 1], "mask[1]: got NaN"],
    ["a wrong length", [1, 1], "mask: got [1,1], allowed is 3 entries, one an action"],
    ["only zeros", [0, 0, false], "mask: got [0,0,false], allowed is a 1 for at least one action"],
    ["null", null, "mask: got null"],
  ])("is refused: %s", (_, mask, message) => {
    expect(() => policyOn(pair, discrete(3)).act([0, 0], { mask: mask as number[] })).toThrow(message);
  });
});

describe("weights that are not finite", () => {
  it("are named instead of picking an action", () => {
    for (const actions of [discrete(3), pair]) {
      const policy = policyOn(pair, actions);
      policy.network.parameters()[0].set(policy.network.parameters()[0].toArray().fill(NaN));
      expect(() => policy.act([0, 0])).toThrow("allowed is finite outputs: a weight is NaN");
    }
  });
});

describe("decisions side by side", () => {
  const cases: [string, Policy, (i: number) => ActOptions["mask"]][] = [
    ["choices", policyOn(pair, discrete(5)), () => undefined],
    ["masked choices", policyOn(pair, multiDiscrete([2, 3])), (i) => [1, i % 2, 1, i % 3 === 0, 1]],
    ["masked switches", policyOn(pair, multiBinary(2)), (i) => [1, i % 2, i % 3 === 0, 1]],
    ["numbers", policyOn(pair, box({ low: -1, high: 1, shape: [3] })), () => undefined],
    [
      "noise that depends on the state",
      somePolicy(pair, pair, { activation: "tanh", hidden: [4], continuous: "state-dependent", noiseSteps: 4 }),
      () => undefined,
    ],
    ["a memory", somePolicy(pair, discrete(3), { activation: "tanh", hidden: [4], memory: 5 }), () => undefined],
  ];
  it.each(cases)("have the bits of one act after another: %s", (_, policy, maskOf) => {
    for (const deterministic of [false, true]) {
      const decider = deciderOf(policy, 7)!;
      const rows = Array.from({ length: 7 }, (_, i) => ({
        ours: defaultRng(i),
        theirs: defaultRng(i),
        memory: policy.initialMemory(),
        same: policy.initialMemory(),
      }));
      // Fewer and fewer rows, as when episodes end.
      for (let round = 7; round > 0; round--) {
        const turns = rows.slice(0, round).map(({ ours, memory }, i) => ({
          observation: [i / 7, round / 7],
          mask: maskOf(i + round),
          memory,
          rng: ours,
        }));
        decider.decide(turns, deterministic);
        turns.forEach(({ observation, mask }, i) => {
          const { theirs, same } = rows[i];
          expect(decider.action(i)).toEqual(
            policy.act(observation, { rng: theirs, mask, memory: same, deterministic }),
          );
          expect(rows[i].memory).toEqual(same);
        });
      }
    }
  });

  it("are left to an act that somebody put in its place", () => {
    const policy = policyOn(pair);
    expect(isOwnAct(policy)).toBe(true);
    expect(isOwnAct({ ...policy, act: () => 0 })).toBe(false);
    expect(deciderOf({ ...policy, act: () => 0 }, 2)).toBeUndefined();
  });
});
