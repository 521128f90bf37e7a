import { env, InferenceSession, Tensor } from "onnxruntime-web/wasm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Gsde } from "../src/distributions/index.js";
import { toOnnx } from "../src/export/index.js";
import type { Policy } from "../src/policies/index.js";
import { box, discrete, flatSize, multiBinary, multiDiscrete, type Space } from "../src/spaces/index.js";
import { type Activation, tensor } from "../src/tensor/index.js";
import { at } from "../src/tensor/tensor.js";
import {
  cartPole,
  engineOutputs,
  featuresOf,
  hands,
  indifferentPolicy,
  numbersOf,
  ownLayers,
  policyActions,
  type SomeOptions,
  someObservations,
  somePolicy,
} from "./exported-policies.js";

const OBSERVATIONS = 10_000;
const TOLERANCE = 1e-5;
const torque = box({ low: [-0.5, 0.1], high: [0.5, 0.7] });
const stock = box({ low: 0, high: 50, shape: [2] });
const pendulum = box({ low: -2, high: 2, shape: [2] });
const thrust = box({ low: [-0.5, -1, -Infinity], high: [0.5, 0, 1] });

beforeAll(() => {
  env.wasm.numThreads = 1;
});

async function run(policy: Policy, features: Float32Array): Promise<Record<string, Tensor>> {
  const session = await InferenceSession.create(toOnnx(policy));
  const width = flatSize(policy.observationSpace);
  return session.run({ observation: new Tensor("float32", features, [features.length / width, width]) });
}

interface Case {
  readonly what: string;
  readonly observations: Space<unknown>;
  readonly actions: Space<unknown>;
  readonly activation: Activation;
  readonly options?: Omit<SomeOptions, "activation">;
}

describe.each<Case>([
  { what: "Box, relu", observations: cartPole, actions: discrete(3), activation: "relu" },
  {
    what: "Box, tanh, first action -1",
    observations: cartPole,
    actions: discrete(3, { start: -1 }),
    activation: "tanh",
  },
  { what: "Box, gelu", observations: cartPole, actions: discrete(2), activation: "gelu" },
  { what: "Discrete, tanh", observations: discrete(48), actions: discrete(4), activation: "tanh" },
  { what: "Tuple, none", observations: hands, actions: discrete(2), activation: "none" },
  {
    what: "normalised Box, tanh",
    observations: cartPole,
    actions: discrete(3),
    activation: "tanh",
    options: { normaliseObservations: true },
  },
])("$what: the ONNX model of a categorical policy", ({ observations: space, actions, activation, options }) => {
  it("gives the engine's logits within 1e-5 and the policy's actions, on 10,000 observations", async () => {
    const policy = somePolicy(space, actions, { activation, ...options });
    const observations = someObservations(space, OBSERVATIONS, 1);
    const expected = engineOutputs(policy, observations);
    const { logits, action } = await run(policy, featuresOf(space, observations));
    const width = expected.length / OBSERVATIONS;

    expect(logits.dims).toEqual([OBSERVATIONS, width]);
    expect(largestDifference(logits.data as Float32Array, expected)).toBeLessThan(TOLERANCE);
    expect(action.dims).toEqual([OBSERVATIONS]);
    let clear = 0;
    for (const [i, observation] of observations.entries()) {
      const [best, second] = expected
        .slice(i * width, (i + 1) * width)
        .sort()
        .reverse();
      if (best - second <= 2 * TOLERANCE) continue;
      clear++;
      if (Number(action.data[i]) !== policy.act(observation, { deterministic: true }))
        expect.fail(`observation ${i}: action ${action.data[i]}`);
    }
    expect(clear).toBeGreaterThan(0.99 * OBSERVATIONS);
  });
});

describe.each<Case>([
  { what: "Box, relu", observations: cartPole, actions: thrust, activation: "relu" },
  { what: "Box, tanh", observations: cartPole, actions: thrust, activation: "tanh" },
  {
    what: "Box, squashed, tanh",
    observations: cartPole,
    actions: torque,
    activation: "tanh",
    options: { continuous: "squashed-gaussian" },
  },
  {
    what: "Box, noise that depends on the state, relu",
    observations: cartPole,
    actions: thrust,
    activation: "relu",
    options: { continuous: "state-dependent", normaliseObservations: true },
  },
  { what: "Box to [0, 50], relu", observations: cartPole, actions: stock, activation: "relu" },
  { what: "Box to [-2, 2], tanh", observations: cartPole, actions: pendulum, activation: "tanh" },
  {
    what: "Box to an unmapped [0, 50], relu",
    observations: cartPole,
    actions: stock,
    activation: "relu",
    options: { scaleActions: false },
  },
])("$what: the ONNX model of a Gaussian policy", ({ observations: space, actions, activation, options }) => {
  it("gives the engine's means and the policy's actions within 1e-5, on 10,000 observations", async () => {
    const policy = somePolicy(space, actions, { activation, ...options });
    const observations = someObservations(space, OBSERVATIONS, 1);
    const { mean, action } = await run(policy, featuresOf(space, observations));
    expect(largestDifference(mean.data as Float32Array, engineOutputs(policy, observations))).toBeLessThan(TOLERANCE);
    const actual = action.data as Float32Array;
    const expected = numbersOf(policyActions(policy, observations));
    expect(largestDifference(actual, expected)).toBeLessThan(TOLERANCE * largestReach(policy));
    expect(actual.some((value, i) => value !== (mean.data as Float32Array)[i])).toBe(true);
  });
});

const heads: [head: string, actions: Space<unknown>, options?: Omit<SomeOptions, "activation">][] = [
  ["one choice", discrete(4, { start: 2 })],
  ["several choices", multiDiscrete([3, 2, 5], { start: [0, 1, -2] })],
  ["switches", multiBinary(3)],
  ["a Gaussian", thrust],
  ["a squashed Gaussian", stock, { continuous: "squashed-gaussian" }],
  ["noise that depends on the state", pendulum, { continuous: "state-dependent" }],
];

describe.each(heads)("the ONNX model of %s with memory", (_, actions, headOptions) => {
  const copies = 5;
  const steps = 40;

  it.each([
    ["plain", {}],
    ["normalised", { normaliseObservations: true }],
    ["with your own first layers", { features: ownLayers }],
    ["without hidden layers", { hidden: [] }],
  ])("%s follows the policy within 1e-5 through 40 steps of 5 episodes at once", async (_, options) => {
    const policy = somePolicy(cartPole, actions, { activation: "tanh", memory: 7, ...headOptions, ...options });
    const session = await InferenceSession.create(toOnnx(policy));
    const observations = someObservations(cartPole, copies * steps, 1);
    const outputs = policy.network.outputs;
    const expected = engineOutputs(policy, observations, copies);
    const memories = Array.from({ length: copies }, () => policy.initialMemory());
    let memory = new Tensor("float32", new Float32Array(7 * copies), [copies, 7]);
    for (let t = 0; t < steps; t++) {
      const now = Array.from({ length: copies }, (_, copy) => observations[copy * steps + t]);
      const observation = new Tensor("float32", featuresOf(cartPole, now), [copies, 4]);
      const result = await session.run({ observation, memory });
      memory = result.nextMemory as typeof memory;
      const wanted = memories.flatMap((_, copy) => [...rowAt(expected, copy * steps + t, outputs)]);
      expect(largestDifference(numbersIn(result.logits ?? result.mean), wanted)).toBeLessThan(TOLERANCE);
      const acted = now.map((row, copy) => policy.act(row, { deterministic: true, memory: memories[copy] }));
      expect(memory.dims).toEqual([copies, 7]);
      expect(
        largestDifference(
          memory.data,
          memories.flatMap((row) => [...row]),
        ),
      ).toBeLessThan(TOLERANCE);
      expect(largestDifference(numbersIn(result.action), numbersOf(acted))).toBeLessThan(
        TOLERANCE * largestReach(policy),
      );
    }
    expect(memories[0]).not.toEqual(memories[1]);
  });
});

describe.each([
  ["several choices", multiDiscrete([3, 2, 5], { start: [0, 1, -2] }), [3, 2, 5]],
  ["switches", multiBinary(3), [1, 1, 1]],
])("the ONNX model of %s", (_, actions, nvec) => {
  it("gives the engine's logits within 1e-5 and the policy's actions, on 10,000 observations", async () => {
    const policy = somePolicy(cartPole, actions, { activation: "tanh" });
    const observations = someObservations(cartPole, OBSERVATIONS, 1);
    const { logits, action } = await run(policy, featuresOf(cartPole, observations));
    const expected = engineOutputs(policy, observations);
    expect(largestDifference(logits.data as Float32Array, expected)).toBeLessThan(TOLERANCE);
    expect(action.dims).toEqual([OBSERVATIONS, 3]);
    expect(action.type).toBe("int64");
    let different = 0;
    for (const [i, observation] of observations.entries()) {
      const wanted = policy.act(observation, { deterministic: true }) as Int32Array;
      wanted.forEach((value, g) => void (different += Number(action.data[3 * i + g]) === value ? 0 : 1));
    }
    expect(different).toBeLessThan(0.001 * OBSERVATIONS * nvec.length);
  });
});

describe("an ONNX model", () => {
  const policy = somePolicy(cartPole, thrust, { activation: "relu" });

  it("gives the deviations too where noise depends on the state", async () => {
    for (const [width, normaliseObservations] of [
      [17, false],
      [0, true],
      [0, false],
    ] as const) {
      const hidden = width > 0 ? [width] : [];
      const options = { activation: "tanh", continuous: "state-dependent", hidden } as const;
      const noisy = somePolicy(cartPole, torque, { ...options, normaliseObservations });
      const features = Float32Array.of(0.1, -2, 0.3, 4);
      const { std } = await run(noisy, features);
      const normal = tensor(features, [1, 4]);
      noisy.normaliser?.apply(at(normal) >>> 2, 1);
      const { variance } = noisy.distribution({ features: normal }) as Gsde;
      const expected = variance.toArray().map((square) => Math.sqrt(square - 1e-6));
      expect(largestDifference(std.data as Float32Array, expected)).toBeLessThan(TOLERANCE);
    }
  });

  it("takes one observation as well as many", async () => {
    const { mean } = await run(policy, Float32Array.of(1, 2, 3, 4));
    expect(mean.dims).toEqual([1, 3]);
  });

  it("takes the first of the actions that tie", async () => {
    const { action } = await run(indifferentPolicy(discrete(3, { start: 5 })), Float32Array.of(1, 2, 3, 4));
    expect(action.data).toEqual(BigInt64Array.of(5n));
  });

  it("carries the spaces, the spread of the actions and its origin as JSON", () => {
    const metadata = metadataOf(toOnnx(policy, { about: { environment: "Rocket-v0" } }));
    expect(metadata).toEqual({
      observationSpace: { kind: "box", shape: [4], low: [-4.8, null, -0.4, null], high: [4.8, null, 0.4, null] },
      actionSpace: { kind: "box", shape: [3], low: [-0.5, -1, null], high: [0.5, 0, 1] },
      head: "gaussian",
      middle: [0, -0.5, 0],
      reach: [0.5, 0.5, 1],
      std: [0.6065306663513184, 0.6065306663513184, 0.6065306663513184],
      about: { environment: "Rocket-v0" },
    });
  });

  it("names its head, and has the deviations of continuous actions as an output", async () => {
    const choice = metadataOf(toOnnx(somePolicy(cartPole, discrete(2), { activation: "relu", memory: 3 })));
    expect(Object.keys(choice)).toEqual(["observationSpace", "actionSpace", "head", "about"]);
    expect(choice.head).toBe("categorical");
    const options = { activation: "relu", continuous: "state-dependent" } as const;
    const noisy = somePolicy(cartPole, pendulum, options);
    expect(metadataOf(toOnnx(noisy))).toMatchObject({ head: "state-dependent", middle: [0, 0], reach: [2, 2] });
    expect(metadataOf(toOnnx(noisy))).not.toHaveProperty("std");
    expect(Object.keys(await run(noisy, Float32Array.of(1, 2, 3, 4)))).toEqual(["mean", "action", "std"]);
    const squashed = somePolicy(cartPole, torque, { activation: "relu", continuous: "squashed-gaussian" });
    expect(metadataOf(toOnnx(squashed))).toMatchObject({
      head: "squashed-gaussian",
      std: [0.6065306663513184, 0.6065306663513184],
    });
    for (const constant of [squashed, policy]) {
      const { mean, std } = await run(constant, Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8));
      expect(std.dims).toEqual(mean.dims);
      expect(new Set(std.data as Float32Array)).toEqual(new Set([0.6065306663513184]));
    }
  });

  it("names the version of its producer", () => {
    const text = new TextDecoder("latin1").decode(toOnnx(policy, { version: "7.8.9" }));
    expect(text).toContain("\x12\x06ascent\x1a\x057.8.9");
  });

  it("has no nodes for a map that is the identity", () => {
    const has = (name: string, options: Omit<SomeOptions, "activation">): boolean =>
      Buffer.from(toOnnx(somePolicy(cartPole, stock, { activation: "relu", ...options }))).includes(name);
    expect(has("mean.mapped", {})).toBe(true);
    expect(has("mean.mapped", { scaleActions: false })).toBe(false);
  });

  it("gives the deviations of a policy with memory for the memory that it goes on with", async () => {
    const options = { activation: "tanh", memory: 6, continuous: "state-dependent", hidden: [] } as const;
    const noisy = somePolicy(cartPole, pendulum, options);
    const session = await InferenceSession.create(toOnnx(noisy));
    const observation = new Tensor("float32", Float32Array.of(0.1, -0.2, 0.3, -0.4), [1, 4]);
    const memory = new Tensor("float32", new Float32Array(6), [1, 6]);
    const { std, nextMemory } = await session.run({ observation, memory });
    const sigma = noisy.head.parameters[0].toArray().map((logStd) => Math.exp(logStd));
    const expected = [0, 1].map((j) =>
      Math.sqrt(numbersIn(nextMemory).reduce((sum, z, i) => sum + (z * sigma[2 * i + j]) ** 2, 0)),
    );
    expect(largestDifference(numbersIn(std), expected)).toBeLessThan(TOLERANCE);
  });

  it("is the same bytes for the same weights", () => {
    expect(toOnnx(policy)).toEqual(toOnnx(policy));
  });
});

/** `metadata_props` (field 14) of a ModelProto: pairs of key (1) and value (2). */
function metadataOf(model: Uint8Array): Record<string, unknown> {
  const pairs = fieldsOf(model).filter(({ field }) => field === 14);
  return Object.fromEntries(
    pairs.map(({ payload }) => {
      const [key, value] = fieldsOf(payload).map((entry) => new TextDecoder().decode(entry.payload));
      return [key, JSON.parse(value)];
    }),
  );
}

/** The fields of a message that holds whole numbers and length-prefixed fields only. */
function fieldsOf(message: Uint8Array): { field: number; payload: Uint8Array }[] {
  const fields: { field: number; payload: Uint8Array }[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const group = message[at++];
      value += (group & 127) * scale;
      if (group < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const length = varint();
    const prefixed = (tag & 7) === 2;
    fields.push({ field: tag >> 3, payload: message.subarray(at, prefixed ? at + length : at) });
    if (prefixed) at += length;
  }
  return fields;
}

function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  let largest = 0;
  for (let i = 0; i < actual.length; i++) largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
  return largest;
}

function numbersIn({ data }: Tensor): number[] {
  return Array.from(data as ArrayLike<number | bigint>, Number);
}

function rowAt(values: Float32Array, row: number, width: number): Float32Array {
  return values.subarray(row * width, (row + 1) * width);
}

/** The factor by which the map to the action space multiplies errors, at least 1. */
function largestReach(policy: Policy): number {
  const head = policy.describe()?.head;
  return head !== undefined && "reach" in head ? Math.max(1, ...head.reach) : 1;
}
