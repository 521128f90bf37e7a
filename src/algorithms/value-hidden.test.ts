/** Layers of the value network that differ from the policy's. */

import { describe, expect, it } from "vitest";
import { resolveOptions, type Schema, type Values } from "../options.js";
import { defaultRng } from "../random/index.js";
import { box, discrete } from "../spaces/index.js";
import { loadPolicy, resume, trainNamed } from "../training/train.js";
import type { Learner } from "./algorithm.js";
import { algorithmEntry, listAlgorithms } from "./registry.js";

/** A learner over 3 numbers and 2 actions. */
function learnerOf(name: string, options: Readonly<Record<string, unknown>>): Learner {
  const { create, options: schema } = algorithmEntry(name);
  return create({
    observationSpace: box({ low: -1, high: 1, shape: [3] }),
    actionSpace: discrete(2),
    options: resolveOptions(schema, { hidden: [5, 4], ...options }) as Values<Schema>,
    rng: defaultRng(1),
  });
}

const shapesOf = ({ weights }: Learner): Record<string, readonly number[]> =>
  Object.fromEntries(weights.map(({ name, shape }) => [name, shape]));

describe.each(listAlgorithms().map(({ name }) => name))("valueHidden of %s", (name) => {
  it("changes the layers of V, and no bit of the policy's", () => {
    const plain = learnerOf(name, {});
    const learner = learnerOf(name, { valueHidden: [7] });
    expect(shapesOf(learner)).toEqual({
      "policy.0.weights": [3, 5],
      "policy.0.bias": [5],
      "policy.1.weights": [5, 4],
      "policy.1.bias": [4],
      "policy.2.weights": [4, 2],
      "policy.2.bias": [2],
      "value.0.weights": [3, 7],
      "value.0.bias": [7],
      "value.1.weights": [7, 1],
      "value.1.bias": [1],
    });
    const policies = [plain, learner].map(({ policy }) => policy.parameters().map((p) => p.toArray()));
    expect(policies[1]).toEqual(policies[0]);
  });

  it("defaults to hidden, and may be an empty list", () => {
    expect(shapesOf(learnerOf(name, {}))).toMatchObject({ "value.0.weights": [3, 5], "value.1.weights": [5, 4] });
    const values = Object.entries(shapesOf(learnerOf(name, { valueHidden: [] }))).filter(([p]) =>
      p.startsWith("value"),
    );
    expect(values).toEqual([
      ["value.0.weights", [3, 1]],
      ["value.0.bias", [1]],
    ]);
  });

  it("goes through a checkpoint, and a best policy is read without V", () => {
    const options = { hidden: [4], valueHidden: [60, 60], ...(name === "reinforce" ? {} : { rolloutSteps: 30 }) };
    const run = trainNamed({ algorithm: name, env: "CartPole-v1", steps: 3000, stopWhenSolved: false, options });
    while (run.bestPolicy() === undefined) run.advance();
    const again = resume(run.checkpoint());
    run.advance();
    again.advance();
    expect(again.result()).toEqual(run.result());
    const { policy } = loadPolicy(run.bestPolicy() as Uint8Array);
    expect(policy.parameters().map((p) => p.shape)).toEqual(run.policy.parameters().map((p) => p.shape));
  });
});

it("does not prevent resuming a run without a value network", () => {
  const options = { hidden: [4], valueHidden: [2000, 2000], baseline: "none" };
  const run = trainNamed({ algorithm: "reinforce", env: "CartPole-v1", episodes: 3, options });
  run.advance();
  expect(resume(run.checkpoint()).result()).toEqual(run.result());
});

describe("valueHidden beside a shared trunk", () => {
  const sharing = listAlgorithms().filter(({ options }) => "trunk" in options);

  it("concerns the algorithms that have a trunk", () => {
    expect(sharing.map(({ name }) => name)).toEqual(["a2c", "ppo"]);
  });

  it.each(sharing.map(({ name }) => name))("is refused by %s, by name, empty or not", (name) => {
    for (const valueHidden of [[7], []]) {
      for (const policy of ["mlp", "gru"]) {
        const options = { trunk: "shared", policy, valueHidden };
        expect(() => learnerOf(name, options)).toThrow(`options.valueHidden: got [${valueHidden}], allowed is nothing`);
        expect(() => learnerOf(name, { ...options, trunk: "separate" })).not.toThrow();
        expect(() => learnerOf(name, { ...options, valueHidden: null })).not.toThrow();
      }
    }
  });
});
