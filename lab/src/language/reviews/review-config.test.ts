import { expect, it } from "vitest";
import { reviewCommand, reviewConfig } from "./review-config.js";

const settings = {
  trainer: "rloo",
  beta: 0.1,
  learningRate: 5e-4,
  guard: true,
  pairs: 64,
  updates: 10,
  seed: 3,
} as const;

it("writes 64 responses in each update, in groups where the trainer compares them", () => {
  const { options, pipeline, responses } = reviewConfig(settings, new Uint8Array());
  expect([options?.samplesPerPrompt, pipeline?.prompts, responses]).toEqual([4, 16, 640]);
  const other = reviewConfig({ ...settings, trainer: "ppo", guard: false }, new Uint8Array());
  expect([other.options?.samplesPerPrompt, other.pipeline?.prompts, other.pipeline?.shortest]).toEqual([1, 64, 0]);
});

it("has the command that does the same", () => {
  expect(reviewCommand(settings)).toBe(
    "npx ascent rlhf --from shipped --trainer rloo --seed 3 --responses 640 --pairs 64 --prompts 16 --samples-per-prompt 4 --shortest 30 --beta 0.1 --learning-rate 0.0005",
  );
});
