/** Presets that copy the settings of other libraries pass actions on as those do. */

import { describe, expect, it } from "vitest";
import { trainNamed } from "../training/train.js";

const continuous = ["Pendulum-v1", "MountainCarContinuous-v0", "LunarLanderContinuous-v3"];

const scales = (algorithm: string, preset: string, env: string): unknown =>
  trainNamed({ algorithm, preset, env }).config.options.scaleActions;

describe.each(continuous)("on %s", (env) => {
  it.each([
    ["ppo", "zoo"],
    ["ppo", "cleanrl"],
    ["a2c", "zoo"],
    ["vpg", "spinning-up"],
  ])("%s with preset %s gives actions unmapped", (algorithm, preset) => {
    expect(scales(algorithm, preset, env)).toBe(false);
  });

  it.each(["ppo", "vpg", "actor-critic", "reinforce"])("%s's own settings map them to the bounds", (algorithm) => {
    expect(scales(algorithm, "default", env)).toBe(true);
  });
});
