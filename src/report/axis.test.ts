import { expect, test } from "vitest";
import type { Update } from "../training/types.js";
import { placeOf, placesOfEpisodes, runAxis } from "./axis.js";

const update = { episodes: 12, steps: 400, returns: [1, 2, 3, 4] } as unknown as Update;

test("a run with a limit in steps is drawn over steps, any other over episodes", () => {
  expect(runAxis({ episodes: 100, steps: null })).toBe("episode");
  expect(runAxis({ episodes: null, steps: 100 })).toBe("step");
  expect(runAxis({ episodes: 100, steps: 100 })).toBe("step");
  expect([placeOf(update, "episode"), placeOf(update, "step")]).toEqual([12, 400]);
});

test("episodes stand at their own number, or evenly among the steps of their update", () => {
  expect(placesOfEpisodes(update, "episode", 200)).toEqual([9, 10, 11, 12]);
  expect(placesOfEpisodes(update, "step", 200)).toEqual([250, 300, 350, 400]);
  expect(placesOfEpisodes({ ...update, returns: [] }, "step", 200)).toEqual([]);
});
