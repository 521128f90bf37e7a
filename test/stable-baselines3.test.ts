import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../src/errors.js";
import { fromStableBaselines3 } from "../src/export/index.js";
import { CorruptFileError } from "../src/formats/safetensors.js";
import type { Action } from "../src/policies/policy.js";
import { defaultRng } from "../src/random/index.js";
import { arrayNamed, decodeCheckpoint } from "../src/training/checkpoint.js";
import { loadPolicy, train } from "../src/training/train.js";
import { expectNear, read } from "./golden/read.js";
import { unpack } from "./golden-arrays.js";

interface Golden {
  readonly cases: Readonly<
    Record<string, { readonly actions: string; readonly log_std: number[]; readonly values: number[] }>
  >;
}

const golden = read<Golden>("stable-baselines3");
const COUNT = 10_000;

const file = (name: string): Uint8Array => readFileSync(new URL(`golden/stable-baselines3/${name}`, import.meta.url));

/** The numbers of the actions that an imported policy takes, likeliest first. */
function actionsOf(name: string, observations: readonly unknown[], vecNormalize?: Uint8Array): number[] {
  const { policy } = loadPolicy(fromStableBaselines3(file(`${name}.zip`), { vecNormalize }));
  const actions = observations.map((observation): Action => policy.act(observation, { deterministic: true }));
  return actions.flatMap((action) => (typeof action === "number" ? [action] : [...action]));
}

/** The observations of the golden script: the same seed gives NumPy's numbers. */
function rows(width: number): Float32Array[] {
  const numbers = Float32Array.from(defaultRng(5).normal(0, 2, COUNT * width));
  return Array.from({ length: COUNT }, (_, i) => numbers.slice(i * width, (i + 1) * width));
}

function countDifferences(actual: readonly number[], expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  return actual.filter((value, i) => value !== expected[i]).length;
}

describe("policies of Stable-Baselines3, on 10,000 observations each", () => {
  it("PPO takes the same two actions", () => {
    const actions = unpack(golden.cases.choice.actions).i8;
    expect(new Set(actions).size).toBe(2);
    expect(countDifferences(actionsOf("choice", rows(4)), actions)).toBe(0);
  });

  it("A2C with VecNormalize gives the same numbers within 1e-6", () => {
    const expected = unpack(golden.cases.numbers.actions).f32;
    const actual = actionsOf("numbers", rows(3), file("numbers.pkl"));
    const apart = actual.map((value, i) => Math.abs(value - expected[i]));
    expect(Math.max(...apart)).toBeLessThan(1e-6);
    expect(expected.filter((value) => value > -0.5 && value < 2).length).toBeGreaterThan(1000);
  });

  it("PPO makes the same two choices", () => {
    const observations = Array.from(defaultRng(5).integers(0, 5, COUNT));
    const actions = unpack(golden.cases.choices.actions).i8;
    expect(countDifferences(actionsOf("choices", observations), actions)).toBe(0);
  });

  it("PPO sets the same four switches, with no hidden layer", () => {
    const rng = defaultRng(5);
    const columns = [rng.integers(0, 3, COUNT), rng.integers(0, 4, COUNT)];
    const observations = Array.from({ length: COUNT }, (_, i) => Int32Array.of(columns[0][i], columns[1][i]));
    const actions = unpack(golden.cases.switches.actions).i8;
    expect(countDifferences(actionsOf("switches", observations), actions)).toBe(0);
  });
});

describe("what is imported besides the mean", () => {
  const bytes = fromStableBaselines3(file("numbers.zip"), { vecNormalize: file("numbers.pkl"), env: "Pendulum-v1" });
  const { policy, config } = loadPolicy(bytes);

  it("ln σ is that of the file", () => {
    const head = policy.describe()?.head;
    expect(head !== undefined && "logStd" in head ? [...head.logStd.toArray()] : []).toEqual(
      golden.cases.numbers.log_std,
    );
  });

  it("the settings name the algorithm, the environment and the activation", () => {
    expect(config).toMatchObject({
      algorithm: "a2c",
      env: "Pendulum-v1",
      options: { activation: "relu", normaliseObservations: true },
    });
  });
});

describe("files that are refused", () => {
  const zip = file("choice.zip");

  it("names what it needs for bytes that are no zip", () => {
    expect(() => fromStableBaselines3(new Uint8Array(100))).toThrow(CorruptFileError);
    expect(() => fromStableBaselines3(new Uint8Array(100))).toThrow("not a zip archive");
  });

  it("a wrong byte in the weights' pickle gives one of its own two errors, or other weights", () => {
    const from = new TextDecoder("latin1").decode(zip).indexOf("policy/data.pkl") + 20;
    for (let at = from; at < from + 700; at += 11) {
      const damaged = Uint8Array.from(zip);
      damaged[at] ^= 0x41;
      try {
        loadPolicy(fromStableBaselines3(damaged));
      } catch (error) {
        if (!(error instanceof CorruptFileError || error instanceof ConfigError)) throw error;
      }
    }
  });

  it("a pickle that would call a function is data, and no tensor", () => {
    const malicious = Uint8Array.from(zip);
    const text = new TextDecoder("latin1").decode(malicious);
    for (let at = text.indexOf("_rebuild_tensor_v2"); at >= 0; at = text.indexOf("_rebuild_tensor_v2", at + 1))
      malicious.set(new TextEncoder().encode("_rebuild_tensor_v9"), at);
    expect(() => fromStableBaselines3(malicious)).toThrow("mlp_extractor.policy_net.0.weight is no tensor");
  });

  it("statistics of another observation", () => {
    const vecNormalize = file("numbers.pkl");
    expect(() => fromStableBaselines3(zip, { vecNormalize })).toThrow('vecNormalize: got "3 means", allowed is 4');
  });

  it("weights as statistics", () => {
    expect(() => fromStableBaselines3(zip, { vecNormalize: zip })).toThrow(CorruptFileError);
  });
});

describe("a run that begins with imported weights", () => {
  const options = { hidden: [16, 16], activation: "tanh", normaliseObservations: false } as const;
  const run = train({ algorithm: "ppo", env: "CartPole-v1", options, from: fromStableBaselines3(file("choice.zip")) });

  it("acts as the model did", () => {
    const actions = unpack(golden.cases.choice.actions).i8;
    const some = rows(4).slice(0, 200);
    const actual = some.map((observation) => Number(run.policy.act(observation, { deterministic: true })));
    expect(countDifferences(actual, actions.subarray(0, 200))).toBe(0);
  });

  it("has the model's value function", () => {
    const { arrays } = decodeCheckpoint(run.weights());
    const layer = (x: Float32Array, i: number): Float32Array => {
      const [weights, bias] = ["weights", "bias"].map(
        (part) => arrayNamed(arrays, `weights.value.${i}.${part}`).values,
      );
      return Float32Array.from(bias, (b, j) =>
        x.reduce((sum, value, p) => sum + value * weights[p * bias.length + j], b),
      );
    };
    const values = rows(4)
      .slice(0, 50)
      .map((row) => layer(layer(layer(row, 0).map(Math.tanh), 1).map(Math.tanh), 2)[0]);
    values.forEach((value, i) => {
      expectNear(value, golden.cases.choice.values[i], 1e-5);
    });
  });
});
