import { expect, it } from "vitest";
import { defaultRng } from "../../random/index.js";
import { characterTokenizer } from "../tokenizers/characters.js";
import { judged, pairOf, readPreferences, writePreferences } from "./preferences.js";

const a = { prompt: "p", response: "a" };
const b = { prompt: "p", response: "b" };

it("are judged with probability σ(2 (g(a) − g(b))), turned round by the noise", () => {
  const gold = ({ response }: { response: string }) => (response === "a" ? 0.5 : 0);
  const share = (noise: number): number => {
    const rng = defaultRng(1);
    const chosen = Array.from({ length: 20_000 }, () => judged([a, b], { gold, noise }, rng).chosen);
    return chosen.filter((text) => text === "a").length / chosen.length;
  };
  const p = 1 / (1 + Math.exp(-1));
  // Four standard errors.
  expect(Math.abs(share(0) - p)).toBeLessThan(0.0126);
  expect(Math.abs(share(0.1) - (0.9 * p + 0.1 * (1 - p)))).toBeLessThan(0.0138);
});

it("are written and read as lines of JSON", () => {
  const preferences = [{ prompt: "p", chosen: "a\n", rejected: "“b”" }];
  expect(readPreferences(writePreferences(preferences))).toEqual(preferences);
  expect(readPreferences('\n{"prompt":"p","chosen":"a","rejected":"b","score":1}\n')).toEqual([
    { prompt: "p", chosen: "a", rejected: "b" },
  ]);
  expect(() => readPreferences('{"prompt":"p"}')).toThrow("line 1");
  expect(() => readPreferences(`${writePreferences(preferences)}{`)).toThrow("line 2");
});

it("become tokens with an end, but for a response that fills the context", () => {
  const tokenizer = characterTokenizer("pab");
  const { end } = tokenizer;
  const [p, x, y] = tokenizer.encode("pab");
  const preference = { prompt: "p", chosen: "ab", rejected: "b" };
  expect(pairOf(preference, tokenizer, 9)).toEqual({ prompt: [p], chosen: [x, y, end], rejected: [y, end] });
  expect(pairOf(preference, tokenizer, 3)).toEqual({ prompt: [p], chosen: [x, y], rejected: [y, end] });
});
