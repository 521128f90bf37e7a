/**
 * Two worlds so small that everything about them can be written down, the policy gradient included: what an estimator
 * gives on average can be compared with what it should.
 *
 * OneStep: one of two states by the toss of a coin, one action, one reward; in state 0 the actions pay 1 and 0, in state 1
 * they pay 0 and 3. For equal probabilities ∂J/∂logit of the second actions is −1/8 and 3/8.
 *
 * TwoStep: the first action decides between a 0 and a 1, which is paid after a second action that decides nothing. For equal
 * probabilities ∂J/∂logit of the first "1" is γ/4. Within one episode both returns are alike, so a baseline that is the mean
 * of the episode's own returns leaves nothing to learn from.
 */

import type { Scene, Shape } from "../scene/scene.js";
import { defineEnv } from "./env-spec.js";
import { rectangle } from "./shapes.js";
import { type Table, tabular } from "./tabular.js";

const PAYS = [
  [1, 0],
  [0, 3],
] as const;

const oneStepTable: Table = {
  states: 2,
  actions: 2,
  start: [0.5, 0.5],
  outcomes: (state, action) => [{ probability: 1, state, reward: PAYS[state][action], terminated: true }],
};

/** State 0 is the start; 1 and 2 are where its actions lead. */
const twoStepTable: Table = {
  states: 3,
  actions: 2,
  start: [1, 0, 0],
  outcomes: (state, action) =>
    state === 0
      ? [{ probability: 1, state: 1 + action, reward: 0, terminated: false }]
      : [{ probability: 1, state, reward: state - 1, terminated: true }],
};

/** The states as numbered boxes in columns, one column a step, the present one filled. */
function draw(columns: readonly (readonly number[])[], state: number): Scene {
  const shapes = columns.flatMap((states, column) =>
    states.flatMap((number, i): Shape[] => {
      const [x, y] = [2 * column, 1.4 * (states.length - 1) * 0.5 - 1.4 * i];
      const isHere = number === state;
      const points = rectangle(x - 0.5, y - 0.5, x + 0.5, y + 0.5);
      return [
        { kind: "polygon", points, fill: isHere ? "#3b82c4" : "#fafafa", stroke: "#374151" },
        {
          kind: "text",
          at: [x, y - 0.15],
          text: String(number),
          size: 0.45,
          fill: isHere ? "#ffffff" : "#374151",
          align: "centre",
        },
      ];
    }),
  );
  return {
    view: { left: -1, right: 2 * columns.length - 1, bottom: -1.5, top: 1.5 },
    background: "#fafafa",
    shapes,
  };
}

export const oneStep = defineEnv({
  id: "OneStep-v0",
  summary: "two states, two actions, one step: a world to test estimators on",
  create: () => tabular(oneStepTable, { draw: (state) => draw([[0, 1]], state) }),
});

export const twoStep = defineEnv({
  id: "TwoStep-v0",
  summary: "the first of two actions decides the reward: a world to test estimators on",
  create: () => tabular(twoStepTable, { draw: (state) => draw([[0], [1, 2]], state) }),
});
