/** Updates against PyTorch's (`test/golden/torch-updates.py`): diagnostics and all weights. */

import { describe, expect, test, vi } from "vitest";
import { constantOf, expectClose, expectNear, indicesOf, read, type Stored } from "../../test/golden/read.js";
import { updated } from "../../test/one-update.js";
import { resolveOptions, type Schema, type Values } from "../options.js";
import { defaultRng } from "../random/index.js";
import type { Batch } from "../rollout/batch.js";
import { box, discrete } from "../spaces/index.js";
import { algorithmEntry } from "./registry.js";

interface Case {
  readonly algorithm: string;
  readonly continuous: boolean;
  readonly options: Readonly<Record<string, unknown>>;
  readonly batch: Record<"features" | "actions" | "logProbs" | "rewards" | "finalFeatures", Stored> & {
    readonly segments: readonly (readonly [start: number, end: number, terminated: number, truncated: number])[];
  };
  readonly orders: readonly (readonly number[])[];
  readonly before: readonly Stored[];
  readonly after: readonly Stored[];
  readonly diagnostics: Readonly<Record<string, number>>;
}

function batchOf({ batch, continuous }: Case): Batch {
  return {
    size: batch.rewards.data.length,
    features: constantOf(batch.features),
    actions: continuous ? constantOf(batch.actions) : indicesOf(batch.actions),
    logProbs: constantOf(batch.logProbs),
    rewards: Float64Array.from(batch.rewards.data),
    segments: batch.segments.map(([start, end, terminated, truncated]) => ({
      start,
      end,
      terminated: terminated === 1,
      truncated: truncated === 1,
    })),
    finalFeatures: constantOf(batch.finalFeatures),
  };
}

/** If a gradient is near an optimiser's ε, its rounding error is multiplied by 1,000 in the step. */
const TOLERANCE = 5e-6;

describe("an update has PyTorch's weights and figures", () => {
  for (const golden of read<Case[]>("torch-updates")) {
    const { algorithm, continuous, options } = golden;
    const { create, options: schema } = algorithmEntry(algorithm);
    const trunk = options.trunk === undefined ? "" : `, trunk ${options.trunk}`;

    test(`${algorithm}, ${continuous ? "Gaussian" : "categorical"}${trunk}`, () => {
      const rng = defaultRng(0);
      const learner = create({
        observationSpace: box({ low: -10, high: 10, shape: [3] }),
        actionSpace: continuous ? box({ low: -1, high: 1, shape: [2] }) : discrete(3),
        options: resolveOptions(schema, { hidden: [5], ...options }) as Values<Schema>,
        rng,
      });
      expect(learner.weights.map(({ shape }) => shape)).toEqual(golden.before.map(({ shape }) => shape));
      learner.weights.forEach((p, i) => void p.set(golden.before[i].data));
      const orders = golden.orders.map((order) => Int32Array.from(order));
      vi.spyOn(rng, "permutation").mockImplementation((() => orders.shift()) as never);

      const diagnostics = updated(learner, batchOf(golden), 0);
      expect(orders).toEqual([]);
      for (const [name, expected] of Object.entries(golden.diagnostics)) expectNear(diagnostics[name], expected, 2e-6);
      learner.weights.forEach((p, i) => void expectClose(p, golden.after[i], TOLERANCE));
    });
  }
});
