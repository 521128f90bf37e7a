import { make, type TabularEnv } from "ascent/envs";
import { describe, expect, it } from "vitest";
import { type Method, Planner } from "./planner.js";

const plannerOf = (env: string, gamma: number, options = {}): Planner =>
  new Planner((make(env, options) as unknown as TabularEnv).table, gamma);

function run(planner: Planner, method: Method): Planner {
  for (let i = 0; i < 20_000 && !planner.done; i++) planner.advance(method);
  return planner;
}

describe("a planner", () => {
  it.each(["policy iteration", "value iteration"] as const)(
    "finds the optimum of FrozenLake by %s: 14/17",
    (method) => {
      const planner = run(plannerOf("FrozenLake-v1", 1), method);
      expect(planner.done).toBe(true);
      expect(planner.worth(planner.values)).toBeCloseTo(14 / 17, 6);
      expect(planner.worth(planner.optimum)).toBeCloseTo(14 / 17, 9);
    },
  );

  it("walks along the cliff in 13 steps, and crosses the grid with what its eight steps leave", () => {
    const cliff = run(plannerOf("CliffWalking-v1", 1), "policy iteration");
    expect(cliff.worth(cliff.values)).toBeCloseTo(-13, 9);
    const grid = run(plannerOf("GridWorld-v0", 1), "value iteration");
    expect(grid.worth(grid.values)).toBe(10 - 7);
  });

  it("sweeps with the values before the sweep", () => {
    const planner = plannerOf("GridWorld-v0", 1);
    planner.sweep("value iteration");
    // Only the two cells beside the goal can have more than the price of a step.
    expect(Array.from(planner.values).filter((value) => value === 10)).toHaveLength(2);
    expect(Array.from(planner.values).filter((value) => value === -1)).toHaveLength(22);
    expect(planner.change).toBe(10);
  });

  it("improves a policy that has been swept once, and still runs to the optimum though γ = 1", () => {
    const planner = plannerOf("GridWorld-v0", 1);
    planner.sweep("policy iteration");
    planner.improve();
    expect(planner.done).toBe(false);
    run(planner, "policy iteration");
    expect(planner.worth(planner.values)).toBeCloseTo(3, 9);
  });

  it("judges a policy in float32 exactly, and says nothing of one that never ends", () => {
    const planner = plannerOf("GridWorld-v0", 1);
    const uniform = planner.judge(new Float32Array(planner.mdp.states * 4).fill(0.25)) as Float64Array;
    expect(planner.worth(uniform)).toBeLessThan(-50);
    // Always to the left.
    const left = Float32Array.from({ length: planner.mdp.states * 4 }, (_, pair) => Number(pair % 4 === 3));
    expect(planner.judge(left)).toBeUndefined();
  });
});
