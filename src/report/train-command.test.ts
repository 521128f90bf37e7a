import { expect, test } from "vitest";
import { registerBuiltIns } from "../training/built-ins.js";
import { resolveConfig } from "../training/config.js";
import { trainCommand } from "./train-command.js";

registerBuiltIns();

const plain = { logs: [], evaluation: null };

test.each([
  [{}, null, "npx ascent train reinforce CartPole-v1 --seed 0"],
  [
    {
      preset: "exercise",
      seed: 7,
      episodes: 50,
      options: { hidden: [32, 16], discountWeight: true, learningRate: 0.02 },
    },
    null,
    "npx ascent train reinforce CartPole-v1 --preset exercise --seed 7 --episodes 50 --discount-weight --learning-rate 0.02 --hidden 32,16",
  ],
  [
    { env: "Pendulum-v1", stopWhenSolved: false, envOptions: { g: 9.81 } },
    null,
    "npx ascent train reinforce Pendulum-v1 --seed 0 --until end --env.g 9.81",
  ],
  [
    { stopWhenSolved: false, options: { hidden: [] } },
    300,
    "npx ascent train reinforce CartPole-v1 --seed 0 --until 300 --hidden none",
  ],
  [{ steps: 5000 }, null, "npx ascent train reinforce CartPole-v1 --seed 0 --steps 5000"],
  [
    { episodes: 1000, steps: 5000 },
    null,
    "npx ascent train reinforce CartPole-v1 --seed 0 --episodes 1000 --steps 5000",
  ],
  [{ algorithm: "ppo", preset: "zoo" }, null, "npx ascent train ppo CartPole-v1 --preset zoo --seed 0"],
  [
    { algorithm: "ppo", preset: "zoo", env: "Pendulum-v1", options: { gamma: 0.98 }, episodes: 40 },
    null,
    "npx ascent train ppo Pendulum-v1 --preset zoo --seed 0 --episodes 40 --gamma 0.98",
  ],
])("%j until %s gives the command that repeats it", (config, until, command) => {
  expect(trainCommand({ config: resolveConfig(config), imports: [], from: null, ...plain, until })).toBe(command);
});

test("the command includes imports and the weights that the run started from", () => {
  const imports = [
    { module: "./my walk.ts", path: "/home/me/my walk.ts" },
    { module: "arm-envs", path: "/home/me/node_modules/arm-envs/index.js" },
  ];
  const from = "/home/me/runs/first/checkpoint.safetensors";
  expect(trainCommand({ config: resolveConfig({}, "ab".repeat(32)), imports, from, ...plain, until: null })).toBe(
    `npx ascent train --import './my walk.ts' --import arm-envs reinforce CartPole-v1 --from ${from} --seed 0`,
  );
});

test("the command includes the logs and evaluations of the run", () => {
  const evaluation = {
    every: 10_000,
    episodes: 5,
    deterministic: true,
    best: "evaluation",
    envOptions: { maxEpisodeSteps: 100 },
  } as const;
  const record = {
    config: resolveConfig({}),
    imports: [],
    from: null,
    until: null,
    logs: ["tensorboard", "csv"],
    evaluation,
  };
  expect(trainCommand(record)).toBe(
    "npx ascent train reinforce CartPole-v1 --seed 0 --log tensorboard,csv " +
      "--eval-every 10000 --eval-episodes 5 --eval-deterministic --best evaluation --eval-env.max-episode-steps 100",
  );
});
