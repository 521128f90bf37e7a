import { expect, it } from "vitest";
import { goAlong } from "./along.js";

/** Where keys lead to, one after another, among three things. */
function after(...keys: string[]): number | undefined {
  let at: number | undefined;
  for (const key of keys) goAlong(key, { count: 3, at, go: (to) => void (at = to) });
  return at;
}

it("leads to both sides, and no further than the ends", () => {
  expect([after("ArrowRight"), after("ArrowRight", "ArrowRight"), after("End", "ArrowRight")]).toEqual([0, 1, 2]);
  expect([after("ArrowLeft"), after("Home", "ArrowLeft"), after("End", "Escape")]).toEqual([2, 0, undefined]);
});

it("leaves other keys alone, and all of them where there is nothing", () => {
  const go = (): never => {
    throw new Error("nowhere to go");
  };
  expect(goAlong("Tab", { count: 3, at: 0, go })).toBe(false);
  expect(goAlong("ArrowRight", { count: 0, at: undefined, go })).toBe(false);
});
