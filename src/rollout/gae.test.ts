/** Generalised advantage estimation against its definition, computed in PyTorch (`test/golden/torch.py`). */

import { describe, test } from "vitest";
import { expectNear, read, type Stored } from "../../test/golden/read.js";
import type { Segment } from "./batch.js";
import { gae, returnsToGo } from "./returns.js";

type Key = "rewards" | "values" | "lastValues" | "terminated" | "truncated" | "finalValues" | "advantages" | "returns";
type Case = Record<Key, Stored> & { readonly gamma: number; readonly lambda: number };

/** The column of one environment, divided into segments, and the value after each segment. */
function segmentsOf(golden: Case, environment: number): { segments: Segment[]; finalValues: number[] } {
  const [steps, environments] = golden.rewards.shape;
  const segments: Segment[] = [];
  const finalValues: number[] = [];
  let start = 0;
  for (let t = 0; t < steps; t++) {
    const cell = t * environments + environment;
    const terminated = golden.terminated.data[cell] === 1;
    const truncated = golden.truncated.data[cell] === 1;
    if (!terminated && !truncated && t < steps - 1) continue;
    segments.push({ start, end: t + 1, terminated, truncated });
    finalValues.push(terminated ? 0 : truncated ? golden.finalValues.data[cell] : golden.lastValues.data[environment]);
    start = t + 1;
  }
  return { segments, finalValues };
}

describe("advantages", () => {
  for (const golden of read<{ gae: Case[] }>("torch-ppo").gae) {
    const { gamma, lambda } = golden;
    test(`with γ ${gamma} and λ ${lambda}`, () => {
      const environments = golden.rewards.shape[1];
      for (let environment = 0; environment < environments; environment++) {
        const column = ({ data }: Stored): Float64Array =>
          Float64Array.from(data.filter((_, cell) => cell % environments === environment));
        const { segments, finalValues } = segmentsOf(golden, environment);
        const rewards = column(golden.rewards);
        const values = column(golden.values);
        const advantages = gae(rewards, values, segments, { gamma, lambda, finalValues });
        column(golden.advantages).forEach((expected, t) => void expectNear(advantages[t], expected));
        if (lambda !== 1) continue;
        // With λ = 1, the return is the advantage plus the value.
        const returns = returnsToGo(rewards, segments, gamma, finalValues);
        column(golden.returns).forEach((expected, t) => void expectNear(returns[t], expected));
      }
    });
  }
});
