/** The deviation that continuous actions start with. */

import { expect, it } from "vitest";
import { resolveOptions, type Schema, type Values } from "../options.js";
import { defaultRng } from "../random/index.js";
import { box } from "../spaces/index.js";
import { algorithmEntry, listAlgorithms } from "./registry.js";

const names = listAlgorithms().map(({ name }) => name);

/** ln σ of two actions, as a new learner has it. */
function initialLogStd(name: string, options: Readonly<Record<string, unknown>>): number[] {
  const { create, options: schema } = algorithmEntry(name);
  const { policy } = create({
    observationSpace: box({ low: -1, high: 1, shape: [3] }),
    actionSpace: box({ low: -1, high: 1, shape: [2] }),
    options: resolveOptions(schema, { hidden: [5], ...options }) as Values<Schema>,
    rng: defaultRng(1),
  });
  return policy
    .parameters()
    .filter((weights) => weights.name === "policy.logStd")
    .flatMap((weights) => [...weights.toArray()]);
}

it.each(names)("%s starts with ln σ = 0 unless it is told otherwise", (name) => {
  expect(initialLogStd(name, {})).toEqual([0, 0]);
  expect(initialLogStd(name, { logStd: -1.5 })).toEqual([-1.5, -1.5]);
});

it.each(names)("%s refuses a ln σ above 2, by name", (name) => {
  expect(() => initialLogStd(name, { logStd: 3 })).toThrow("options.logStd: got 3, allowed is a number from -20 to 2");
});
