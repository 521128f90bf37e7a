import { expect, test } from "vitest";
import { choice, flag, int, optional, real, sizes, text } from "../options.js";
import { asFlags, type Flags, readFlags, valuesOf } from "./arguments.js";
import { tokenise } from "./tokens.js";

const schema = {
  learningRate: real(0.01, { min: 0, help: "" }),
  hidden: sizes([64], { help: "" }),
  baseline: choice<"none" | "value">("none", { choices: ["none", "value"], help: "" }),
  discountWeight: flag(false, { help: "" }),
  episodes: optional(int(1, { min: 1, help: "" })),
  out: optional(text("", { meaning: "a folder", help: "" })),
};
const flags: Flags = { ...asFlags(schema), ...asFlags({ g: real(10, { help: "" }) }, "env.") };

function read(...args: string[]): { words: readonly string[]; values: Record<string, unknown> } {
  const { words, values } = readFlags(tokenise(args), flags, "try");
  valuesOf(values, schema);
  return { words, values: Object.fromEntries(values) };
}

test("options that were not typed have their defaults, except optional ones", () => {
  const { values } = readFlags(tokenise(["--hidden", "8", "--episodes=3"]), flags, "try");
  expect(valuesOf(values, schema)).toEqual({
    learningRate: 0.01,
    hidden: [8],
    baseline: "none",
    discountWeight: false,
    episodes: 3,
    out: undefined,
  });
});

test("what follows -- is a word, and a value may begin with a dash behind =", () => {
  expect(read("one", "--out=--there", "--", "--hidden")).toEqual({
    words: ["one", "--hidden"],
    values: { out: "--there" },
  });
});

test("words and flags may come in any order, with = or without", () => {
  expect(
    read("--learning-rate", "1e-3", "one", "--hidden=32,32", "two", "--discount-weight", "--env.g", "-9.81"),
  ).toEqual({
    words: ["one", "two"],
    values: { "learning-rate": 0.001, hidden: [32, 32], "discount-weight": true, "env.g": -9.81 },
  });
});

test("a flag is switched off with =false or with no-; the last one counts", () => {
  expect(read("--discount-weight=false").values).toEqual({ "discount-weight": false });
  expect(read("--discount-weight", "--no-discount-weight").values).toEqual({ "discount-weight": false });
});

test("`none` is a network without hidden layers", () => {
  expect(read("--hidden", "none").values).toEqual({ hidden: [] });
});

test.each([
  [
    ["--lerning-rate", "1"],
    /^--lerning-rate is not an option of ascent try\. Did you mean --learning-rate\?\nAllowed: --learning-rate --hidden .* --env\.g --import$/,
  ],
  [["--learning-rate=x"], /^--learning-rate: got "x", allowed is a number of at least 0$/],
  [["--learning-rate", "NaN"], /got "NaN"/],
  [["--learning-rate", "0x10"], /got "0x10"/],
  [["--learning-rate"], /^--learning-rate needs a value: a number of at least 0$/],
  [["--out", "--episodes", "3"], /^--out needs a value: a folder$/],
  [["--episodes", "1.5"], /^--episodes: got 1\.5, allowed is a whole number of at least 1$/],
  [["--baseline", "valu"], /^--baseline: got "valu", allowed is one of none, value\. Did you mean value\?$/],
  [["--hidden", "8,,8"], /^--hidden: got "8,,8"/],
  [["--discount-weight=maybe"], /^--discount-weight: got "maybe", allowed is true or false$/],
  [["--constructor"], /^--constructor is not an option/],
  [["-l"], /^-l is not an option/],
])("%j is refused in words", (args, message) => {
  expect(() => read(...args)).toThrow(message);
});
