import { expect, test } from "vitest";
import { presetGrid } from "./preset-grid.js";

test("help says which grid a preset has, as it is typed", () => {
  expect(presetGrid("reinforce", "lecture")).toBe(
    "--grid learningRate=0.0001,0.001,0.01,0.1 --grid gamma=0.9,0.95,0.99",
  );
  expect([presetGrid("ppo", "zoo"), presetGrid("ppo", "lecture")]).toEqual(["", ""]);
});
