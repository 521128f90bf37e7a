/**
 * CliffWalking: walk along a cliff from one corner to the other. The short way is the dangerous one.
 *
 * The grid has four rows of twelve cells, numbered row by row, with the start at the bottom left, the goal at the
 * bottom right and the cliff between them. Actions are 0 up, 1 right, 2 down, 3 left. A step costs 1; a fall costs 100
 * and leads back to the start. On slippery ground, the step goes in the chosen direction or to either side with
 * probability 1/3 each. Sutton and Barto, example 6.6, as in Gymnasium's CliffWalking-v1 (no time limit).
 */

import { flag } from "../options.js";
import type { Scene, SceneShape } from "../scene/scene.js";
import { defineEnv } from "./env-spec.js";
import { rectangle } from "./shapes.js";
import { type Outcome, tabular } from "./tabular.js";

const ROWS = 4;
const COLUMNS = 12;
const START = (ROWS - 1) * COLUMNS;
const GOAL = ROWS * COLUMNS - 1;
const MOVES = [
  { down: -1, right: 0 },
  { down: 0, right: 1 },
  { down: 1, right: 0 },
  { down: 0, right: -1 },
] as const;

const isCliff = (state: number): boolean => state > START && state < GOAL;

const options = {
  isSlippery: flag(false, { help: "whether a step may go astray" }),
};

function step(state: number, direction: number, probability: number): Outcome {
  const { down, right } = MOVES[direction];
  const row = Math.min(Math.max(Math.floor(state / COLUMNS) + down, 0), ROWS - 1);
  const column = Math.min(Math.max((state % COLUMNS) + right, 0), COLUMNS - 1);
  const next = row * COLUMNS + column;
  if (isCliff(next)) return { probability, state: START, reward: -100, terminated: false };
  return { probability, state: next, reward: -1, terminated: next === GOAL };
}

function create({ isSlippery }: { isSlippery: boolean }) {
  const states = Array.from({ length: ROWS * COLUMNS }, (_, state) => state);
  const outcomes = (state: number, action: number): Outcome[] =>
    isSlippery
      ? [(action + 3) % 4, action, (action + 1) % 4].map((direction) => step(state, direction, 1 / 3))
      : [step(state, action, 1)];
  const known = states.map((state) => MOVES.map((_, action) => outcomes(state, action)));
  return tabular(
    {
      states: states.length,
      actions: MOVES.length,
      start: states.map((state) => (state === START ? 1 : 0)),
      outcomes: (state, action) => known[state][action],
    },
    { draw },
  );
}

function draw(state: number): Scene {
  const shapes: SceneShape[] = [];
  for (let cell = 0; cell < ROWS * COLUMNS; cell++) {
    const x = cell % COLUMNS;
    const y = ROWS - 1 - Math.floor(cell / COLUMNS);
    const grass = (x + y) % 2 === 0 ? "#c9d9a0" : "#c2d398";
    shapes.push({
      kind: "polygon",
      points: rectangle(x, y, x + 1, y + 1),
      fill: isCliff(cell) ? "#5d4037" : grass,
      stroke: "#aebf85",
    });
    if (isCliff(cell)) {
      shapes.push({ kind: "polygon", points: rectangle(x, y + 0.78, x + 1, y + 1), fill: "#8d6e63" });
      const crack = [
        [x + 0.3, y + 0.75],
        [x + 0.45, y + 0.5],
        [x + 0.35, y + 0.2],
      ] as const;
      shapes.push({ kind: "line", points: crack, stroke: "#3e2723", width: 0.04 });
    }
  }
  shapes.push({ kind: "text", at: [0.1, 0.72], text: "S", size: 0.22, fill: "#5f6f3a", align: "left" });
  shapes.push({ kind: "text", at: [COLUMNS - 0.9, 0.72], text: "G", size: 0.22, fill: "#5f6f3a", align: "left" });
  shapes.push({
    kind: "line",
    points: [
      [COLUMNS - 0.4, 0.15],
      [COLUMNS - 0.4, 0.8],
    ],
    stroke: "#4e342e",
    width: 0.04,
  });
  const cloth = [
    [COLUMNS - 0.4, 0.8],
    [COLUMNS - 0.4, 0.52],
    [COLUMNS - 0.1, 0.66],
  ] as const;
  shapes.push({ kind: "polygon", points: cloth, fill: "#d84343" });
  const x = state % COLUMNS;
  const y = ROWS - 1 - Math.floor(state / COLUMNS);
  shapes.push({
    kind: "polygon",
    points: [
      [x + 0.3, y + 0.12],
      [x + 0.7, y + 0.12],
      [x + 0.5, y + 0.6],
    ],
    fill: "#3f51b5",
  });
  shapes.push({ kind: "circle", centre: [x + 0.5, y + 0.64], radius: 0.16, fill: "#f3c9a5" });
  return { view: { left: 0, right: COLUMNS, bottom: 0, top: ROWS }, background: "#c9d9a0", shapes };
}

/** The spec of CliffWalking-v1, for `register` of `ascent/lean`. */
export const cliffWalking = defineEnv({
  id: "CliffWalking-v1",
  summary: "walk along a cliff, the short way or the safe one",
  framesPerSecond: 4,
  options,
  create,
});

/** The spec of CliffWalkingSlippery-v1, for `register` of `ascent/lean`. */
export const cliffWalkingSlippery = defineEnv({
  id: "CliffWalkingSlippery-v1",
  summary: "CliffWalking on slippery ground",
  framesPerSecond: 4,
  options: { isSlippery: flag(true, { help: options.isSlippery.help }) },
  create,
});
