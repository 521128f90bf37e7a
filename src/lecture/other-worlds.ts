/** The chain of the lab under other dynamics. */

import type { Table } from "../envs/tabular.js";
import { worldNamed } from "../estimators/world-options.js";

/** The chain with another probability that "go on" in the first state succeeds (in the lab's own, 0.75). */
export function chainWith(success: number): Table {
  const { table } = worldNamed("chain");
  return {
    ...table,
    outcomes(state, action) {
      const own = table.outcomes(state, action);
      if (state !== 0 || action !== 0) return own;
      return own.map((outcome, i) => ({ ...outcome, probability: i === 0 ? success : 1 - success }));
    },
  };
}
