import { expect, it } from "vitest";
import { make } from "../envs/index.js";
import { mdpOf, policyIteration } from "./index.js";

it("FrozenLake's best policy ends as its page says: 74 % at the goal, 16 % in a hole, 10 % out of time", () => {
  const { table } = make("FrozenLake-v1");
  const { greedy, values } = policyIteration(mdpOf(table), { gamma: 1 });
  expect(values[0]).toBeCloseTo(14 / 17, 12); // without a time limit
  const outcomes = { goal: 0, hole: 0, time: 0 };
  let now = Float64Array.from(table.start);
  for (let step = 0; step < 100; step++) {
    const next = new Float64Array(table.states);
    now.forEach((here, square) => {
      for (const { probability, state, reward, terminated } of table.outcomes(square, greedy[square])) {
        if (terminated) outcomes[reward === 1 ? "goal" : "hole"] += here * probability;
        else next[state] += here * probability;
      }
    });
    now = next;
  }
  outcomes.time = now.reduce((total, probability) => total + probability, 0);
  const rounded = Object.entries(outcomes).map(([name, share]) => [name, share.toFixed(4)]);
  expect(Object.fromEntries(rounded)).toEqual({ goal: "0.7402", hole: "0.1593", time: "0.1005" });
});
