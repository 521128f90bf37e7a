import { expect, test } from "vitest";
import { isHopeless, isJudged } from "./hopeless.js";

const budget = { episodes: null, steps: 1000 };
const at = (steps: number) => ({ episodes: 0, steps });

test("a run is judged by the update that takes it over half of its budget, and over three quarters", () => {
  const updates = [0, 250, 490, 520, 740, 750, 900, 1010];
  const judged = updates.slice(1).filter((steps, i) => isJudged(budget, at(updates[i]), at(steps)));
  expect(judged).toEqual([520, 750]);
});

test("the budget that is nearest counts", () => {
  const both = { episodes: 10, steps: 1000 };
  expect(isJudged(both, { episodes: 4, steps: 100 }, { episodes: 5, steps: 120 })).toBe(true);
  expect(isJudged(both, { episodes: 4, steps: 510 }, { episodes: 5, steps: 620 })).toBe(false);
});

test("a run is hopeless if it has collapsed there, or never had a gradient", () => {
  const kinds = ["solved", "collapsed", "no-gradient", "improving", "stalled", "unfinished"] as const;
  expect(kinds.filter((kind) => isHopeless(budget, at(400), at(500), kind))).toEqual(["collapsed", "no-gradient"]);
  expect(isHopeless(budget, at(300), at(400), "collapsed")).toBe(false);
});
