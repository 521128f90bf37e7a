import { expect, test } from "vitest";
import { nearestLimit } from "./budget.js";

test("a single limit is the nearest", () => {
  expect(nearestLimit({ episodes: 50, steps: null }, { episodes: 10, steps: 999 })).toEqual({
    counts: "episodes",
    done: 10,
    of: 50,
    share: 0.2,
  });
  expect(nearestLimit({ episodes: null, steps: 400 }, { episodes: 10, steps: 500 })).toEqual({
    counts: "steps",
    done: 500,
    of: 400,
    share: 1.25,
  });
});

test("of two limits, the one with the larger used share is the nearest", () => {
  const budget = { episodes: 100, steps: 10_000 };
  expect(nearestLimit(budget, { episodes: 50, steps: 4000 }).counts).toBe("episodes");
  expect(nearestLimit(budget, { episodes: 50, steps: 6000 }).counts).toBe("steps");
});
