/** With default presets, a page that trains can draw and take input between any two gradient steps. `bench/page` times the slices. */

import { describe, expect, it } from "vitest";
import { train } from "../src/training/train.js";
import type { Training } from "../src/training/types.js";

/** The first update in slices of 16 steps: those that reset, collect and learn, and how many of the last moved the weights. */
function firstUpdate(run: Training): { resetting: number; collecting: number; learning: number; moving: number } {
  const slices = { resetting: 0, collecting: 0, learning: 0, moving: 0 };
  for (let done = false; !done; ) {
    const before = run.result();
    done = run.advance(16) !== undefined;
    const { steps, weightsSha256 } = run.result();
    if (steps > before.steps) slices.collecting++;
    else if (steps === 0) slices.resetting++;
    else slices.learning++;
    if (weightsSha256 !== before.weightsSha256) slices.moving++;
  }
  return slices;
}

// Two landers are reset in a slice, and all poles, whose equations take no time. Learning is a slice for the order of the rows,
// one for each 256 values, one for the advantages (where they are apart from the first gradient step), two for each gradient
// step of the policy, one for each of the value function alone, and one for the figures (where they are apart from the last).
describe.each([
  ["ppo", "CartPole-v1", { resetting: 1, collecting: 16, learning: 1 + 1 + 1 + 2 * 40 + 1, moving: 40 }],
  ["a2c", "CartPole-v1", { resetting: 1, collecting: 3, learning: 1 + 1 + 1, moving: 1 }],
  ["reinforce", "CartPole-v1", { resetting: 1, collecting: 2, learning: 1 + 1 + 2 + 10 + 1, moving: 11 }],
  ["ppo", "LunarLander-v3", { resetting: 8, collecting: 256, learning: 1 + 16 + 1 + 2 * 160 + 1, moving: 160 }],
] as const)("an update of %s on %s", (algorithm, env, slices) => {
  it("takes a slice for each gradient step, with slices before and after them", () => {
    expect(firstUpdate(train({ algorithm, env, seed: 0 }))).toEqual(slices);
  });
});

it("for await lets everything else run between slices", async () => {
  let turns = 0;
  let counting = true;
  const count = (): void => {
    turns++;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  for await (const _ of train({ algorithm: "ppo", env: "CartPole-v1", seed: 0 })) break;
  counting = false;
  // The reset, 256 steps, 16 at a time, and the slices of learning above.
  expect(turns).toBeGreaterThanOrEqual(1 + 256 / 16 + 84);
});
