import { describe, expect, it } from "vitest";
import type { ResolvedConfig } from "../protocol.js";
import { differing, namesOf, settingsOfConfig } from "./differences.js";

const config = (options: Record<string, unknown> = {}, rest: Partial<ResolvedConfig> = {}): ResolvedConfig =>
  ({
    algorithm: "reinforce",
    env: "CartPole-v1",
    preset: "default",
    seed: "0",
    episodes: 1000,
    steps: null,
    stopWhenSolved: true,
    options: { learningRate: 0.003, returns: "to-go", hidden: [64, 64], ...options },
    envOptions: {},
    ...rest,
  }) as ResolvedConfig;

const names = (...configs: ResolvedConfig[]): string[] => namesOf(configs.map((one) => settingsOfConfig(one)));

describe("what differs", () => {
  it("is what runs have otherwise, and nothing else", () => {
    const all = [config(), config({ returns: "whole-episode" }), config({}, { seed: "7" })];
    expect(differing(all.map((one) => settingsOfConfig(one)))).toEqual(["seed", "returns"]);
  });

  it("is not what one algorithm has and another lacks", () => {
    const ppo = config({}, { algorithm: "ppo", options: { learningRate: 0.003, clipRange: 0.2 } });
    expect(differing([config(), ppo].map((one) => settingsOfConfig(one)))).toEqual(["algorithm"]);
  });
});

describe("names of runs", () => {
  it("say what one run is where there is no other", () => {
    expect(names(config())).toEqual(["REINFORCE on CartPole-v1, seed 0"]);
  });

  it("say what differs where there are several", () => {
    expect(names(config(), config({ learningRate: 0.03 }))).toEqual(["learning rate 0.003", "learning rate 0.03"]);
    expect(names(config(), config({}, { algorithm: "ppo" }))).toEqual(["REINFORCE", "PPO"]);
  });

  it("say what differs from the first where much does", () => {
    const all = [config(), config({ hidden: [] }), config({ returns: "whole-episode" }), config({}, { seed: "1" })];
    expect(names(...all)).toEqual([
      "REINFORCE on CartPole-v1, seed 0",
      "hidden none",
      "returns whole-episode",
      "seed 1",
    ]);
  });

  it("say what an algorithm brings with it by its name alone", () => {
    const ppo = (clipRange: number): ResolvedConfig =>
      config({}, { algorithm: "ppo", steps: 9, options: { learningRate: 0.002, hidden: [], clipRange } });
    expect(names(config(), ppo(0.2), ppo(9))).toEqual(["REINFORCE", "PPO, clip range 0.2", "PPO, clip range 9"]);
  });

  it("count those that are the same", () => {
    expect(names(config(), config())).toEqual([
      "REINFORCE on CartPole-v1, seed 0",
      "REINFORCE on CartPole-v1, seed 0 (2)",
    ]);
  });

  it("say the seeds of a group", () => {
    const group = settingsOfConfig(config(), ["0", "1", "2", "3", "4"]);
    expect(namesOf([group])).toEqual(["REINFORCE on CartPole-v1, seeds 0–4"]);
  });
});
