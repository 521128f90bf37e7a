import { expect, it } from "vitest";
import { ESTIMATORS } from "../estimators/estimators.js";
import { measure, measuring } from "../estimators/measure.js";
import { settingOf } from "../estimators/setting.js";
import { worldNamed } from "../estimators/world-options.js";
import { shownBatches } from "./batches-view.js";

const setting = settingOf(worldNamed("loop"));
const options = { episodes: 2, batches: 40, seed: 5 };
const estimators = ESTIMATORS.slice(0, 2);

/** Shows 40 batches that take so many milliseconds each, and returns what was written and the result. */
function shownWith(milliseconds: number) {
  let now = 0;
  let written = "";
  const terminal = { columns: 60, write: (text: string) => void (written += text) };
  const clock = (): number => (now += milliseconds);
  const measured = shownBatches(measuring(estimators, setting, options), 40, { terminal, colour: false, clock });
  return { written, measured };
}

it("long work shows how many batches are drawn and the time that is left, and leaves nothing behind", () => {
  const { written } = shownWith(100);
  const frames = written.split("\r\x1b[K");
  expect(frames).toHaveLength(38);
  expect(frames.slice(0, 2)).toEqual(["", "━━━────────────────────  5 of 40 batches  0.5 s, 3.5 s left"]);
  expect(frames.at(-1)).toBe("");
});

it("short work shows nothing", () => {
  expect(shownWith(1).written).toBe("");
});

it("the measurements have the same bits, shown or not", () => {
  expect(shownWith(100).measured).toEqual(measure(estimators, setting, options));
});
