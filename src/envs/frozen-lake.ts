/**
 * FrozenLake: cross the ice from S to G; on slippery ice a step goes astray to either side.
 *
 * States are numbered row by row, actions are 0 left, 1 down, 2 right, 3 up. The action succeeds with `successRate`, each
 * of the two directions at right angles has half of the rest. The goal pays 1, all else 0. As in Gymnasium's FrozenLake-v1.
 */

import { choice, flag, real, type Schema, text, type Values } from "../options.js";
import type { Scene, Shape } from "../scene/scene.js";
import { defineEnv, type EnvSpec } from "./env-spec.js";
import { LAKES, readLake } from "./frozen-lake-map.js";
import { rectangle } from "./shapes.js";
import { type Outcome, tabular } from "./tabular.js";

const LEFT = 0;
const DOWN = 1;
const RIGHT = 2;
const UP = 3;

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
  const known = Array.from(letters, (_, state) => [LEFT, DOWN, RIGHT, UP].map((action) => outcomes(state, action)));
  return tabular(
    {
      states: letters.length,
      actions: 4,
      start: Array.from(letters, (letter) => (letter === "S" ? 1 / starts : 0)),
      outcomes: (state, action) => known[state][action],
    },
    { draw: (state) => drawLake(lake, state) },
  );
}

function drawLake(lake: readonly string[], state: number): Scene {
  const rows = lake.length;
  const columns = lake[0].length;
  const shapes: Shape[] = [];
  lake.forEach((line, row) => {
    const y = rows - 1 - row;
    Array.from(line, (letter, x) => {
      shapes.push({ kind: "polygon", points: rectangle(x, y, x + 1, y + 1), fill: "#dceffa", stroke: "#b4c8e6" });
      if (letter === "H") {
        shapes.push({ kind: "circle", centre: [x + 0.5, y + 0.47], radius: 0.38, fill: "#8fb6d9" });
        shapes.push({ kind: "circle", centre: [x + 0.5, y + 0.44], radius: 0.33, fill: "#1f4e79" });
      } else if (letter === "S") {
        shapes.push({ kind: "text", at: [x + 0.08, y + 0.74], text: "S", size: 0.2, fill: "#5b7fa6", align: "left" });
      } else if (letter === "G") {
        shapes.push(...gift(x, y));
      } else if ((3 * x + 5 * row) % 7 < 2) {
        const crack = [[x + 0.2, y + 0.7], [x + 0.4, y + 0.6], [x + 0.45, y + 0.4], [x + 0.7, y + 0.3]] as const;
        shapes.push({ kind: "line", points: crack, stroke: "#b9d3e8", width: 0.02 });
      }
    });
  });
  const x = state % columns;
  const y = rows - 1 - Math.floor(state / columns);
  const sunk = lake[Math.floor(state / columns)][x] === "H";
  shapes.push(...(sunk ? hat(x, y - 0.35) : elf(x, y)));
  return { view: { left: 0, right: columns, bottom: 0, top: rows }, background: "#dceffa", shapes };
}

function gift(x: number, y: number): Shape[] {
  return [
    { kind: "polygon", points: rectangle(x + 0.22, y + 0.15, x + 0.78, y + 0.62), fill: "#d84343" },
    { kind: "polygon", points: rectangle(x + 0.45, y + 0.15, x + 0.55, y + 0.62), fill: "#ffd54f" },
    { kind: "polygon", points: rectangle(x + 0.18, y + 0.52, x + 0.82, y + 0.66), fill: "#b83232" },
    { kind: "circle", centre: [x + 0.42, y + 0.72], radius: 0.08, fill: "#ffd54f" },
    { kind: "circle", centre: [x + 0.58, y + 0.72], radius: 0.08, fill: "#ffd54f" },
  ];
}

function hat(x: number, y: number): Shape[] {
  const cone = [[x + 0.34, y + 0.66], [x + 0.66, y + 0.66], [x + 0.56, y + 0.94]] as const;
  return [
    { kind: "polygon", points: cone, fill: "#2e7d32" },
    { kind: "circle", centre: [x + 0.56, y + 0.93], radius: 0.04, fill: "#ffffff" },
  ];
}

function elf(x: number, y: number): Shape[] {
  return [
    { kind: "polygon", points: [[x + 0.3, y + 0.12], [x + 0.7, y + 0.12], [x + 0.5, y + 0.55]], fill: "#388e3c" },
    { kind: "circle", centre: [x + 0.5, y + 0.56], radius: 0.16, fill: "#f3c9a5" },
    { kind: "circle", centre: [x + 0.44, y + 0.57], radius: 0.02, fill: "#333333" },
    { kind: "circle", centre: [x + 0.56, y + 0.57], radius: 0.02, fill: "#333333" },
    ...hat(x, y),
  ];
}

export const frozenLake: EnvSpec = defineEnv({
  id: "FrozenLake-v1",
  summary: "cross slippery ice from start to goal without falling into a hole",
  options,
  maxEpisodeSteps: 100,
  rewardThreshold: 0.7,
  create,
});

export const frozenLake8x8: EnvSpec = defineEnv({
  id: "FrozenLake8x8-v1",
  summary: "FrozenLake on the lake of eight by eight",
  options: { ...options, mapName: choice("8x8", { choices: ["4x4", "8x8"], help: options.mapName.help }) },
  maxEpisodeSteps: 200,
  rewardThreshold: 0.85,
  create,
});
