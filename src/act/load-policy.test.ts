import { describe, expect, it } from "vitest";
import {
  cartPole,
  expectSameBits,
  hands,
  layersOf,
  numbersOf,
  room,
  type SomeOptions,
  someObservations,
  somePolicy,
} from "../../test/exported-policies.js";
import { toModule } from "../export/index.js";
import { architectureOf } from "../policies/architecture.js";
import type { Action, Policy } from "../policies/policy.js";
import { defaultRng } from "../random/index.js";
import { box, discrete, multiBinary, multiDiscrete, type Space } from "../spaces/index.js";
import { encodeCheckpoint } from "../training/checkpoint.js";
import { policyArrays } from "../training/state-arrays.js";
import { loadPolicy as fullPolicy, train } from "../training/train.js";
import { type ActingOptions, type ActingPolicy, loadPolicy } from "./load-policy.js";

const { config } = train({ seed: 3, episodes: 1 });

/** The bytes of a policy, as `bestPolicy()` writes them. */
function bytesOf(policy: Policy): Uint8Array {
  const arrays = new Map(policyArrays(policy));
  return encodeCheckpoint({ kind: "policy", config, policy: architectureOf(policy), state: null, arrays });
}

const stock = box({ low: [0, -1, -Infinity], high: [50, 1, 2] });
const bounded = box({ low: [0, -1], high: [50, 1] });

const cases: [what: string, observations: Space<unknown>, actions: Space<unknown>, options: SomeOptions][] = [
  ["one choice, relu", cartPole, discrete(3, { start: -1 }), { activation: "relu" }],
  [
    "several choices, gelu, all kinds of observation",
    hands,
    multiDiscrete([3, 2], { start: [0, 4] }),
    { activation: "gelu" },
  ],
  ["switches, tanh", discrete(5, { start: 2 }), multiBinary(4), { activation: "tanh" }],
  ["numbers, mapped to their bounds", cartPole, stock, { activation: "tanh", normaliseObservations: true }],
  ["numbers as they are", cartPole, stock, { activation: "tanh", scaleActions: false }],
  ["squashed numbers", cartPole, bounded, { activation: "relu", continuous: "squashed-gaussian" }],
  ["numbers with state-dependent noise", cartPole, bounded, { activation: "relu", continuous: "state-dependent" }],
  ["one layer", cartPole, discrete(2), { activation: "none", hidden: [] }],
  ["memory", cartPole, discrete(3), { activation: "tanh", memory: 9, normaliseObservations: true }],
  ["observations by name", room, discrete(3), { activation: "tanh" }],
];

function actionsOf(act: Policy["act"] | ActingPolicy["act"], memory: Float32Array, seen: readonly unknown[]): Action[] {
  return seen.map((observation) => act(observation, { deterministic: true, memory }));
}

describe("a policy that only acts takes the trainer's actions, bit by bit:", () => {
  it.each(cases)("%s", (_, observations, actions, options) => {
    const policy = somePolicy(observations, actions, options);
    const light = loadPolicy(bytesOf(policy)).policy;
    const seen = someObservations(observations, 1000);
    const expected = actionsOf(policy.act, policy.initialMemory(), seen);
    expectSameBits(numbersOf(actionsOf(light.act, light.initialMemory(), seen)), numbersOf(expected));
  });

  it("drawn choices too, for the same uniform numbers and masks", () => {
    const masks: [Space<unknown>, (number | boolean)[]][] = [
      [discrete(4), [1, 0, 1, 1]],
      [multiDiscrete([2, 3]), [true, true, true, false, true]],
      [multiBinary(3), [1, 0, 0, 1, true, true]],
    ];
    for (const [actions, mask] of masks) {
      const policy = somePolicy(cartPole, actions, { activation: "tanh" });
      const light = loadPolicy(bytesOf(policy)).policy;
      const rng = defaultRng(1);
      const same = defaultRng(1);
      for (const observation of someObservations(cartPole, 300)) {
        const drawn = light.act(observation, { random: () => same.random(), mask });
        expect(drawn).toEqual(policy.act(observation, { rng, mask }));
        const likeliest = light.act(observation, { deterministic: true, mask });
        expect(likeliest).toEqual(policy.act(observation, { deterministic: true, mask }));
      }
    }
  });
});

describe("drawn numbers are those of an exported module", () => {
  it.each([cases[3], cases[5], cases[6]])("%s", async (_, observations, actions, options) => {
    const policy = somePolicy(observations, actions, options);
    const light = loadPolicy(bytesOf(policy)).policy;
    const url = `data:text/javascript;charset=utf-8,${encodeURIComponent(toModule(policy))}`;
    const module = (await import(/* @vite-ignore */ url)) as {
      sample(seen: unknown, random: () => number): Float32Array;
    };
    const [rng, same] = [defaultRng(2), defaultRng(2)];
    const seen = someObservations(observations, 200);
    const drawn = seen.map((observation) => light.act(observation, { random: () => rng.random() }));
    const expected = seen.map((observation) => module.sample(observation, () => same.random()));
    numbersOf(drawn).forEach((value, i) => {
      expect(value).toBeCloseTo(numbersOf(expected)[i], 4);
    });
  });
});

/** A policy whose outputs leave float32. */
function steepPolicy(): Policy {
  const policy = somePolicy(cartPole, discrete(3), { activation: "relu" });
  for (const { weights } of layersOf(policy)) weights.set(new Float32Array(weights.size).fill(1e30));
  return policy;
}

describe("what does not fit is named", () => {
  const policy = loadPolicy(bytesOf(somePolicy(cartPole, discrete(3), { activation: "relu" }))).policy;
  const recurrent = loadPolicy(bytesOf(somePolicy(cartPole, discrete(3), { activation: "relu", memory: 4 }))).policy;
  const numbers = loadPolicy(bytesOf(somePolicy(cartPole, bounded, { activation: "relu" }))).policy;
  const steep = loadPolicy(bytesOf(steepPolicy())).policy;
  const seen = [0, 0, 0, 0];
  const act =
    (options: ActingOptions, by = policy, observation: unknown = seen) =>
    () =>
      by.act(observation, options);

  it.each([
    ["no source of random numbers", act({}), "random: got undefined, allowed is a function"],
    ["a source beyond its range", act({ random: () => 1 }), "random(): got 1"],
    ["a mask of another length", act({ deterministic: true, mask: [1, 1] }), "mask: got [1,1], allowed is 3 entries"],
    ["a mask of twos", act({ deterministic: true, mask: [1, 2, 0] }), "mask[1]: got 2"],
    ["a mask that forbids all", act({ deterministic: true, mask: [0, false, 0] }), "a 1 for at least one action"],
    ["a mask for numbers", act({ deterministic: true, mask: [1, 1] }, numbers), "allowed is none"],
    ["a missing memory", act({ deterministic: true }, recurrent), "memory: got undefined"],
    ["a short observation", act({ deterministic: true }, policy, [1, 2]), "allowed is an array of 4"],
    ["NaN in it", act({ deterministic: true }, policy, [0, Number.NaN, 0, 0]), "observation[1]: got NaN"],
    ["text", act({ deterministic: true }, policy, "abcd"), 'observation: got "abcd"'],
    ["outputs beyond float32", act({ deterministic: true }, steep, [9, 9, 9, 9]), "small enough for finite outputs"],
    ["a misspelt option", act({ determinstic: true, random: () => 0 } as object), "Did you mean deterministic?"],
    ["no options", act(undefined as never), "act: got undefined, allowed is an object of options by name"],
  ])("%s", (_, attempt, message) => {
    expect(attempt).toThrow(message);
  });
});

it("the bytes of a run's checkpoint, of its weights and of its best policy can be loaded", () => {
  const run = train({ seed: 4, episodes: 40 });
  for (const _ of run);
  const seen = [0.01, 0.02, -0.03, 0.04];
  for (const bytes of [run.checkpoint(), run.weights()])
    expect(loadPolicy(bytes).policy.act(seen, { deterministic: true })).toBe(
      run.policy.act(Float32Array.from(seen), { deterministic: true }),
    );
  expect(loadPolicy(run.bestPolicy() ?? new Uint8Array(0)).config).toEqual(run.config);
});

describe("either loadPolicy says what to pass", () => {
  const run = train({ seed: 4, episodes: 1 });
  it.each([
    ["a run", run, 'bytes: got "a run", allowed is a Uint8Array: what run.checkpoint(), run.weights()'],
    ["no best policy", run.bestPolicy(), "bytes: got undefined, allowed is"],
    ["a path", "runs/mine", 'bytes: got "runs/mine", allowed is'],
  ])("for %s", (_, given, message) => {
    const untyped: Record<string, (bytes: never) => unknown> = { loadPolicy, fullPolicy };
    for (const load of Object.values(untyped)) expect(() => load(given as never)).toThrow(message);
  });
});
