import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { make, type Table, type TabularEnv } from "../envs/index.js";
import { defaultRng } from "../random/generator.js";
import {
  evaluatePolicy,
  evaluatePolicyBySweeps,
  greedyActions,
  greedyPolicy,
  type Mdp,
  mdpOf,
  objective,
  policyGradient,
  policyIteration,
  softmaxPolicy,
  trajectories,
  uniformPolicy,
  valueIteration,
  visitation,
} from "./index.js";

interface Solved {
  readonly env: string;
  readonly options: Record<string, unknown>;
  readonly gamma: number;
  readonly best: number[];
  readonly uniform: number[];
  readonly visits: number[];
  readonly objective: number;
  readonly gradient: number[];
  readonly gradientAllVisitsAlike: number[];
}
const golden: readonly Solved[] = JSON.parse(
  readFileSync(new URL("../../test/golden/tabular.json", import.meta.url), "utf8"),
);

const tableOf = (id: string, options: Record<string, unknown> = {}): Table =>
  (make(id, options) as unknown as TabularEnv).table;

/** The largest difference, relative to the largest value. */
function worst(found: ArrayLike<number>, expected: readonly number[]): number {
  expect(found.length).toBe(expected.length);
  const size = Math.max(1, ...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(value - found[i]))) / size;
}

function someLogits({ states, actions }: Mdp): number[] {
  return Array.from(
    { length: states * actions },
    (_, i) => ((7 * Math.floor(i / actions) + 3 * (i % actions)) % 11) / 10 - 0.5,
  );
}

describe.each(golden.map((one) => [`${one.env} ${JSON.stringify(one.options)} at γ = ${one.gamma}`, one] as const))(
  "%s, against 60 digits",
  (_, { env, options, gamma, ...expected }) => {
    const mdp = mdpOf(tableOf(env, options));
    it("values of the uniform policy, by the linear system and by sweeps", () => {
      expect(worst(evaluatePolicy(mdp, uniformPolicy(mdp), { gamma }).values, expected.uniform)).toBeLessThan(1e-12);
      const swept = evaluatePolicyBySweeps(mdp, uniformPolicy(mdp), { gamma, tolerance: 1e-13 });
      expect(worst(swept.values, expected.uniform)).toBeLessThan(1e-11);
    });
    it("optimal values, by policy iteration and value iteration; their policies have those values", () => {
      const policies = policyIteration(mdp, { gamma });
      const values = valueIteration(mdp, { gamma, tolerance: 1e-13 });
      expect(worst(policies.values, expected.best)).toBeLessThan(1e-12);
      expect(worst(values.values, expected.best)).toBeLessThan(1e-12);
      for (const { policy } of [policies, values])
        expect(worst(evaluatePolicy(mdp, policy, { gamma }).values, expected.best)).toBeLessThan(1e-12);
      expect(policies.iterations).toBeLessThan(15);
    });
    it("visits, the objective and its gradient, with and without the factor γᵗ", () => {
      const logits = someLogits(mdp);
      expect(worst(visitation(mdp, uniformPolicy(mdp), { gamma }), expected.visits)).toBeLessThan(1e-12);
      expect(worst([objective(mdp, softmaxPolicy(mdp, logits), { gamma })], [expected.objective])).toBeLessThan(1e-12);
      expect(worst(policyGradient(mdp, logits, { gamma }), expected.gradient)).toBeLessThan(1e-12);
      const alike = policyGradient(mdp, logits, { gamma, visitGamma: 1 });
      expect(worst(alike, expected.gradientAllVisitsAlike)).toBeLessThan(1e-12);
    });
  },
);

/** Worlds of a few states with random outcomes, some of which end the episode. */
const someTable: fc.Arbitrary<Table> = fc
  .record({ states: fc.integer({ min: 1, max: 5 }), actions: fc.integer({ min: 1, max: 3 }), seed: fc.nat() })
  .map(({ states, actions, seed }) => {
    const rng = defaultRng(seed);
    const shares = (n: number): number[] => {
      const weights = Array.from({ length: n }, () => 0.05 + rng.random());
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return weights.map((weight) => weight / total);
    };
    const known = Array.from({ length: states * actions }, () =>
      shares(3).map((probability, i) => ({
        probability,
        state: rng.integers(0, states),
        reward: rng.uniform(-2, 2),
        terminated: i === 0,
      })),
    );
    return { states, actions, start: shares(states), outcomes: (state, action) => known[state * actions + action] };
  });

it("the gradient equals finite differences of the objective, in any world", () => {
  fc.assert(
    fc.property(someTable, fc.double({ min: 0, max: 1, noNaN: true }), (table, gamma) => {
      const mdp = mdpOf(table);
      const logits = someLogits(mdp);
      const gradient = policyGradient(mdp, logits, { gamma });
      const at = (i: number, by: number): number =>
        objective(
          mdp,
          softmaxPolicy(
            mdp,
            logits.map((logit, k) => (k === i ? logit + by : logit)),
          ),
          { gamma },
        );
      logits.forEach((_, i) => {
        expect(gradient[i]).toBeCloseTo((at(i, 1e-5) - at(i, -1e-5)) / 2e-5, 8);
      });
    }),
    { seed: 1, numRuns: 50 },
  );
});

describe("all trajectories", () => {
  it("of the two-step world are two actions twice, each with its probability", () => {
    const table = tableOf("TwoStep-v0");
    const policy = softmaxPolicy(mdpOf(table), [0, Math.log(3), 0, 0, 0, 0]);
    const found = [...trajectories(table, policy, { maxSteps: 2 })];
    expect(found.map(({ states, actions, rewards }) => ({ states, actions, rewards }))).toEqual([
      { states: [0, 1, 1], actions: [0, 0], rewards: [0, 0] },
      { states: [0, 1, 1], actions: [0, 1], rewards: [0, 0] },
      { states: [0, 2, 2], actions: [1, 0], rewards: [0, 1] },
      { states: [0, 2, 2], actions: [1, 1], rewards: [0, 1] },
    ]);
    const percent = found.map(({ probability }) => Math.round(1e15 * probability) / 1e13);
    expect(percent).toEqual([12.5, 12.5, 37.5, 37.5]);
    expect(found.every(({ terminated, truncated }) => terminated && !truncated)).toBe(true);
  });
  it("are cut off at `maxSteps`", () => {
    const table = tableOf("GridWorld-v0");
    const found = [...trajectories(table, uniformPolicy(mdpOf(table)), { maxSteps: 3 })];
    expect(found).toHaveLength(64);
    expect(
      found.every(({ truncated, actions, states }) => truncated && actions.length === 3 && states.length === 4),
    ).toBe(true);
  });
  it("have probabilities that sum to 1, and the mean of the score times the return is the gradient", () => {
    fc.assert(
      fc.property(someTable, fc.constantFrom(1, 0.9, 0), (table, gamma) => {
        // At most two steps: the second step always ends the episode.
        const short: Table = {
          ...table,
          states: 2 * table.states,
          start: [...table.start, ...table.start.map(() => 0)],
          outcomes: (state, action) =>
            table
              .outcomes(state % table.states, action)
              .map((outcome) =>
                state < table.states
                  ? { ...outcome, state: outcome.state + table.states }
                  : { ...outcome, terminated: true },
              ),
        };
        const mdp = mdpOf(short);
        const logits = someLogits(mdp);
        const policy = softmaxPolicy(mdp, logits);
        let total = 0;
        const mean = new Float64Array(logits.length);
        for (const { probability, states, actions, rewards } of trajectories(short, policy, { maxSteps: 9 })) {
          total += probability;
          const discounted = rewards.reduce((sum, reward, t) => sum + (t === 0 ? 1 : gamma) * reward, 0);
          actions.forEach((action, t) => {
            for (let a = 0; a < mdp.actions; a++) {
              const pair = states[t] * mdp.actions + a;
              mean[pair] += probability * ((a === action ? 1 : 0) - policy[pair]) * discounted;
            }
          });
        }
        expect(total).toBeCloseTo(1, 12);
        const gradient = policyGradient(mdp, logits, { gamma });
        expect(worst(mean, [...gradient])).toBeLessThan(1e-12);
      }),
      { seed: 1, numRuns: 25 },
    );
  });
});

describe("the toy worlds have the gradients in their documentation", () => {
  it("one step: −1/8 and 3/8; a policy has a row for each observed state", () => {
    const mdp = mdpOf(tableOf("OneStep-v0"));
    expect([...policyGradient(mdp, [0, 0, 0, 0], { gamma: 0.9 })]).toEqual([0.125, -0.125, -0.375, 0.375]);
    expect(objective(mdp, uniformPolicy(mdp), { gamma: 1 })).toBe(1);
    expect([...mdp.terminal]).toEqual([0, 0]);
  });
  it("two steps: γ/4 for the first action, 0 for the second; with the episode's own mean as baseline, 0 for both", () => {
    const table = tableOf("TwoStep-v0");
    const mdp = mdpOf(table);
    expect([...policyGradient(mdp, new Array(6).fill(0), { gamma: 1 })]).toEqual([-0.25, 0.25, 0, 0, 0, 0]);
    expect([...policyGradient(mdp, new Array(6).fill(0), { gamma: 0.5 })]).toEqual([-0.125, 0.125, 0, 0, 0, 0]);
    for (const { rewards } of trajectories(table, uniformPolicy(mdp), { maxSteps: 2 })) {
      const returns = [rewards[0] + rewards[1], rewards[1]];
      expect(returns.map((value) => value - (returns[0] + returns[1]) / 2)).toEqual([0, 0]);
    }
  });
});

describe("ties and ends", () => {
  it("of equally good actions the first is taken, or all equally, whatever the rounding", () => {
    const mdp = mdpOf(tableOf("OneStep-v0"));
    expect([...greedyActions(mdp, Float64Array.of(1, 1 + 1e-13, 0, 1))]).toEqual([0, 1]);
    expect([...greedyPolicy(mdp, Float64Array.of(1, 1 + 1e-13, 0, 1))]).toEqual([0.5, 0.5, 0, 1]);
  });
  it("if circling costs nothing, policy iteration still finds the way out", () => {
    // Two rooms: action 0 goes to the other room for reward 0, action 1 leaves for reward 1.
    const outcomes = (state: number, action: number) =>
      action === 0
        ? [{ probability: 1, state: 1 - state, reward: 0, terminated: false }]
        : [{ probability: 1, state, reward: 1, terminated: true }];
    const { values, policy, greedy } = policyIteration(mdpOf({ states: 2, actions: 2, start: [1, 0], outcomes }), {
      gamma: 1,
    });
    expect([...values, ...policy, ...greedy]).toEqual([1, 1, 0.5, 0.5, 0.5, 0.5, 0, 0]);
  });
  it("with γ = 1 a policy that may never end is an error; policy iteration avoids such policies", () => {
    const mdp = mdpOf(tableOf("FrozenLake-v1", { isSlippery: false }));
    const upForEver = Float64Array.from({ length: 64 }, (_, i) => (i % 4 === 3 ? 1 : 0));
    expect(() => evaluatePolicy(mdp, upForEver, { gamma: 1 })).toThrow("gamma: got 1, allowed is below 1");
    expect(evaluatePolicy(mdp, upForEver, { gamma: 0.9 }).values[0]).toBe(0);
    const { values, policy } = policyIteration(mdp, { gamma: 1 });
    expect(values[0]).toBeCloseTo(1, 12);
    expect(evaluatePolicy(mdp, policy, { gamma: 1 }).values[0]).toBeCloseTo(1, 12);
  });
});

it("an invalid world, policy or discount is an error that names the place", () => {
  const table = tableOf("OneStep-v0");
  const mdp = mdpOf(table);
  const wrong =
    (change: Partial<Table>): (() => Mdp) =>
    () =>
      mdpOf({ ...table, ...change });
  const outcome = { probability: 1, state: 0, reward: 0, terminated: true };
  expect(wrong({ start: [0.5, 0.6] })).toThrow("table.start: got [0.5,0.6], allowed is 2 probabilities that sum to 1");
  expect(wrong({ start: [1] })).toThrow("table.start");
  expect(wrong({ states: 0 })).toThrow("table.states: got 0");
  expect(wrong({ outcomes: () => [{ ...outcome, probability: 0.9 }] })).toThrow("table.outcomes(0, 0)");
  expect(wrong({ outcomes: () => [{ ...outcome, state: 2 }] })).toThrow("table.outcomes(0, 0).state: got 2");
  expect(wrong({ outcomes: () => [{ ...outcome, reward: NaN }] })).toThrow("table.outcomes(0, 0).reward: got NaN");
  expect(() => evaluatePolicy(mdp, Float64Array.of(1, 0, 0.5, 0.4), { gamma: 1 })).toThrow("policy, state 1");
  expect(() => evaluatePolicy(mdp, Float64Array.of(1), { gamma: 1 })).toThrow("policy: got");
  expect(() => policyGradient(mdp, [0, 0, 0, NaN], { gamma: 1 })).toThrow("logits: got");
  expect(() => evaluatePolicy(mdp, uniformPolicy(mdp), { gamma: 1.1 })).toThrow("gamma: got 1.1");
  expect(() => valueIteration(mdp, { gamma: 1, tolerance: 0 })).toThrow("tolerance: got 0");
  expect(() => valueIteration(mdpOf(tableOf("GridWorld-v0")), { gamma: 0.9, maxSweeps: 2 })).toThrow(
    "maxSweeps: got 2",
  );
  expect(() => [...trajectories(table, uniformPolicy(mdp), { maxSteps: 0 })]).toThrow("maxSteps: got 0");
});
