/**
 * Two worlds so small that everything about them is known in closed form, including the policy gradient. They show
 * whether an estimator has the right expectation.
 *
 * OneStep: a coin toss chooses one of two states; one action, one reward. In state 0 the actions pay 1 and 0, in state
 * 1 they pay 0 and 3. For equal probabilities, ∂J/∂logit of the second actions is −1/8 and 3/8.
 *
 * TwoStep: the first action chooses between a reward of 0 and of 1, which is paid after a second action without effect.
 * For equal probabilities, ∂J/∂logit of the first "1" is γ/4. With γ = 1 both returns of an episode are equal, so a
 * baseline that is the mean of the episode's own returns leaves nothing to learn from.
 */

import type { Scene, SceneShape } from "../scene/scene.js";
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

/** State 0 is the start; its actions lead to states 1 and 2. */
const twoStepTable: Table = {
  states: 3,
  actions: 2,
  start: [1, 0, 0],
  outcomes: (state, action) =>
    state === 0
      ? [{ probability: 1, state: 1 + action, reward: 0, terminated: false }]
      : [{ probability: 1, state, reward: state - 1, terminated: true }],
};

/** The states as numbered boxes, one column per step, with the current one filled. */
function draw(columns: readonly (readonly number[])[], state: number): Scene {
  const shapes = columns.flatMap((states, column) =>
    states.flatMap((number, i): SceneShape[] => {
      const x = 2 * column;
      const y = 1.4 * (states.length - 1) * 0.5 - 1.4 * i;
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

/** The spec of OneStep-v0, for `register` of `ascent/lean`. */
export const oneStep = defineEnv({
  id: "OneStep-v0",
  summary: "two states, two actions, one step: a world to test estimators on",
  create: () => tabular(oneStepTable, { draw: (state) => draw([[0, 1]], state) }),
});

/** The spec of TwoStep-v0, for `register` of `ascent/lean`. */
export const twoStep = defineEnv({
  id: "TwoStep-v0",
  summary: "the first of two actions decides the reward: a world to test estimators on",
  create: () => tabular(twoStepTable, { draw: (state) => draw([[0], [1, 2]], state) }),
});
