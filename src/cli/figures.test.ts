import { expect, test } from "vitest";
import { count, duration, figure } from "./figures.js";

test("figures have four significant digits, thousands apart", () => {
  expect([0, 0.012345, -0.5, 9.8765, 96.4, 475.26, 78_123.4, 1.5e12, 2e-7, NaN].map(figure)).toEqual([
    "0",
    "0.0123",
    "-0.5",
    "9.877",
    "96.4",
    "475.3",
    "78,123",
    "1.50e+12",
    "2.00e-7",
    "NaN",
  ]);
});

test("durations are written in words", () => {
  expect([0.04, 9.94, 9.96, 59.4, 185, 3600, 7860].map(duration)).toEqual([
    "0.0 s",
    "9.9 s",
    "10 s",
    "59 s",
    "3 min 05 s",
    "1 h 00 min",
    "2 h 11 min",
  ]);
});

test("one episode, several episodes", () => {
  expect([count(1, "episode"), count(2000, "episode")]).toEqual(["1 episode", "2,000 episodes"]);
});
