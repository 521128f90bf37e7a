import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { matcher, pathsOf } from "./run-patterns.js";

test("a star stands for any characters and a question mark for one, within a name", () => {
  const names = ["a", "ab", "abc", "abab", ".a", "a*"];
  const matching = (pattern: string) => names.filter(matcher(pattern));
  expect(matching("*")).toEqual(["a", "ab", "abc", "abab", "a*"]);
  expect(matching("a?")).toEqual(["ab", "a*"]);
  expect(matching("a*b")).toEqual(["ab", "abab"]);
  expect(matching("*b*")).toEqual(["ab", "abc", "abab"]);
  expect(matching("ab*ab")).toEqual(["abab"]);
  expect(matching("abc")).toEqual(["abc"]);
  expect(matching(".*")).toEqual([".a"]);
});

test("a pattern of many stars is matched at once", () => {
  expect(matcher(`${"a*".repeat(40)}b`)("a".repeat(200))).toBe(false);
});

test("patterns are expanded in every part of a path, in order; one that matches nothing is an error", () => {
  const place = mkdtempSync(join(tmpdir(), "ascent-"));
  for (const name of ["x/ppo-2", "x/ppo-1", "y/ppo-3", "y/reinforce"])
    mkdirSync(join(place, name), { recursive: true });
  expect(pathsOf(join(place, "?/ppo-*"))).toEqual(["x/ppo-1", "x/ppo-2", "y/ppo-3"].map((name) => join(place, name)));
  expect(pathsOf(join(place, "y"))).toEqual([join(place, "y")]);
  expect(() => pathsOf(join(place, "z*"))).toThrow(/^run: got ".*z\*", allowed is a run, a sweep, or a folder of runs/);
});
