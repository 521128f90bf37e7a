/** Tables of small worlds, written down. */

import type { Outcome, Table } from "../envs/tabular.js";

/** An outcome as [probability, next state, reward, whether the episode ends]. */
export type Row = readonly [number, number, number, boolean];

/** A table from its start and `rows[state][action]`. */
export function tableOf(start: readonly number[], rows: readonly (readonly (readonly Row[])[])[]): Table {
  const outcomes = rows.map((actions) =>
    actions.map((some) =>
      some.map(([probability, state, reward, terminated]): Outcome => ({ probability, state, reward, terminated })),
    ),
  );
  return { states: rows.length, actions: rows[0].length, start, outcomes: (state, action) => outcomes[state][action] };
}

/** What is written for a state that only ends: nothing follows. */
export function over(state: number): readonly Row[] {
  return [[1, state, 0, true]];
}
