/** Chapter 1: why not a table. */

import { make } from "../../envs/registry.js";
import { ROCK_PAPER_SCISSORS } from "../../envs/rock-paper-scissors.js";
import { randomWorld } from "../../estimators/random-world.js";
import { mlp } from "../../nn/mlp.js";
import { defaultRng } from "../../random/index.js";
import { evaluatePolicy } from "../../tabular/evaluate.js";
import { objective, policyGradient } from "../../tabular/gradient.js";
import { exploitability } from "../../tabular/matrix-game.js";
import { mdpOf } from "../../tabular/mdp.js";
import { policyIteration, valueIteration } from "../../tabular/plan.js";
import { softmaxPolicy } from "../../tabular/policies.js";
import type { Claim, Evidence } from "../claim.js";
import { farthest, shortly } from "../differences.js";

/** V* of the 5×5 grid in closed form: with d steps to the goal, 10γᵈ⁻¹ − (1 + γ + … + γᵈ⁻²). */
function valueAt(cell: number, gamma: number): number {
  const steps = Math.floor(cell / 5) + 4 - (cell % 5);
  let value = 10;
  for (let step = 1; step < steps; step++) value = gamma * value - 1;
  return steps === 0 ? 0 : value;
}

export function policyIterationSolvesTheGrid(solver = policyIteration): Evidence {
  const mdp = mdpOf(make("GridWorld-v0").table);
  const gamma = 0.9;
  const { policy, values } = solver(mdp, { gamma });
  const closed = Float64Array.from({ length: mdp.states }, (_, cell) => valueAt(cell, gamma));
  const off = Math.max(farthest(values, closed), farthest(evaluatePolicy(mdp, policy, { gamma }).values, closed));
  return { passes: off < 1e-12, measured: `V* of 25 cells within ${shortly(off)} of its formula` };
}

const digitsOf = (base: bigint, power: bigint): number => (base ** power).toString().length;

export function digitsOfTheTable(digits = digitsOf): Evidence {
  const states = digits(50_000n, 2048n);
  return {
    passes: states === 9624 && digits(10n, 80n) === 81,
    measured: `50,000^2048 has ${states} digits, 10^80 has 81`,
  };
}

/** The cells of an n×n grid, and the distance of each to the top right corner. */
const distances = (n: number): number[] =>
  Array.from({ length: n * n }, (_, cell) => Math.floor(cell / n) + n - 1 - (cell % n));

function threeWeightsInsteadOfATable(featuresOf = (row: number, column: number) => [1, row, column]): Evidence {
  const n = 12;
  const map = Array.from({ length: n }, (_, row) => (row === 0 ? `${".".repeat(n - 1)}G` : ".".repeat(n))).join("/");
  const { values } = valueIteration(mdpOf(make("GridWorld-v0", { map }).table), { gamma: 1 });
  // V* = 11 − d is linear in row and column, so that three cells fix it.
  const weights = [values[0], values[n] - values[0], values[1] - values[0]];
  const fitted = distances(n).map((_, cell) =>
    featuresOf(Math.floor(cell / n), cell % n).reduce((sum, feature, i) => sum + feature * weights[i], 0),
  );
  const goal = n - 1;
  const off = farthest(
    values.filter((_, cell) => cell !== goal),
    fitted.filter((_, cell) => cell !== goal),
  );
  return { passes: off < 1e-9, measured: `3 weights hold V* of 144 cells within ${shortly(off)}` };
}

function aTableCanClimbTheGradient(gradient = policyGradient): Evidence {
  const mdp = mdpOf(make("GridWorld-v0").table);
  const gamma = 0.9;
  const logits = new Float64Array(mdp.states * mdp.actions);
  for (let step = 0; step < 40; step++)
    gradient(mdp, logits, { gamma }).forEach((slope, k) => {
      logits[k] += 25 * slope;
    });
  const reached = objective(mdp, softmaxPolicy(mdp, logits), { gamma });
  const best = valueAt(20, gamma);
  return {
    passes: reached > 0.95 * best - 0.05,
    measured: `J ${reached.toFixed(3)} of ${best.toFixed(3)} after 40 steps`,
  };
}

export function tablesAreTheLimit(
  features?: Parameters<typeof threeWeightsInsteadOfATable>[0],
  gradient = policyGradient,
): Evidence {
  const values = threeWeightsInsteadOfATable(features);
  const policies = aTableCanClimbTheGradient(gradient);
  return {
    passes: values.passes && policies.passes,
    measured: `${values.measured}; a table of logits climbs to ${policies.measured}`,
  };
}

const layersFor = (_side: number): number[] => [2, 64, 4];

export function sizeOfTheNetwork(sizesFor = layersFor): Evidence {
  const sizes = [10, 100, 1000].map((side) => {
    const network = mlp({ sizes: sizesFor(side), rng: defaultRng(0) });
    return { entries: 4 * side * side, parameters: network.parameters().reduce((sum, { size }) => sum + size, 0) };
  });
  const [small, , large] = sizes;
  return {
    passes: small.parameters === large.parameters && large.parameters < large.entries,
    measured: `${sizes.map(({ entries }) => entries).join(", ")} entries of a table, ${large.parameters} parameters each time`,
  };
}

export function whereChanceIsNeeded(worth = exploitability, solver = policyIteration): Evidence {
  const pure = [0, 1, 2].map((move) =>
    worth(
      ROCK_PAPER_SCISSORS,
      [0, 1, 2].map((other) => (other === move ? 1 : 0)),
    ),
  );
  const mixed = worth(ROCK_PAPER_SCISSORS, [1 / 3, 1 / 3, 1 / 3]);
  const gaps = [0, 1, 2, 3].map((seed) => {
    const { table, gamma } = randomWorld({ seed });
    const mdp = mdpOf(table);
    const { values, greedy } = solver(mdp, { gamma });
    const certain = new Float64Array(mdp.states * mdp.actions);
    greedy.forEach((action, state) => {
      certain[state * mdp.actions + action] = 1;
    });
    return farthest(evaluatePolicy(mdp, certain, { gamma }).values, values);
  });
  const gap = gaps.reduce((most, value) => Math.max(most, value));
  return {
    passes: pure.every((lost) => lost === 1) && Math.abs(mixed) < 1e-12 && gap < 1e-9,
    measured: `rock alone loses ${pure[0]} a round, 1/3 each loses ${shortly(Math.abs(mixed))}; 4 random decision processes need no chance`,
  };
}

export const tables: readonly Claim[] = [
  {
    number: 1,
    chapter: 1,
    says: "Policy iteration solves a 5×5 gridworld.",
    verdict: "holds",
    because: "the world is known and small: a few linear systems, and no samples",
    check: policyIterationSolvesTheGrid,
  },
  {
    number: 2,
    chapter: 1,
    says: "A table over sequences of 2,048 tokens is hopeless: about 9,500 digits, against 10^80 atoms.",
    verdict: "holds if",
    because: "the count is corrected: 50,000^2048 has 9,624 digits. A table is hopeless all the same",
    check: digitsOfTheTable,
  },
  {
    number: 3,
    chapter: 1,
    says: "Value-based methods fail because there are too many states.",
    verdict: "does not hold",
    because: "tables fail. A value function may be a network too, and a policy may be a table",
    check: tablesAreTheLimit,
  },
  {
    number: 4,
    chapter: 1,
    says: "A network of fixed size replaces the table.",
    verdict: "holds",
    because: "its parameters don't grow with the number of states",
    check: sizeOfTheNetwork,
  },
  {
    number: 5,
    chapter: 1,
    says: "Continuous actions and stochastic optima call for policies.",
    verdict: "holds if",
    because:
      "the world is a game or hides its state: these may need chance. A fully observed decision process always has a deterministic optimum (Puterman 1994)",
    check: whereChanceIsNeeded,
  },
];
