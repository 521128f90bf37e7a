/**
 * FrozenLake: cross the ice from S to G. On slippery ice a step may go to either side.
 *
 * States are numbered row by row; actions are 0 left, 1 down, 2 right, 3 up. The action succeeds with probability
 * `successRate`; each of the two perpendicular directions has half of the rest. The goal pays 1, everything else 0. As
 * in Gymnasium's FrozenLake-v1.
 */

import { choice, flag, real, type Schema, text, type Values } from "../options.js";
import { defineEnv } from "./env-spec.js";
import { LAKES, readLake } from "./frozen-lake-map.js";
import { drawLake } from "./frozen-lake-scene.js";
import { type Outcome, remembered, tabular } from "./tabular.js";

const LEFT = 0;
const DOWN = 1;
const RIGHT = 2;

const options = {
  mapName: choice("4x4", { choices: ["4x4", "8x8"], help: "which of the two known lakes" }),
  desc: text("", {
    meaning: "rows of S, F, H and G with / between them, such as SFFF/FHFH/FFFH/HFFG",
    help: "a lake of your own; empty: mapName decides",
  }),
  isSlippery: flag(true, { help: "whether a step may go astray" }),
  successRate: real(1 / 3, { min: 0, max: 1, help: "probability of going where one wants on slippery ice" }),
  goalReward: real(1, { help: "reward for reaching G" }),
  holeReward: real(0, { help: "reward for falling into H" }),
  frozenReward: real(0, { help: "reward for any other step" }),
} satisfies Schema;

function create({ mapName, desc, isSlippery, successRate, ...rewards }: Values<typeof options>) {
  const lake = desc === "" ? LAKES[mapName] : readLake(desc);
  const rows = lake.length;
  const columns = lake[0].length;
  const letters = lake.join("");
  const failRate = (1 - successRate) / 2;

  function neighbour(state: number, direction: number): number {
    const row = Math.floor(state / columns);
    const column = state % columns;
    if (direction === LEFT) return column > 0 ? state - 1 : state;
    if (direction === DOWN) return row < rows - 1 ? state + columns : state;
    if (direction === RIGHT) return column < columns - 1 ? state + 1 : state;
    return row > 0 ? state - columns : state;
  }
  function step(state: number, direction: number, probability: number): Outcome {
    const next = neighbour(state, direction);
    const letter = letters[next];
    const reward = letter === "G" ? rewards.goalReward : letter === "H" ? rewards.holeReward : rewards.frozenReward;
    return { probability, state: next, reward, terminated: letter === "G" || letter === "H" };
  }
  function outcomes(state: number, action: number): Outcome[] {
    if (letters[state] === "G" || letters[state] === "H")
      return [{ probability: 1, state, reward: 0, terminated: true }];
    if (!isSlippery) return [step(state, action, 1)];
    return [
      step(state, (action + 3) % 4, failRate),
      step(state, action, successRate),
      step(state, (action + 1) % 4, failRate),
    ];
  }

  const starts = letters.split("S").length - 1;
  return tabular(
    {
      states: letters.length,
      actions: 4,
      start: Array.from(letters, (letter) => (letter === "S" ? 1 / starts : 0)),
      outcomes: remembered(letters.length, outcomes),
    },
    { draw: (state) => drawLake(lake, state) },
  );
}

/** The spec of FrozenLake-v1, for `register` of `ascent/lean`. */
export const frozenLake = defineEnv({
  id: "FrozenLake-v1",
  summary: "cross slippery ice from start to goal without falling into a hole",
  framesPerSecond: 4,
  options,
  maxEpisodeSteps: 100,
  rewardThreshold: 0.7,
  create,
});

/** The spec of FrozenLake8x8-v1, for `register` of `ascent/lean`. */
export const frozenLake8x8 = defineEnv({
  id: "FrozenLake8x8-v1",
  summary: "FrozenLake on the lake of eight by eight",
  framesPerSecond: 4,
  options: { ...options, mapName: choice("8x8", { choices: ["4x4", "8x8"], help: options.mapName.help }) },
  maxEpisodeSteps: 200,
  rewardThreshold: 0.85,
  create,
});
