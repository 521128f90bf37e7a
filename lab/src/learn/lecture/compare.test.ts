import { expect, it } from "vitest";
import { compareLines } from "./compare.js";

it("marks the lines that differ from the book's, and those that one of them lacks", () => {
  expect(compareLines("a\nb \n", "a\nb\n")).toEqual([
    { printed: "a", book: undefined },
    { printed: "b", book: undefined },
  ]);
  expect(compareLines("a\nc", "a\nb\nd\n")).toEqual([
    { printed: "a", book: undefined },
    { printed: "c", book: "b" },
    { printed: undefined, book: "d" },
  ]);
  expect(compareLines("", "")).toEqual([]);
});
