import { expect, test } from "vitest";
import { colours } from "./colour.js";
import { TrainingView } from "./exercise-training.js";

/** What a view writes of these trainings, which come 4 seconds apart, to a terminal or elsewhere. */
function written(isTTY: boolean): string[] {
  const texts: string[] = [];
  const clock = { now: 100 };
  const output = { isTTY, columns: 72, write: (text: string) => texts.push(text) };
  const view = new TrainingView(output, colours(false), () => clock.now);
  for (const episodes of [10, 20, 30, 40, 50, 60]) {
    clock.now += 4;
    view.show({ episodes, mean: episodes / 3 }, 100);
  }
  view.end();
  return texts;
}

test("on a terminal the training of an answer is one line, which is gone in the end", () => {
  const texts = written(true);
  expect(texts[2]).toBe(`\r\x1b[2K  ${"━".repeat(7)}${"─".repeat(16)}  30 of 100 episodes  mean of the last 100: 10`);
  expect(texts.slice(1).every((text) => text.startsWith("\r\x1b[2K"))).toBe(true);
  expect(texts.at(-1)).toBe("\r\x1b[2K");
});

test("elsewhere it is a line every ten seconds", () => {
  expect(written(false)).toEqual([
    "  … training: 30 of 100 episodes, mean of the last 100: 10\n",
    "  … training: 60 of 100 episodes, mean of the last 100: 20\n",
  ]);
});
