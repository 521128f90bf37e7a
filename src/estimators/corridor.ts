import { checkWhole } from "./checks.js";
import { over, type Row, tableOf } from "./tables.js";
import { type World, worldOf } from "./world.js";

/**
 * A chain of `steps` states: at each the policy stops for 1, or goes on for −½, which ends the episode with probability 0.1. Going
 * on from the last one pays `steps`. Episodes have 1 to `steps` steps.
 *
 * @throws ConfigError unless `steps` is a whole number of at least 1
 */
export function corridor(steps: number): World {
  checkWhole("steps", steps, 1);
  const rows = Array.from({ length: steps }, (_, s): Row[][] => [
    s === steps - 1
      ? [[1, steps, steps, true]]
      : [
          [0.9, s + 1, -0.5, false],
          [0.1, steps, -0.5, true],
        ],
    [[1, steps, 1, true]],
  ]);
  const states = [...rows, [over(steps), over(steps)]];
  return worldOf(tableOf([1, ...new Array<number>(steps).fill(0)], states), {
    name: "corridor",
    summary: "go on or stop, as many times as it has states: variance against the horizon",
    gamma: 0.9,
    logits: states.flatMap(() => [0.5, 0]),
    criticError: states.map((_, s) => (s === steps ? 0 : [1, -0.5, 0.75][s % 3])),
  });
}
