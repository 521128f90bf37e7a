/** Every possible episode of a small known world, with its probability. */

import type { Table } from "../src/envs/tabular.js";

export interface Trajectory {
  readonly states: readonly number[];
  readonly actions: readonly number[];
  readonly rewards: readonly number[];
  readonly probability: number;
}

/** Episodes end at a terminal state or after `horizon` steps. */
export function trajectories(
  table: Table,
  policy: (state: number) => readonly number[],
  horizon: number,
): Trajectory[] {
  const follow = (state: number, probability: number, left: number): Trajectory[] => {
    if (left === 0) return [{ states: [], actions: [], rewards: [], probability }];
    return policy(state).flatMap((chosen, action) =>
      table.outcomes(state, action).flatMap((outcome) =>
        follow(outcome.state, probability * chosen * outcome.probability, outcome.terminated ? 0 : left - 1).map(
          (rest) => ({
            states: [state, ...rest.states],
            actions: [action, ...rest.actions],
            rewards: [outcome.reward, ...rest.rewards],
            probability: rest.probability,
          }),
        ),
      ),
    );
  };
  return table.start.flatMap((probability, state) => (probability > 0 ? follow(state, probability, horizon) : []));
}
