import { expect, test } from "vitest";
import { infoNumbers } from "../envs/batched/info-numbers.js";
import { meanInfo } from "./episode-info.js";
import type { Episode } from "./episodes.js";

test("finite numbers of an info count, true as 1 and false as 0; everything else is left out", () => {
  const mask = new Int8Array([1, 0]);
  expect(
    infoNumbers({ score: 2.5, won: true, lost: false, zero: -0, text: "7", none: null, bad: Number.NaN, mask, of: {} }),
  ).toEqual({ score: 2.5, won: 1, lost: 0, zero: 0 });
  expect(infoNumbers({ far: Infinity })).toEqual({});
  expect(infoNumbers(undefined)).toEqual({});
});

test("a name that objects have by themselves is a name like any other", () => {
  const numbers = infoNumbers(JSON.parse('{"__proto__":3,"constructor":4}'));
  expect(JSON.stringify(numbers)).toBe('{"__proto__":3,"constructor":4}');
  const mean = meanInfo([{ return: 0, length: 1, info: numbers }]);
  expect(JSON.stringify(mean)).toBe('{"__proto__":3,"constructor":4}');
});

test("each number is averaged over the episodes that have it", () => {
  const episodes: Episode[] = [
    { return: 0, length: 1, info: { won: 1, score: 4 } },
    { return: 0, length: 1 },
    { return: 0, length: 1, info: { won: 0 } },
  ];
  expect(meanInfo(episodes)).toEqual({ won: 0.5, score: 4 });
  expect(meanInfo([])).toEqual({});
});
