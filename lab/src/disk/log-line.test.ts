import { describe, expect, it, test } from "vitest";
import { evaluationIn, updateIn as updateOf } from "./log-line.js";

const updateIn = (text: string, before: number, names = new Set<string>()) => updateOf(text, before, names);

const line = (changes: object = {}): string =>
  JSON.stringify({
    update: 1,
    episodes: 2,
    steps: 50,
    returns: [1, "NaN"],
    lengths: [10, 20],
    lastSteps: [10, 30],
    averageReturn: "-Infinity",
    info: {},
    diagnostics: { entropy: 0.5, gradientNorm: "Infinity" },
    ...changes,
  });

describe("a line of a log", () => {
  it("is an update, with the numbers that JSON lacks", () => {
    expect(updateIn(line(), 0)).toMatchObject({
      update: 1,
      steps: 50,
      averageReturn: Number.NEGATIVE_INFINITY,
      returns: [1, Number.NaN],
      diagnostics: { entropy: 0.5, gradientNorm: Number.POSITIVE_INFINITY },
    });
  });

  it.each([
    ["half a line", '{"update":1,'],
    ["a list", "[1]"],
    ["null", "null"],
    ["a text as a number", line({ update: "1" })],
    ["no steps", line({ steps: null })],
    ["steps without an end", line({ steps: "Infinity" })],
  ])("is none if it is %s", (_, text) => {
    expect(updateIn(text, 0)).toBeUndefined();
  });

  it("is none if the run would go back", () => {
    expect(updateIn(line(), 51)).toBeUndefined();
  });

  it("is brought into order, so that charts can be drawn", () => {
    const update = updateIn(line({ returns: [1, 2, 3, 4], lengths: [1, 2, 3], lastSteps: [40, 5, 1e9, 50] }), 20);
    expect(update).toMatchObject({ returns: [1, 2, 3], lengths: [1, 2, 3], lastSteps: [40, 40, 50] });
    expect(updateIn(line({ returns: "many", diagnostics: ["x"] }), 0)).toMatchObject({ returns: [], diagnostics: {} });
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`n${i}`, i]));
    const names = new Set(["entropy"]);
    expect(Object.keys(updateIn(line({ diagnostics: many }), 0, names)?.diagnostics ?? {})).toHaveLength(63);
    expect(updateIn(line(), 0, names)?.diagnostics).toEqual({ entropy: 0.5 });
  });
});

test("an evaluation has a mean and an interval, or is none", () => {
  expect(evaluationIn('{"update":3,"episodes":4,"steps":100,"mean":7,"interval":[5,9]}')).toEqual({
    update: 3,
    steps: 100,
    mean: 7,
    low: 5,
    high: 9,
  });
  expect(evaluationIn('{"update":3}')).toBeUndefined();
});
