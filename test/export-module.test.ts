import { describe, expect, it } from "vitest";
import { toModule } from "../src/export/index.js";
import type { HeadOptions, Policy } from "../src/policies/index.js";
import { defaultRng, type Generator } from "../src/random/index.js";
import { box, discrete, multiBinary, multiDiscrete, type Space } from "../src/spaces/index.js";
import type { Activation } from "../src/tensor/index.js";
import {
  cartPole,
  engineOutputs,
  expectSameBits,
  hands,
  indifferentPolicy,
  someObservations,
  somePolicy,
} from "./exported-policies.js";

interface Exported {
  readonly about: Record<string, string>;
  readonly observationSpace: unknown;
  readonly actionSpace: unknown;
  readonly std: Float32Array & ((observation: unknown) => Float32Array);
  act(observation: unknown, mask?: number[]): number | Float32Array | Int32Array;
  sample(observation: unknown, random?: () => number, mask?: number[]): number | Float32Array | Int32Array;
  logits(observation: unknown): Float32Array;
  mean(observation: unknown): Float32Array;
}

/** Runs the text as a module of its own, which sees nothing but the language. */
async function load(source: string): Promise<Exported> {
  return (await import(
    /* @vite-ignore */ `data:text/javascript;charset=utf-8,${encodeURIComponent(source)}`
  )) as Exported;
}

const OBSERVATIONS = 10_000;
const thrust = box({ low: [-0.5, -1, -Infinity], high: [0.5, 0, 1] });
const torque = box({ low: [-0.5, 0.1], high: [0.5, 0.7] });
const buttons = multiDiscrete([3, 2, 5], { start: [0, 1, -2] });

interface Case {
  readonly what: string;
  readonly observations: Space<unknown>;
  readonly actions: Space<unknown>;
  readonly activation: Activation;
  readonly options?: HeadOptions & { readonly normaliseObservations?: boolean };
}
const cases: Case[] = [
  { what: "Box to Discrete, relu", observations: cartPole, actions: discrete(3), activation: "relu" },
  { what: "Box to Discrete, tanh", observations: cartPole, actions: discrete(2, { start: -1 }), activation: "tanh" },
  { what: "Box to Discrete, gelu", observations: cartPole, actions: discrete(2), activation: "gelu" },
  { what: "Box to Box, relu", observations: cartPole, actions: thrust, activation: "relu" },
  { what: "Box to Box, tanh", observations: cartPole, actions: thrust, activation: "tanh" },
  {
    what: "Discrete to Discrete, tanh",
    observations: discrete(48, { start: 2 }),
    actions: discrete(4),
    activation: "tanh",
  },
  { what: "Discrete to Box, relu", observations: discrete(16), actions: thrust, activation: "relu" },
  { what: "all other kinds in a Tuple, none", observations: hands, actions: discrete(2), activation: "none" },
  { what: "Box to MultiDiscrete, gelu", observations: cartPole, actions: buttons, activation: "gelu" },
  { what: "Box to MultiBinary, relu", observations: cartPole, actions: multiBinary(3), activation: "relu" },
  {
    what: "Box to a squashed Box, relu",
    ...{ observations: cartPole, actions: torque, activation: "relu" },
    options: { continuous: "squashed-gaussian" },
  },
  {
    what: "Box to a Box with noise that depends on the state, tanh",
    ...{ observations: cartPole, actions: thrust, activation: "tanh" },
    options: { continuous: "state-dependent" },
  },
  {
    what: "normalised Box to Discrete, tanh",
    ...{ observations: cartPole, actions: discrete(3), activation: "tanh" },
    options: { normaliseObservations: true },
  },
  {
    what: "normalised Tuple to Box, gelu",
    ...{ observations: hands, actions: thrust, activation: "gelu" },
    options: { normaliseObservations: true },
  },
];

describe.each(cases)("$what: the exported module", ({ observations: space, actions, activation, options }) => {
  const policy = somePolicy(space, actions, { activation, ...options });
  const observations = someObservations(space, OBSERVATIONS);
  const exported = load(toModule(policy));

  it("has the engine's outputs, bit for bit, on 10,000 observations", async () => {
    const { logits, mean } = await exported;
    const expected = engineOutputs(policy, observations);
    const width = expected.length / OBSERVATIONS;
    const actual = new Float32Array(expected.length);
    observations.forEach((observation, i) => {
      actual.set((logits ?? mean)(observation), i * width);
    });
    expectSameBits(actual, expected);
  });

  it("acts as the policy does, on 10,000 observations", async () => {
    const { act } = await exported;
    const expected = observations.map((observation) => policy.act(observation, { deterministic: true }));
    expect(observations.map((observation) => act(observation))).toEqual(expected);
    expect(new Set(expected.map(String)).size, "actions that occur").toBeGreaterThan(1);
  });

  it("is less than 9 kB beside its weights", () => {
    const weights = /(?<=((weights|bias): |floats\()")[^"]*/g;
    expect(toModule(policy).replaceAll(weights, "").length).toBeLessThan(9_000);
  });
});

describe("a sampled action", () => {
  it("is the trainer's for the same uniform numbers, 10,000 times", async () => {
    const policy = somePolicy(cartPole, discrete(5, { start: 1 }), { activation: "tanh" });
    const { sample } = await load(toModule(policy));
    const [one, other] = [defaultRng(3), defaultRng(3)];
    const observations = someObservations(cartPole, OBSERVATIONS);
    const expected = observations.map((observation) => policy.act(observation, { rng: one }));
    expect(observations.map((observation) => sample(observation, () => other.random()))).toEqual(expected);
    expect(new Set(expected)).toEqual(new Set([1, 2, 3, 4, 5]));
  });

  it.each([
    ["several choices", buttons],
    ["switches", multiBinary(4)],
  ])("of %s is the trainer's too", async (_, actions) => {
    const policy = somePolicy(cartPole, actions, { activation: "relu" });
    const { sample } = await load(toModule(policy));
    const [one, other] = [defaultRng(3), defaultRng(3)];
    const observations = someObservations(cartPole, 3_000, 1);
    const expected = observations.map((observation) => policy.act(observation, { rng: one }));
    expect(observations.map((observation) => sample(observation, () => other.random()))).toEqual(expected);
    expect(new Set(expected.map(String)).size).toBeGreaterThan(10);
  });

  it.each([
    ["one choice", discrete(5, { start: 1 }), [0, 1, 0, 1, 1]],
    ["several choices", buttons, [0, 1, 1, 1, 0, 1, 1, 0, 1, 1]],
  ])("of %s keeps to a mask, as the likeliest one does", async (_, actions, mask) => {
    const policy = somePolicy(cartPole, actions, { activation: "relu" });
    const { act, sample } = await load(toModule(policy));
    const [one, other] = [defaultRng(3), defaultRng(3)];
    for (const observation of someObservations(cartPole, 1_000, 1)) {
      expect(sample(observation, () => other.random(), mask)).toEqual(policy.act(observation, { rng: one, mask }));
      expect(act(observation, mask)).toEqual(policy.act(observation, { deterministic: true, mask }));
    }
    expect(() => act([0, 0, 0, 0], mask.slice(1))).toThrow(
      `mask: got ${mask.length - 1} entries, allowed is one per logit`,
    );
    expect(() =>
      sample(
        [0, 0, 0, 0],
        Math.random,
        mask.map(() => 0),
      ),
    ).toThrow("mask: got only zeros");
  });

  it("that is squashed has its median at the likeliest action, and never leaves the action space", async () => {
    const policy = somePolicy(cartPole, torque, { activation: "tanh", continuous: "squashed-gaussian", logStd: 0.5 });
    const { act, sample } = await load(toModule(policy));
    const rng = defaultRng(5);
    const observation = [0.1, -0.2, 0.3, -0.4];
    const middle = act(observation) as Float32Array;
    const drawn = Array.from({ length: 4_000 }, () => sample(observation, () => rng.random()) as Float32Array);
    expect(drawn.every((action) => torque.contains(action))).toBe(true);
    for (const j of [0, 1]) {
      const below = drawn.filter((action) => action[j] < middle[j]).length;
      expect(Math.abs(below / 4_000 - 0.5)).toBeLessThan(0.03);
    }
  });

  it("whose noise depends on the state has the deviations of that state", async () => {
    const free = box({ low: -Infinity, high: Infinity, shape: [2] });
    const policy = somePolicy(cartPole, free, { activation: "tanh", continuous: "state-dependent" });
    policy.head.parameters[0].set(Float32Array.from({ length: 34 }, (_, k) => -0.1 * k));
    const { mean, sample, std } = await load(toModule(policy));
    const rng = defaultRng(5);
    for (const observation of [
      [0.1, -0.2, 0.3, -0.4],
      [2, 1, 0, 3],
    ]) {
      const drawn = Array.from({ length: 4_000 }, () => sample(observation, () => rng.random()) as Float32Array);
      const trained = Array.from({ length: 4_000 }, () => policy.act(observation, { rng }) as Float32Array);
      for (const j of [0, 1]) {
        const spread = (actions: Float32Array[]): number =>
          Math.sqrt(actions.reduce((sum, action) => sum + (action[j] - mean(observation)[j]) ** 2, 0) / 4_000);
        expect(Math.abs(spread(drawn) / std(observation)[j] - 1)).toBeLessThan(0.04);
        expect(Math.abs(spread(trained) / std(observation)[j] - 1)).toBeLessThan(0.04);
      }
    }
    expect(std([0.1, -0.2, 0.3, -0.4])).not.toEqual(std([2, 1, 0, 3]));
  });

  it("of a Gaussian policy has its mean, its spread and its tails", async () => {
    const free = box({ low: -Infinity, high: Infinity, shape: [2] });
    const { mean, sample, std } = await load(toModule(somePolicy(cartPole, free, { activation: "tanh" })));
    const rng = defaultRng(5);
    const observation = Float32Array.of(0.1, -0.2, 0.3, -0.4);
    const centre = mean(observation);
    const deviations = Array.from({ length: 20_000 }, () => {
      const action = sample(observation, () => rng.random()) as Float32Array;
      return (action[0] - centre[0]) / std[0];
    });
    const moment = (power: number): number => deviations.reduce((sum, z) => sum + z ** power, 0) / deviations.length;
    expect(Array.from(std, (sigma) => sigma.toFixed(6))).toEqual(["0.606531", "0.606531"]);
    expect(Math.abs(moment(1))).toBeLessThan(0.02);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.03);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
  });

  it("of a Gaussian policy is the trainer's for the same normal numbers, kept within the action space", async () => {
    const policy = somePolicy(cartPole, thrust, { activation: "relu" });
    const { sample } = await load(toModule(policy));
    const [one, other] = [defaultRng(5), defaultRng(5)];
    const rng = { standardNormal: () => polar(() => one.random()) } as Generator;
    for (const observation of someObservations(cartPole, 1_000)) {
      const expected = policy.act(observation, { rng }) as Float32Array;
      const action = sample(observation, () => other.random()) as Float32Array;
      expect(thrust.contains(action)).toBe(true);
      for (const [j, value] of action.entries()) expect(value).toBeCloseTo(expected[j], 4);
    }
  });
});

/** Marsaglia's polar method with the logarithm of the machine. */
function polar(random: () => number): number {
  const [u, v] = [2 * random() - 1, 2 * random() - 1];
  const s = u * u + v * v;
  return s > 0 && s < 1 ? u * Math.sqrt((-2 * Math.log(s)) / s) : polar(random);
}

describe("an exported module", () => {
  it("says what it takes, what it gives and where it comes from, in a page's script tag too", async () => {
    const about = { environment: "CartPole-v1", note: "</script>" };
    const source = toModule(somePolicy(cartPole, discrete(2), { activation: "relu" }), { about });
    expect(source).not.toContain("</script");
    const exported = await load(source);
    expect(exported.about).toEqual(about);
    expect(exported.observationSpace).toEqual({
      kind: "box",
      shape: [4],
      low: [-4.8, null, -0.4, null],
      high: [4.8, null, 0.4, null],
    });
    expect(exported.actionSpace).toEqual({ kind: "discrete", n: 2, start: 0 });
  });

  it("takes the first of the actions that tie", async () => {
    const { act } = await load(toModule(indifferentPolicy(discrete(3, { start: 5 }))));
    expect(act([1, 2, 3, 4])).toBe(5);
  });

  it("gives arrays that the next call leaves alone", async () => {
    const { logits } = await load(toModule(somePolicy(cartPole, discrete(2), { activation: "relu" })));
    const [first, second] = [logits([1, 2, 3, 4]), logits([4, 3, 2, 1])];
    expect(first).not.toEqual(second);
  });

  it("refuses an observation of the wrong shape, NaN, and a source of chance that is none", async () => {
    const { act, sample } = await load(toModule(somePolicy(hands, discrete(2), { activation: "relu" })));
    const observation = (sum: unknown, parts: number): unknown => [
      sum,
      1,
      new Int8Array(3),
      [0, 1],
      new Float32Array(parts),
    ];
    expect(act(observation(31, 2))).toBeTypeOf("number");
    expect(() => act(observation(32, 2))).toThrow("observation[0]: got 32, allowed is a whole number from 0 to 31");
    expect(() => act(observation(0, 3))).toThrow("observation[4]: got 3, allowed is an array of 2");
    expect(() => act(undefined)).toThrow("observation: got undefined, allowed is an array of 5");
    expect(() => act([0, 1, [0, 0, Number.NaN], [0, 1], [0, 0]])).toThrow("the network gives NaN,NaN");
    expect(() => sample(observation(0, 2), () => 1)).toThrow("random: got 1");
  });

  it("that samples from a Gaussian does not hang on a source that stands still", async () => {
    const { sample } = await load(toModule(somePolicy(cartPole, thrust, { activation: "relu" })));
    expect(() => sample([0, 0, 0, 0], () => 0.5)).toThrow("random: repeats the same numbers");
  });

  it("is not written from weights that are no numbers, or layers that do not fit", () => {
    const policy = somePolicy(cartPole, discrete(2), { activation: "relu" });
    const broken: Policy = { ...policy, layers: policy.layers.slice(1) };
    expect(() => toModule(broken)).toThrow("policy.layers[0].weights.shape: got [32,17], allowed is [4, 17]");
    expect(() => toModule({ ...policy, layers: policy.layers.slice(0, 2) })).toThrow(
      'policy.layers: got "17 outputs", allowed is layers with 2 outputs',
    );
    const bias = policy.layers[1].bias;
    bias.set(bias.toArray().fill(Number.NaN, 3, 4));
    expect(() => toModule(policy)).toThrow("policy.layers[1].bias[3]: got NaN, allowed is a finite number");
  });
});
