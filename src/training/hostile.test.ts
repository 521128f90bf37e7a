/** Checkpoints that ask for much work in few bytes. Each is refused at once; before, they took seconds to minutes. */

import { describe, expect, it } from "vitest";
import { loadPolicy as actingPolicy } from "../act/load-policy.js";
import { CorruptFileError, readArrays, writeArrays } from "../formats/safetensors.js";
import { loadPolicy, resume, train } from "./train.js";
import type { NamedConfig } from "./types.js";

const run = train({ env: "GridWorld-v0", seed: 1, episodes: 40, options: { hidden: [4] } });
for (const _ of run);
const bytes = run.checkpoint();

/** The checkpoint of another run with changed settings, state or weights. */
function changed(
  {
    config = {},
    policy,
    state = (now) => now,
    weight,
  }: {
    policy?: object;
    config?: NamedConfig | Record<string, unknown>;
    state?: (state: ReturnType<typeof JSON.parse>) => unknown;
    weight?: { name: string; value: number };
  },
  original = bytes,
): Uint8Array {
  const { metadata, arrays } = readArrays(original);
  if (weight !== undefined) arrays.get(weight.name)?.values.fill(weight.value, 1, 2);
  return writeArrays({
    metadata: {
      ...metadata,
      config: JSON.stringify({ ...JSON.parse(metadata.config), ...config }),
      policy: policy === undefined ? metadata.policy : JSON.stringify(policy),
      state: JSON.stringify(state(JSON.parse(metadata.state))),
    },
    arrays,
  });
}

const { options } = run.config;
const architecture = JSON.parse(readArrays(bytes).metadata.policy);
const digits = "7".repeat(2_000_000);

describe("a checkpoint is refused before the work that it asks for", () => {
  it("a seed of two million digits", () => {
    for (const read of [resume, loadPolicy])
      expect(() => read(changed({ config: { seed: digits } }))).toThrow("its settings are not those of a run");
  });
  it("a generator of two million digits", () => {
    const state = (now: { actingRng: { seed: object } }): unknown => ({
      ...now,
      actingRng: { ...now.actingRng, seed: { ...now.actingRng.seed, entropy: digits } },
    });
    expect(() => resume(changed({ state }))).toThrow(
      /generator\.seed\.entropy: got "777.*at most 10,000 decimal digits/,
    );
  });
  it("a map of 40,000 cells, with weights for 25", () => {
    const map = Array.from({ length: 200 }, (_, row) => (row === 0 ? "S".padEnd(200, ".") : ".".repeat(200))).join("/");
    const config = { envOptions: { ...run.config.envOptions, map } };
    expect(() => resume(changed({ config }))).toThrow("as this run began");
    const policy = { ...architecture, observationSpace: { kind: "discrete", n: 40_000, start: 0 } };
    expect(() => resume(changed({ config, policy }))).toThrow(
      "its settings ask for hidden [4], for which it holds too few numbers",
    );
  });
  it("layers and a memory that it has no weights for", () => {
    expect(() => resume(changed({ config: { options: { ...options, hidden: [4096, 4096] } } }))).toThrow(
      CorruptFileError,
    );
    expect(() => resume(changed({ config: { options: { ...options, hidden: [] } } }))).toThrow(CorruptFileError);
    const small = { hidden: [4], envs: 2, rolloutSteps: 8, memorySize: 4, policy: "gru" } as const;
    const remembering = train({ algorithm: "ppo", env: "GridWorld-v0", options: small });
    const large = { options: { ...remembering.config.options, memorySize: 4096 } };
    expect(() => resume(changed({ config: large }, remembering.checkpoint()))).toThrow(
      "its settings ask for memorySize 4096, for which it holds too few numbers",
    );
  });
  it.each([
    ["loaded", loadPolicy],
    ["loaded to act alone", actingPolicy],
  ])("a policy with spaces that it has no weights for, %s", (_, load) => {
    const loaded = (change: object): unknown => load(changed({ policy: { ...architecture, ...change } }));
    for (const change of [{ observationSpace: -1e308 }, { layers: {} }, { layers: ["x"] }])
      expect(() => loaded(change)).toThrow(CorruptFileError);
    const huge = { kind: "discrete", n: 2 ** 40, start: 0 };
    expect(() => loaded({ observationSpace: huge })).toThrow(/ need more than the \d+ numbers that there are/);
    expect(() => loaded({ actionSpace: huge })).toThrow(/outputs do not fit/);
    expect(() => loaded({ memory: 2 ** 20 })).toThrow(/ need more than the \d+ numbers that there are/);
    const layers = [{ ...architecture.layers[0], outputs: 0 }];
    expect(() => loaded({ observationSpace: huge, layers, normaliseObservations: true })).toThrow(/make no network/);
  });
  it("4,096 environments, with the state of two", () => {
    const two = train({ algorithm: "ppo", env: "GridWorld-v0", options: { hidden: [4], envs: 2, rolloutSteps: 8 } });
    const many = { options: { ...two.config.options, envs: 4096 } };
    expect(() => resume(changed({ config: many }, two.checkpoint()))).toThrow(
      "its settings ask for 4096 environments, and its state is of another number",
    );
  });
  it("more returns than it would remember, and episodes that never ended", () => {
    const recent = new Array(1_000_000).fill(1);
    const longer = (now: { progress: object }): unknown => ({ ...now, progress: { ...now.progress, recent } });
    expect(() => resume(changed({ state: longer }))).toThrow("can't hold 1000000 returns after 40 episodes");
    const more = (now: { collector: object }): unknown => ({
      ...now,
      collector: { ...now.collector, episodes: [{ return: 1, length: 1 }] },
    });
    expect(() => resume(changed({ state: more }))).toThrow("the episodes do not fit their ends");
  });
});

describe("weights that are NaN or infinite are refused", () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY])("%f in a run, its weights and its best policy", (value) => {
    const refusal = `holds weights.policy.0.weights[1] as ${value}, which is no weight`;
    const weight = { name: "weights.policy.0.weights", value };
    for (const original of [bytes, run.weights(), run.bestPolicy()!]) {
      expect(() => loadPolicy(changed({ weight }, original))).toThrow(refusal);
      expect(() =>
        train({ env: "GridWorld-v0", options: { hidden: [4] }, from: changed({ weight }, original) }),
      ).toThrow(refusal);
    }
    expect(() => resume(changed({ weight }))).toThrow(refusal);
    expect(() => resume(changed({ weight: { ...weight, name: `best.${weight.name}` } }))).toThrow(
      "holds best.weights.policy.0.weights[1]",
    );
  });
});
