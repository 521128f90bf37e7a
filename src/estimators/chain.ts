import { over, tableOf } from "./tables.js";
import { type World, worldOf } from "./world.js";

/**
 * Go on or stop, three times at most. Going on from the first state succeeds with probability `succeeds`, by default 0.75.
 */
export function chain(succeeds = 0.75): World {
  return worldOf(
    tableOf(
      [0.8, 0.2, 0, 0],
      [
        [
          [
            [succeeds, 1, -1, false],
            [1 - succeeds, 3, -2, true],
          ],
          [[1, 3, 1, true]],
        ],
        [
          [
            [0.6, 2, -1, false],
            [0.4, 3, 0, true],
          ],
          [[1, 3, 2, true]],
        ],
        [[[1, 3, 6, true]], [[1, 3, -1, true]]],
        [over(3), over(3)],
      ],
    ),
    {
      name: "chain",
      summary: "go on or stop, three times at most: episodes of unequal length",
      gamma: 0.9,
      logits: [0.4, 0, 0.2, -0.3, 0, 0.5, 0, 0],
      criticError: [1, -0.5, 0.75, 0],
    },
  );
}
