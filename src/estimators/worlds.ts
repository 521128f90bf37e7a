/** The worlds of the lab, by name. Each shows something that the others don't. */

import { make } from "../envs/registry.js";
import type { Table } from "../envs/tabular.js";
import { log } from "../kernels/maths.js";
import { checkOptions, checkReal, checkShare, checkWhole } from "./checks.js";
import { over, type Row, tableOf } from "./tables.js";
import { type World, worldOf } from "./world.js";

/** One step: each action of each state pays for certain. */
function paying(start: readonly number[], rewards: readonly (readonly number[])[]): Table {
  return tableOf(
    start,
    rewards.map((row, state) => row.map((reward) => [[1, state, reward, true]])),
  );
}

/** A bandit with two contexts and three arms. */
const bandit = worldOf(
  paying(
    [0.6, 0.4],
    [
      [1, 0, 2],
      [0, 3, -1],
    ],
  ),
  {
    name: "bandit",
    summary: "two contexts, three arms, one step: what can be worked out on paper",
    gamma: 0.9,
    logits: [0.5, 0, -0.5, 0, 1, 0.2],
    criticError: [1, -0.5],
  },
);

const loop = worldOf(
  tableOf(
    [1, 0, 0, 0],
    [
      ...[0, 1, 2].map((s): Row[][] => [
        s < 2
          ? [
              [0.8, s + 1, -0.5, false],
              [0.2, s, -0.5, false],
            ]
          : [
              [0.8, 3, 4, true],
              [0.2, 2, -0.5, false],
            ],
        [
          [0.9, Math.max(s - 1, 0), 0, false],
          [0.1, 3, -1, true],
        ],
      ]),
      [over(3), over(3)],
    ],
  ),
  {
    name: "loop",
    summary: "walk right against a slip, as long as it takes: endless episodes, no enumeration",
    gamma: 0.9,
    logits: [0.5, 0, 0.2, 0.1, 0, 0.3, 0, 0],
    criticError: [1, -0.5, 0.75, 0],
  },
);

/** One state and two arms: arm 0 pays `prize` with probability `chance`, and arm 1 always pays 1. */
export function duel(given: { readonly prize: number; readonly chance: number }): World {
  checkOptions(given, ["prize", "chance"]);
  const { prize, chance } = given;
  checkReal("prize", prize);
  checkReal("chance", chance, { min: 0, max: 1 });
  return worldOf(
    tableOf(
      [1],
      [
        [
          [
            [chance, 0, prize, true],
            [1 - chance, 0, 0, true],
          ],
          [[1, 0, 1, true]],
        ],
      ],
    ),
    {
      name: "duel",
      summary: "a sure 1 against a rare 10: whitened batches prefer the wrong arm up to 16 episodes",
      gamma: 1,
      criticError: [1],
    },
  );
}

/** The worlds whose rules have no options. */
export const FIXED_WORLDS: readonly World[] = [
  bandit,
  worldOf(make("OneStep-v0").table, {
    name: "one-step",
    summary: "OneStep-v0: two states, one step",
    gamma: 1,
    criticError: [1, -0.5],
  }),
  worldOf(make("TwoStep-v0").table, {
    name: "two-step",
    summary: "TwoStep-v0: the first action decides what is paid after the second",
    gamma: 0.9,
    logits: [0.3, -0.2, 0.1, 0.5, 0, 0.4],
    criticError: [1, -0.5, 0.75],
  }),
  loop,
  worldOf(make("GridWorld-v0").table, {
    name: "grid",
    summary: "GridWorld-v0: 25 cells, episodes of 22 steps on average",
    gamma: 0.95,
    logits: Array.from({ length: 25 }, () => [1, 1, 0, 0]).flat(),
  }),
];

/**
 * Two steps: the first pays c whatever is done, the second takes it back and pays ±1 by its action. Returns to go see c,
 * whole-episode returns don't.
 */
export function refund(c: number): World {
  checkReal("paid", c);
  return worldOf(
    tableOf(
      [1, 0],
      [
        [[[1, 1, c, false]], [[1, 1, c, false]]],
        [[[1, 1, 1 - c, true]], [[1, 1, -1 - c, true]]],
      ],
    ),
    {
      name: "refund",
      summary: "what is paid first is taken back: whole-episode returns beat returns to go",
      gamma: 1,
      criticError: [1, -0.5],
    },
  );
}

/** One step and two arms that pay 1 and 0, the first chosen with this probability. */
export function twoArms(chance: number): World {
  checkShare("chance", chance);
  return worldOf(paying([1], [[1, 0]]), {
    name: "two-arms",
    summary: "arms that pay 1 and 0",
    gamma: 1,
    logits: [log(chance / (1 - chance)), 0],
  });
}

/** The rewards of `repeatedBandit`: offset + signal·(±½ by the action) + noise·(±1 by chance). */
export interface RepeatedBanditOptions {
  readonly steps: number;
  readonly offset: number;
  readonly signal: number;
  readonly noise: number;
}

/**
 * A two-armed bandit that is played `steps` times an episode, with γ = 1 and equally likely arms. Each play has a state of its
 * own; the policy `shared` makes it one state.
 */
export function repeatedBandit(options: RepeatedBanditOptions): World {
  checkOptions(options, ["steps", "offset", "signal", "noise"]);
  const { steps, offset, signal, noise } = options;
  checkWhole("steps", steps, 1);
  for (const [field, given] of Object.entries({ offset, signal, noise })) checkReal(field, given);
  const rows = Array.from({ length: steps }, (_, t) =>
    [0.5, -0.5].map((sign): readonly Row[] => {
      const next = Math.min(t + 1, steps - 1);
      const mean = offset + signal * sign;
      const ends = t === steps - 1;
      if (noise === 0) return [[1, next, mean, ends]];
      return [
        [0.5, next, mean + noise, ends],
        [0.5, next, mean - noise, ends],
      ];
    }),
  );
  return worldOf(tableOf([1, ...new Array<number>(steps - 1).fill(0)], rows), {
    name: "repeated-bandit",
    summary: "the same choice again and again: variance against the number of steps",
    gamma: 1,
  });
}
