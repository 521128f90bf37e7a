import { describe, expect, it } from "vitest";
import { ConfigError } from "../src/errors.js";
import { toModule, toOnnx } from "../src/export/index.js";
import {
  type Action,
  type MemoryDescription,
  mlpNetwork,
  type Policy,
  type PolicyParts,
  policyOf,
} from "../src/policies/index.js";
import { defaultRng, type Generator } from "../src/random/index.js";
import { box, discrete, multiBinary, multiDiscrete, type Space } from "../src/spaces/index.js";
import { type Activation, type Layer, zeros } from "../src/tensor/index.js";
import { train } from "../src/training/train.js";
import {
  cartPole,
  engineOutputs,
  expectSameBits,
  hands,
  indifferentPolicy,
  layersOf,
  numbersOf,
  ownLayers,
  policyActions,
  room,
  type SomeOptions,
  someObservations,
  somePolicy,
} from "./exported-policies.js";

/** Without memory, `act` takes a mask second and `sample` a source of random numbers; with memory, each argument moves on by one. */
interface Exported {
  readonly about: Record<string, string>;
  readonly observationSpace: unknown;
  readonly actionSpace: unknown;
  readonly std: Float32Array & ((observation: unknown, memory?: Float32Array) => Float32Array);
  readonly middle?: Float32Array;
  readonly reach?: Float32Array;
  initialMemory?(): Float32Array;
  act(observation: unknown, ...rest: unknown[]): Action;
  sample(observation: unknown, ...rest: unknown[]): Action;
  logits?(observation: unknown, memory?: Float32Array): Float32Array;
  mean(observation: unknown, memory?: Float32Array): Float32Array;
}

/** Runs the text as a separate module. */
async function load(source: string): Promise<Exported> {
  return (await import(
    /* @vite-ignore */ `data:text/javascript;charset=utf-8,${encodeURIComponent(source)}`
  )) as Exported;
}

const OBSERVATIONS = 10_000;
const thrust = box({ low: [-0.5, -1, -Infinity], high: [0.5, 0, 1] });
const torque = box({ low: [-0.5, 0.1], high: [0.5, 0.7] });
const stock = box({ low: 0, high: 50, shape: [2] });
const pendulum = box({ low: -2, high: 2, shape: [2] });
const buttons = multiDiscrete([3, 2, 5], { start: [0, 1, -2] });

interface Case {
  readonly what: string;
  readonly observations: Space<unknown>;
  readonly actions: Space<unknown>;
  readonly activation: Activation;
  readonly options?: Omit<SomeOptions, "activation">;
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
  { what: "a Dict to Discrete, tanh", observations: room, actions: discrete(2), activation: "tanh" },
  { what: "Box to MultiDiscrete, gelu", observations: cartPole, actions: buttons, activation: "gelu" },
  { what: "Box to MultiBinary, relu", observations: cartPole, actions: multiBinary(3), activation: "relu" },
  {
    what: "Box to a squashed Box, relu",
    observations: cartPole,
    actions: torque,
    activation: "relu",
    options: { continuous: "squashed-gaussian" },
  },
  {
    what: "Box to a Box with noise that depends on the state, tanh",
    observations: cartPole,
    actions: thrust,
    activation: "tanh",
    options: { continuous: "state-dependent" },
  },
  {
    what: "normalised Box to Discrete, tanh",
    observations: cartPole,
    actions: discrete(3),
    activation: "tanh",
    options: { normaliseObservations: true },
  },
  {
    what: "normalised Tuple to Box, gelu",
    observations: hands,
    actions: thrust,
    activation: "gelu",
    options: { normaliseObservations: true },
  },
  { what: "Box to Box [0, 50], relu", observations: cartPole, actions: stock, activation: "relu" },
  { what: "Box to Box [-2, 2], tanh", observations: cartPole, actions: pendulum, activation: "tanh" },
  {
    what: "Box to an unmapped Box [0, 50], relu",
    observations: cartPole,
    actions: stock,
    activation: "relu",
    options: { scaleActions: false },
  },
  {
    what: "Box with memory to Discrete, tanh",
    observations: cartPole,
    actions: discrete(3),
    activation: "tanh",
    options: { memory: 16 },
  },
  {
    what: "normalised Tuple with memory to a squashed Box [0, 50], gelu",
    observations: hands,
    actions: stock,
    activation: "gelu",
    options: { memory: 5, normaliseObservations: true, continuous: "squashed-gaussian" },
  },
];

/** The results of a module in one episode, and its memory at the end. */
function episode({ initialMemory, logits, mean, act }: Exported, observations: readonly unknown[], outputs: number) {
  const memory = initialMemory?.() ?? new Float32Array(0);
  const last = initialMemory === undefined ? [] : [memory];
  const all = new Float32Array(outputs * observations.length);
  const actions = observations.map((observation, i) => {
    all.set((logits ?? mean)(observation, memory), i * outputs);
    return act(observation, ...last);
  });
  return { outputs: all, actions, memory };
}

describe.each(cases)("$what: the exported module", ({ observations: space, actions, activation, options }) => {
  const policy = somePolicy(space, actions, { activation, ...options });
  const observations = someObservations(space, OBSERVATIONS);
  const played = load(toModule(policy)).then((exported) => episode(exported, observations, policy.network.outputs));

  it("has the engine's outputs, bit for bit, on 10,000 observations", async () => {
    const { outputs } = await played;
    expectSameBits(outputs, engineOutputs(policy, observations));
  });

  it("acts as the policy does, on 10,000 observations", async () => {
    const { actions: actual } = await played;
    const expected = policyActions(policy, observations);
    expect(actual.slice(0, 100)).toEqual(expected.slice(0, 100));
    expectSameBits(numbersOf(actual), numbersOf(expected));
    expect(new Set(expected.map(String)).size, "actions that occur").toBeGreaterThan(1);
  });

  it("is less than 9.5 kB beside its weights, or 12 kB with memory", () => {
    const weights = /(?<=((weights|bias): |floats\()")[^"]*/g;
    expect(toModule(policy).replaceAll(weights, "").length).toBeLessThan(policy.memory === undefined ? 9_500 : 12_000);
  });
});

const heads: [head: string, actions: Space<unknown>, options?: Omit<SomeOptions, "activation">][] = [
  ["one choice", discrete(4, { start: 2 })],
  ["several choices", buttons],
  ["switches", multiBinary(3)],
  ["a Gaussian", thrust],
  ["a squashed Gaussian", stock, { continuous: "squashed-gaussian" }],
  ["noise that depends on the state", pendulum, { continuous: "state-dependent" }],
];
const parts: [what: string, options: Omit<SomeOptions, "activation">][] = [
  ["plain", {}],
  ["normalised", { normaliseObservations: true }],
  ["with your own first layers", { features: ownLayers }],
  ["normalised, with your own first layers", { normaliseObservations: true, features: ownLayers }],
];

describe.each(heads)("the module of %s", (_, actions, headOptions) => {
  describe.each(parts)("%s", (_, options) => {
    it.each([
      ["without memory", undefined],
      ["with memory", 7],
    ])("%s has the policy's outputs, actions and memory, bit for bit", async (_, memory) => {
      const size = memory === undefined ? {} : { memory };
      const policy = somePolicy(cartPole, actions, { activation: "tanh", ...headOptions, ...options, ...size });
      const observations = someObservations(cartPole, 500);
      const exported = await load(toModule(policy));
      const remembered = policy.initialMemory();
      const expected = observations.map((observation) =>
        policy.act(observation, { deterministic: true, memory: remembered }),
      );
      const actual = episode(exported, observations, policy.network.outputs);
      expectSameBits(actual.outputs, engineOutputs(policy, observations));
      expectSameBits(numbersOf(actual.actions), numbersOf(expected));
      expectSameBits(actual.memory, remembered);
      expect(new Set(expected.map(String)).size).toBeGreaterThan(1);
    });
  });
});

describe("a sampled action", () => {
  it("is the trainer's for the same uniform numbers, 10,000 times", async () => {
    const policy = somePolicy(cartPole, discrete(5, { start: 1 }), { activation: "tanh" });
    const { sample } = await load(toModule(policy));
    const one = defaultRng(3);
    const other = defaultRng(3);
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
    const one = defaultRng(3);
    const other = defaultRng(3);
    const observations = someObservations(cartPole, 3_000, 1);
    const expected = observations.map((observation) => policy.act(observation, { rng: one }));
    expect(observations.map((observation) => sample(observation, () => other.random()))).toEqual(expected);
    expect(new Set(expected.map(String)).size).toBeGreaterThan(10);
  });

  it.each([
    ["one choice", discrete(5, { start: 1 }), [0, 1, 0, 1, 1]],
    ["several choices", buttons, [0, 1, 1, 1, 0, 1, 1, 0, 1, 1]],
    ["switches", multiBinary(3), [1, 1, 0, 1, 1, 0]],
  ])("of %s keeps to a mask, as the likeliest one does", async (_, actions, mask) => {
    const policy = somePolicy(cartPole, actions, { activation: "relu" });
    const { act, sample } = await load(toModule(policy));
    const one = defaultRng(3);
    const other = defaultRng(3);
    for (const observation of someObservations(cartPole, 1_000, 1)) {
      expect(sample(observation, () => other.random(), mask)).toEqual(policy.act(observation, { rng: one, mask }));
      expect(act(observation, mask)).toEqual(policy.act(observation, { deterministic: true, mask }));
      const booleans = mask.map((entry) => entry === 1);
      expect(act(observation, booleans)).toEqual(act(observation, mask));
    }
    for (const entry of [2, NaN, "0", undefined, null]) {
      const wrong = [...mask.slice(0, -1), entry];
      expect(() => act([0, 0, 0, 0], wrong)).toThrow(`mask: got ${entry} at [${mask.length - 1}]`);
      expect(() => policy.act([0, 0, 0, 0], { mask: wrong as number[] })).toThrow(`mask[${mask.length - 1}]: got`);
    }
    expect(() => act([0, 0, 0, 0], null)).toThrow("mask: got null");
    expect(() => act([0, 0, 0, 0], mask.slice(1))).toThrow(
      `mask: got ${mask.length - 1} entries, allowed is ${actions.kind === "multi-binary" ? "two per choice" : "one per logit"}`,
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

  it("with state-dependent noise has the deviations of that state", async () => {
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
    const one = defaultRng(5);
    const other = defaultRng(5);
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
  const u = 2 * random() - 1;
  const v = 2 * random() - 1;
  const s = u * u + v * v;
  return s > 0 && s < 1 ? u * Math.sqrt((-2 * Math.log(s)) / s) : polar(random);
}

describe("the map to a Box", () => {
  const observation = [0.1, -0.2, 0.3, -0.4];

  it("is left out of the source where it is the identity", () => {
    const symmetric = box({ low: -1, high: 1, shape: [2] });
    const plain = somePolicy(cartPole, symmetric, { activation: "tanh" });
    const raw = somePolicy(cartPole, stock, { activation: "tanh", scaleActions: false });
    for (const policy of [plain, raw]) expect(toModule(policy)).not.toMatch(/reach|middle/);
  });

  it.each([
    ["a", {}, -1],
    ["middle + reach·a", {}, 0],
    ["middle + reach·tanh(a)", { continuous: "squashed-gaussian" }, 0],
    ["middle + reach·a", { continuous: "state-dependent" }, 0],
  ] as const)("says in the comments of mean and std that the action is %s", (action, options, low) => {
    const policy = somePolicy(cartPole, box({ low, high: 1, shape: [2] }), { activation: "tanh", ...options });
    const unit = `The action is ${action}, clipped to the bounds.`;
    expect(toModule(policy)).toContain(`The network's output, the mean of a. ${unit}`);
    expect(toModule(policy)).toContain(`Standard deviations of a, which \`sample\` draws. ${unit}`);
  });

  it("is exported, so that means and deviations can be brought to the action's unit", async () => {
    const policy = somePolicy(cartPole, box({ low: [0, -1, 0], high: [50, 3, Infinity] }), { activation: "tanh" });
    const { act, mean, middle, reach } = await load(toModule(policy));
    expect(middle).toEqual(Float32Array.of(25, 1, 0));
    expect(reach).toEqual(Float32Array.of(25, 2, 1));
    const [first, second, third] = mean(observation);
    expect(act(observation)).toEqual(
      Float32Array.of(Math.fround(25 * first) + 25, Math.fround(2 * second) + 1, Math.max(0, third)),
    );
    expect(Math.abs(first)).toBeLessThan(1);
  });

  it.each(["gaussian", "state-dependent", "squashed-gaussian"] as const)(
    "applies to samples of a %s head",
    async (continuous) => {
      const policy = somePolicy(cartPole, stock, { activation: "tanh", continuous });
      const { sample } = await load(toModule(policy));
      const rng = defaultRng(5);
      const drawn = Array.from({ length: 2_000 }, () => numbersOf([sample(observation, () => rng.random())])[0]);
      const trained = Array.from({ length: 2_000 }, () => numbersOf([policy.act(observation, { rng })])[0]);
      const average = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...drawn)).toBeLessThanOrEqual(50);
      expect(Math.max(...drawn)).toBeGreaterThan(40);
      expect(Math.abs(average(drawn) - average(trained))).toBeLessThan(1.5);
    },
  );
});

describe("a module with memory", () => {
  const policy = somePolicy(cartPole, discrete(5, { start: 1 }), { activation: "tanh", memory: 6 });
  const exported = load(toModule(policy));
  const observation = [0.1, -0.2, 0.3, -0.4];

  it("begins an episode with zeros, in an array of its own each time", async () => {
    const { initialMemory } = await exported;
    const first = initialMemory?.();
    expect(first).toEqual(new Float32Array(6));
    expect(initialMemory?.()).not.toBe(first);
  });

  it("samples the trainer's actions for the same uniform numbers, with and without a mask", async () => {
    const { sample } = await exported;
    const one = defaultRng(3);
    const other = defaultRng(3);
    const ours = policy.initialMemory();
    const theirs = policy.initialMemory();
    const actions = new Set<Action>();
    someObservations(cartPole, 2_000, 1).forEach((seen, i) => {
      const mask = i % 2 === 0 ? undefined : [1, 0, 1, 1, 0];
      const expected = policy.act(seen, { rng: one, mask, memory: ours });
      expect(sample(seen, theirs, () => other.random(), mask)).toBe(expected);
      actions.add(expected);
    });
    expectSameBits(theirs, ours);
    expect(actions).toEqual(new Set([1, 2, 3, 4, 5]));
  });

  it("keeps to a mask when it takes the likeliest action", async () => {
    const { act } = await exported;
    const memory = policy.initialMemory();
    const mask = [0, 0, 0, 1, 0];
    expect(act(observation, memory, mask)).toBe(4);
  });

  it("carries episodes side by side, each in a memory of its own", async () => {
    const { act } = await exported;
    const observations = someObservations(cartPole, 200, 1);
    const memories = [policy.initialMemory(), policy.initialMemory()];
    const sideBySide = observations.map((seen, i) => act(seen, memories[i % 2]));
    const one = policyActions(
      policy,
      observations.filter((_, i) => i % 2 === 0),
    );
    const other = policyActions(
      policy,
      observations.filter((_, i) => i % 2 === 1),
    );
    expect(sideBySide).toEqual(observations.map((_, i) => (i % 2 === 0 ? one : other)[i >> 1]));
  });

  it("does not change when logits, means or deviations are computed", async () => {
    const options = { activation: "tanh", memory: 6, continuous: "state-dependent" } as const;
    const noisy = await load(toModule(somePolicy(cartPole, stock, options)));
    const { act, logits } = await exported;
    const memory = policy.initialMemory();
    act(observation, memory);
    const before = memory.slice();
    expect(logits?.(observation, memory)).toHaveLength(5);
    expect(noisy.mean(observation, memory)).toHaveLength(2);
    expect(noisy.std(observation, memory)).not.toEqual(noisy.std(observation, policy.initialMemory()));
    expect(memory).toEqual(before);
  });

  it("has deviations that depend on the memory where there is no hidden layer", async () => {
    const options = { activation: "tanh", memory: 6, continuous: "state-dependent", hidden: [] } as const;
    const noisy = somePolicy(cartPole, pendulum, options);
    const { act, std } = await load(toModule(noisy));
    const memory = noisy.initialMemory();
    const deviations = std(observation, memory);
    act(observation, memory);
    const sigma = noisy.head.parameters[0].toArray().map((logStd) => Math.exp(logStd));
    for (const j of [0, 1]) {
      const variance = memory.reduce((sum, z, i) => sum + (z * sigma[2 * i + j]) ** 2, 0);
      expect(deviations[j]).toBeCloseTo(Math.sqrt(variance), 5);
    }
  });

  it("refuses a call without memory, or with one of the wrong form, and says where to get one", async () => {
    const { act, sample, logits } = await exported;
    const allowed = "allowed is a Float32Array of 6, which initialMemory() creates";
    expect(() => act(observation)).toThrow(`memory: got undefined, ${allowed}`);
    expect(() => act(observation, new Float32Array(5))).toThrow(`memory: got Float32Array of 5, ${allowed}`);
    expect(() => sample(observation, Math.random)).toThrow(`memory: got function, ${allowed}`);
    expect(() => act(observation, [0, 0, 0, 0, 0, 0])).toThrow(`memory: got Array of 6, ${allowed}`);
    expect(() => logits?.(observation)).toThrow(`memory: got undefined, ${allowed}`);
  });

  it("leaves the memory as it was when it fails", async () => {
    const { act, sample } = await exported;
    const memory = policy.initialMemory();
    act(observation, memory);
    const before = memory.slice();
    expect(() => act([0, Number.NaN, 0, 0], memory)).toThrow("the network gives NaN");
    expect(() => act(observation, memory, [1])).toThrow("mask: got 1 entries");
    expect(() => sample(observation, memory, () => 1)).toThrow("random: got 1");
    expect(memory).toEqual(before);
  });

  it("has the policy's bits where observations are so large that the gates are 0 or 1", async () => {
    const huge = someObservations(cartPole, 300).map((seen) => (seen as Float32Array).map((x) => 1e5 * x));
    const { outputs } = episode(await exported, huge, 5);
    expectSameBits(outputs, engineOutputs(policy, huge));
  });

  it("acts as the policy of a run does that trained with policy: gru", async () => {
    const options = { policy: "gru", memorySize: 8, envs: 2, rolloutSteps: 64, minibatchSize: 64 } as const;
    const run = train({ algorithm: "ppo", env: "Pendulum-v1", seed: 0, steps: 256, options });
    for (const _ of run);
    const observations = someObservations(run.policy.observationSpace, 300, 1);
    const { actions } = episode(await load(toModule(run.policy)), observations, 1);
    expectSameBits(numbersOf(actions), numbersOf(policyActions(run.policy, observations)));
    expect(new Set(actions.map(String)).size).toBeGreaterThan(100);
  });

  it("says in its first lines how it is used", () => {
    const source = toModule(policy);
    expect(source).toContain('import { act, initialMemory } from "./policy.mjs";');
    expect(source).toContain("// Network: 4 → 6 gru → 32 tanh → 17 tanh → 5\n");
    expect(source).toContain(" * @param {Float32Array} memory");
  });
});

describe("an exported module", () => {
  it("says what it takes, what it gives and where it comes from, in a page's script tag too", async () => {
    const unusual = '{"__proto__":"a field","a\\"__proto__":"another","b":"{\\"__proto__\\":1}"}';
    const about = { environment: "CartPole-v1", note: "</script>", ...JSON.parse(unusual) };
    const source = toModule(somePolicy(cartPole, discrete(2), { activation: "relu" }), { about });
    expect(source).not.toContain("</script");
    const exported = await load(source);
    expect(Object.entries(exported.about)).toEqual(Object.entries(about));
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
    const first = logits?.([1, 2, 3, 4]);
    const second = logits?.([4, 3, 2, 1]);
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

  it("a Dict whose names are others, down to its parts", async () => {
    const { act } = await load(toModule(somePolicy(room, discrete(2), { activation: "relu" })));
    const good = { 'say "*/"': 2, board: [0, 1, 1, 0], "10": [0.5, 0.5], "9": { lamp: 1 } };
    expect([0, 1]).toContain(act(good));
    const names = '10, 9, board, say "*/"';
    expect(() => act({ ...good, extra: 1 })).toThrow(`allowed is an object with ${names}`);
    expect(() => act(3)).toThrow(`observation: got number, allowed is an object with ${names}`);
    expect(() => act({ ...good, "9": {} })).toThrow('observation["9"]: got object, allowed is an object with lamp');
    expect(() => act({ ...good, "9": { lamp: 2 } })).toThrow('observation["9"]["lamp"]: got 2');
  });

  it("that samples from a Gaussian does not hang on a constant source of randomness", async () => {
    const { sample } = await load(toModule(somePolicy(cartPole, thrust, { activation: "relu" })));
    expect(() => sample([0, 0, 0, 0], () => 0.5)).toThrow("random: repeats the same numbers");
  });

  it("is not written if weights are not numbers, or layers do not fit", () => {
    const policy = somePolicy(cartPole, discrete(2), { activation: "relu" });
    const layers = layersOf(policy);
    const broken = (some: readonly Layer[]): Policy => {
      const description = policy.describe();
      return { ...policy, describe: () => description && { ...description, layers: some } };
    };
    expect(() => toModule(broken(layers.slice(1)))).toThrow(
      "policy.layers[0].weights.shape: got [32,17], allowed is [4, 17]",
    );
    expect(() => toModule(broken(layers.slice(0, 2)))).toThrow(
      'policy.layers: got "17 outputs", allowed is layers with 2 outputs',
    );
    const { bias } = layers[1];
    bias.set(bias.toArray().fill(Number.NaN, 3, 4));
    expect(() => toModule(policy)).toThrow("policy.layers[1].bias[3]: got NaN, allowed is a finite number");
  });

  it("is not written if the weights of the memory do not fit, or are not numbers", () => {
    const policy = somePolicy(cartPole, discrete(2), { activation: "relu", memory: 3 });
    const description = policy.describe();
    if (description?.memory === undefined) throw new Error("no memory is described");
    const { weights } = description.memory;
    const memory: MemoryDescription = { kind: "gru", weights: { ...weights, input: zeros([5, 9]) } };
    expect(() => toModule({ ...policy, describe: () => ({ ...description, memory }) })).toThrow(
      "policy.memory.input.shape: got [5,9], allowed is [4, 9]",
    );
    weights.hiddenBias.set(Float32Array.of(0, 0, Infinity, 0, 0, 0, 0, 0, 0));
    expect(() => toModule(policy)).toThrow("policy.memory.hiddenBias[2]: got Infinity, allowed is a finite number");
  });

  it("is not written from a part that can't be described, and the error says which and what to add", () => {
    const policy = somePolicy(cartPole, discrete(2), { activation: "relu", memory: 3 });
    const { describe: _, ...network } = mlpNetwork(layersOf(policy));
    const { describe: __, ...head } = policy.head;
    const { memory } = policy;
    if (memory === undefined) throw new Error("a policy with memory was asked for");
    const { describe: ___, ...plainMemory } = memory;
    const written = (parts: Partial<PolicyParts>): string =>
      toModule(policyOf({ ...policy, normaliseObservations: false, rng: defaultRng(0), ...parts }));
    expect(written({})).toContain("export function act");
    expect(() => written({ network })).toThrow(
      "policy.network.describe: got undefined, allowed is a method that returns the layers, each { weights, bias, activation }",
    );
    expect(() => written({ head })).toThrow(
      'policy.head.describe: got undefined, allowed is a method that returns the kind of head, such as { kind: "categorical"',
    );
    expect(() => written({ memory: plainMemory })).toThrow(
      'policy.memory.describe: got undefined, allowed is a method that returns the weights, { kind: "gru"',
    );
    expect(() => toModule({ ...policy, describe: () => undefined })).toThrow(
      "policy.describe(): got undefined, allowed is a PolicyDescription",
    );
    expect(() => toOnnx(policyOf({ ...policy, normaliseObservations: false, rng: defaultRng(0), head }))).toThrow(
      "policy.head.describe",
    );
    expect(() => written({ network })).toThrow(ConfigError);
  });
});
