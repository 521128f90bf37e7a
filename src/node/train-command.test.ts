import { expect, test } from "vitest";
import { resolveConfig } from "../config.js";
import { trainCommand } from "./train-command.js";

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
])("%j until %s is typed as it has to be", (config, until, command) => {
  expect(trainCommand(resolveConfig(config), until)).toBe(command);
});
