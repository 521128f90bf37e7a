import { expect, test } from "vitest";
import { asTyped, readTrainRequest, trainFlags } from "./train-flags.js";

const configOf = (line: string): Record<string, unknown> => readTrainRequest(line.split(" ")).config as never;

test("a run may be given so many episodes, so many steps, or both", () => {
  expect(configOf("ppo --steps 5000")).toMatchObject({ algorithm: "ppo", steps: 5000, episodes: undefined });
  expect(configOf("ppo --steps 5000 --episodes 9")).toMatchObject({ steps: 5000, episodes: 9 });
  expect(() => configOf("ppo --steps 0")).toThrow(/^--steps: got 0, allowed is a whole number from 1/);
  expect(asTyped("steps")).toBe("--steps");
});

test("a flag that is a switch of one algorithm and a choice of another is read as the one at hand has it", () => {
  expect(configOf("ppo --normalise-advantages batch CartPole-v1")).toMatchObject({
    ...{ algorithm: "ppo", env: "CartPole-v1", options: { normaliseAdvantages: "batch" } },
  });
  expect(configOf("--normalise-advantages batch ppo Acrobot-v1")).toMatchObject({
    ...{ algorithm: "ppo", env: "Acrobot-v1", options: { normaliseAdvantages: "batch" } },
  });
  expect(configOf("actor-critic --normalise-advantages Acrobot-v1")).toMatchObject({
    ...{ algorithm: "actor-critic", env: "Acrobot-v1", options: { normaliseAdvantages: true } },
  });
});

test("words in the wrong order are told the right one", () => {
  expect(() => configOf("LunarLander-v3 ppo")).toThrow(/^the algorithm comes first: ascent train ppo LunarLander-v3$/);
});

test("a resumed run takes no other length", () => {
  expect(() => configOf("--resume runs/r --steps 10")).toThrow(/--steps can't go with --resume/);
});

test("help has the settings of the preset and the environment at hand as defaults", () => {
  const defaultOf = (line: string, flag: string): unknown =>
    Object.assign({}, ...trainFlags(line.split(" ")).map(({ flags }) => flags))[flag].default;
  expect(defaultOf("ppo --preset zoo", "rollout-steps")).toBe(32);
  expect(defaultOf("ppo Pendulum-v1 --preset zoo", "rollout-steps")).toBe(1024);
  expect(defaultOf("ppo --preset cleanrl", "clip-values")).toBe(true);
  expect(defaultOf("ppo --preset zooo", "rollout-steps")).toBe(128);
  expect(defaultOf("ppo FrozenLake-v1 --preset zoo", "rollout-steps")).toBe(128);
});

test("who leaves the algorithm open where ppo is tuned is told so, on a run that a person reads", () => {
  const hintOf = (line: string): string | undefined => readTrainRequest(line.split(" ")).hint;
  const hint = "Hint: ppo has settings for LunarLander-v3: npx ascent train ppo LunarLander-v3";
  expect(hintOf("LunarLander-v3")).toBe(hint);
  expect(hintOf("--seed 3 LunarLander-v3 --episodes 9")).toBe(hint);
  const silent = ["reinforce LunarLander-v3", "ppo LunarLander-v3", "CartPole-v1", "reinforce", "--seed 3", "Taxi-v4"];
  for (const line of [...silent, "LunarLander-v3 --quiet", "LunarLander-v3 --json", "--resume runs/r"]) {
    expect([line, hintOf(line)]).toEqual([line, undefined]);
  }
});
