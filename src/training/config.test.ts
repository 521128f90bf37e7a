import { expect, test } from "vitest";
import type { Algorithm } from "../algorithms/algorithm.js";
import { ConfigError } from "../errors.js";
import { registerBuiltIns } from "./built-ins.js";
import { presetFor, resolveConfig } from "./config.js";
import { resume, train } from "./train.js";

registerBuiltIns();

const shared = { summary: "", options: { gamma: 0.9, lambda: 0.5 }, steps: 100, stopWhenSolved: true };
const presets: Algorithm["presets"] = {
  default: {
    ...shared,
    envs: {
      "Own-v0": { options: { gamma: 0.99 }, steps: 7, stopWhenSolved: false },
      "Usual-v0": { options: { lambda: 1 } },
      "Both-v0": { options: {}, episodes: 3 },
    },
  },
};
const made = (env: string): unknown => {
  const { envs: _, summary: __, ...rest } = presetFor({ presets } as Algorithm, "default", env);
  return rest;
};

test("a preset's settings for an environment are added to its general settings", () => {
  expect(made("Own-v0")).toEqual({ options: { gamma: 0.99, lambda: 0.5 }, steps: 7, stopWhenSolved: false });
  expect(made("Usual-v0")).toEqual({ options: { gamma: 0.9, lambda: 1 }, steps: 100, stopWhenSolved: true });
  expect(made("Both-v0")).toEqual({ options: shared.options, steps: 100, episodes: 3, stopWhenSolved: true });
  expect(made("Other-v0")).toEqual({ options: shared.options, steps: 100, stopWhenSolved: true });
});

test("the error about an unsupported environment lists the supported ones, and a preset for any", () => {
  const refused = (env: string): ConfigError => {
    try {
      resolveConfig({ algorithm: "ppo", env, preset: "zoo" });
    } catch (error) {
      return error as ConfigError;
    }
    throw new Error("nothing was thrown");
  };
  expect(refused("Blackjack-v1")).toBeInstanceOf(ConfigError);
  expect(refused("Blackjack-v1").message).toBe(
    'env: got "Blackjack-v1", allowed is one of CartPole-v1, Acrobot-v1, MountainCar-v0, MountainCarContinuous-v0, Pendulum-v1, ' +
      "LunarLander-v3, LunarLanderContinuous-v3, InvertedPendulum-v5, InvertedDoublePendulum-v5, Reacher-v5, Swimmer-v5, " +
      "Hopper-v5, HalfCheetah-v5, Walker2d-v5, Ant-v5 with the preset zoo of ppo, any with the preset default",
  );
  expect(refused("CartPole-v0").message).toMatch(/any with the preset default\. Did you mean CartPole-v1\?$/);
  expect(resolveConfig({ algorithm: "ppo", env: "Blackjack-v1" }).steps).toBe(500_000);
});

test("the settings of a run can't be changed at any depth, nor replaced: not of a new, a resumed, or an extended one", () => {
  const started = train({ episodes: 3, options: { hidden: [4] } });
  const change = (target: object, name: string): boolean => Reflect.set(target, name, 0.5);
  for (const run of [started, resume(started.checkpoint()), resume(started.checkpoint(), { episodes: 9 })]) {
    const { config } = run;
    const { options, envOptions } = config;
    expect(change(run, "config")).toBe(false);
    for (const part of [config, options, envOptions, options.hidden as object])
      for (const name of [...Object.keys(part), "more"]) expect(change(part, name)).toBe(false);
    expect(run.config).toEqual({ ...started.config, episodes: config.episodes });
  }
});
