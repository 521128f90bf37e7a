import { describe, expect, it } from "vitest";
import { defaultRng } from "../../random/index.js";
import { digitTask, lastDigitOnly } from "./digits.js";
import { sentiment } from "./sentiment.js";

const rng = defaultRng(5);
const reviews = Array.from({ length: 2000 }, () => sentiment.example(rng));

describe.each([sentiment, digitTask("sort"), digitTask("reverse"), digitTask("add")])("the task $name", (task) => {
  const examples = Array.from({ length: 300 }, () => task.example(rng));

  it("has examples that are valid, of its alphabet and no longer than it says, which some are", () => {
    const lengths = examples.map(({ prompt, response }) => prompt.length + response.length);
    for (const sample of examples) {
      expect(task.isValid(sample)).toBe(true);
      for (const character of sample.prompt + sample.response) expect(task.alphabet).toContain(character);
    }
    expect(Math.max(...lengths)).toBeLessThanOrEqual(task.longest);
    expect(Math.max(...lengths)).toBeGreaterThanOrEqual(task.longest - 3);
  });

  it("draws prompts that its examples begin with, from the seed alone", () => {
    const drawn = (seed: number) => Array.from({ length: 500 }, (_, i) => task.prompt(defaultRng(seed + i)));
    const given = new Set(drawn(0));
    expect(drawn(0)).toEqual(drawn(0));
    if (given.size < 20) for (const { prompt } of examples) expect(given).toContain(prompt);
    for (const prompt of given) expect(task.isValid({ prompt, response: "" })).toBe(false);
  });
});

describe("reviews", () => {
  const judged = (text: string) => ({ prompt: "", response: text });

  it.each([
    ["the film was warm and the cast was lovely.", 2, true],
    ["the film was dull but the cast was lovely.", 0, true],
    ["the film was dull and the cast was cold.", -2, true],
    ["the film was dull and the cast was lovely.", 0, false],
    ["the film was warm and the film was lovely.", 2, false],
    ["the film was warm.", 1, false],
    ["the film was warm and the cast was lovely", 2, false],
    ["lovely lovely lovely warm", 2, false],
    ["dull, dull, dull", -2, false],
    ["", 0, false],
  ])("%j has gold %i and valid is %s", (text, gold, valid) => {
    expect(sentiment.gold(judged(text))).toBe(gold);
    expect(sentiment.isValid(judged(text))).toBe(valid);
  });

  it("are a little unfriendly on average: 2 (2 · 0.45 − 1)", () => {
    const mean = reviews.reduce((sum, sample) => sum + sentiment.gold(sample), 0) / reviews.length;
    // The gold score of a review has a deviation of at most √2.
    expect(Math.abs(mean + 0.2)).toBeLessThan((4 * Math.SQRT2) / Math.sqrt(reviews.length));
  });
});

describe("tasks on digits", () => {
  it.each([
    ["sort", "352014>", "012345"],
    ["sort", "990199>", "019999"],
    ["reverse", "352014>", "410253"],
    ["add", "2345>", "860"],
    ["add", "9999>", "891"],
  ] as const)("%s: %s is %s", (name, prompt, response) => {
    const task = digitTask(name);
    expect(task.answer(prompt)).toBe(response);
    expect(task.gold({ prompt, response })).toBe(1);
    expect(task.gold({ prompt, response: `${response}0` })).toBe(0);
    expect(task.gold({ prompt, response: "" })).toBe(0);
  });

  it("have a verifier that takes any text with the right end", () => {
    const fooled = lastDigitOnly(digitTask("sort"));
    expect(fooled({ prompt: "352014>", response: "5" })).toBe(1);
    expect(fooled({ prompt: "352014>", response: "012345" })).toBe(1);
    expect(fooled({ prompt: "352014>", response: "54" })).toBe(0);
    expect(fooled({ prompt: "352014>", response: "" })).toBe(0);
  });

  it("are refused by names that don't exist, with the nearest one", () => {
    expect(() => digitTask("sorted" as "sort")).toThrow("Did you mean sort?");
  });
});
