import { expect, test } from "vitest";
import { flagName, flagText, shellWord } from "./flag-text.js";

test("names are typed in kebab-case", () => {
  expect(["learningRate", "gamma", "maxGradNorm"].map(flagName)).toEqual(["learning-rate", "gamma", "max-grad-norm"]);
});

test("a value is written in the form in which it would be read", () => {
  expect(flagText("hidden", [64, 32])).toBe("--hidden 64,32");
  expect(flagText("hidden", [])).toBe("--hidden none");
  expect(flagText("discount-weight", true)).toBe("--discount-weight");
  expect(flagText("discount-weight", false)).toBe("--discount-weight=false");
  expect(flagText("env.map", "S F")).toBe("--env.map 'S F'");
});

test("a word that a shell would take apart is quoted", () => {
  expect(["./walk.ts", "it's mine", ""].map(shellWord)).toEqual(["./walk.ts", "'it'\\''s mine'", "''"]);
});
