/**
 * GridWorld: walk to the goal of a small grid whose rules are fully known.
 *
 * Cells are numbered row by row; actions are 0 up, 1 right, 2 down, 3 left. With probability `slip` the step goes to
 * one side, either side equally likely. A step against a wall or the edge changes nothing. Reaching the goal pays
 * `goalReward`, a pit pays `pitReward`, and both end the episode; any other step pays `stepReward`. The default is five
 * by five, from the bottom left to the top right corner: the usual world for teaching dynamic programming.
 */

import { ConfigError } from "../errors.js";
import { real, type Schema, text, type Values } from "../options.js";
import { defineEnv } from "./env-spec.js";
import { drawGrid } from "./gridworld-scene.js";
import { type Outcome, remembered, type Table, type TabularEnv, tabular } from "./tabular.js";

const MOVES = [
  { down: -1, right: 0 },
  { down: 0, right: 1 },
  { down: 1, right: 0 },
  { down: 0, right: -1 },
] as const;

const options = {
  map: text("....G/...../...../...../S....", {
    meaning: "rows of S (start), G (goal), X (pit), # (wall) and . with / between them, such as ..G/.#X/S..",
    help: "the grid; without an S every free cell may be the start",
  }),
  slip: real(0, { min: 0, max: 1, help: "probability that a step goes astray" }),
  stepReward: real(-1, { help: "reward for a step that ends nowhere special" }),
  goalReward: real(10, { help: "reward for reaching G" }),
  pitReward: real(-10, { help: "reward for falling into X" }),
} satisfies Schema;

function create({ map, slip, ...rewards }: Values<typeof options>): TabularEnv {
  const grid = readGrid(map);
  const rows = grid.length;
  const columns = grid[0].length;
  const cells = grid.join("");

  function neighbour(state: number, direction: number): number {
    const row = Math.floor(state / columns) + MOVES[direction].down;
    const column = (state % columns) + MOVES[direction].right;
    const isInside = row >= 0 && row < rows && column >= 0 && column < columns;
    return isInside && cells[row * columns + column] !== "#" ? row * columns + column : state;
  }
  function step(state: number, direction: number, probability: number): Outcome {
    const next = neighbour(state, direction);
    const cell = cells[next];
    const reward = cell === "G" ? rewards.goalReward : cell === "X" ? rewards.pitReward : rewards.stepReward;
    return { probability, state: next, reward, terminated: cell === "G" || cell === "X" };
  }
  function outcomes(state: number, action: number): Outcome[] {
    if ("GX#".includes(cells[state])) return [{ probability: 1, state, reward: 0, terminated: true }];
    const astray = [(action + 3) % 4, (action + 1) % 4].map((direction) => step(state, direction, slip / 2));
    return [step(state, action, 1 - slip), ...astray].filter(({ probability }) => probability > 0);
  }

  const first = cells.includes("S") ? "S" : ".";
  const starts = cells.split(first).length - 1;
  const table: Table = {
    states: cells.length,
    actions: MOVES.length,
    start: Array.from(cells, (cell) => (cell === first ? 1 / starts : 0)),
    outcomes: remembered(cells.length, outcomes),
  };
  return tabular(table, { draw: (state) => drawGrid(grid, state) });
}

function readGrid(map: string): readonly string[] {
  const rows = map.split("/");
  const isRectangle = rows.every((row) => row.length === rows[0].length);
  if (!isRectangle || !/^[SGX#./]+$/.test(map) || !/[S.]/.test(map))
    throw new ConfigError({
      field: "options.map",
      given: map,
      allowed: "rows of equal length with the letters S, G, X, #, . and at least one S or ., such as ..G/.#X/S..",
    });
  return rows;
}

/** The spec of GridWorld-v0, for `register` of `ascent/lean`. */
export const gridWorld = defineEnv({
  id: "GridWorld-v0",
  summary: "walk to the goal of a five by five grid whose rules are known",
  options,
  maxEpisodeSteps: 100,
  rewardThreshold: 2,
  create,
});
