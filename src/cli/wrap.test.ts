import { expect, it } from "vitest";
import { wrap, wrapFor } from "./wrap.js";

it("breaks lines between words, and never inside a flag or a path", () => {
  expect(wrap("--learning-rate: got runs/a-long-name here", 20)).toEqual([
    "--learning-rate: got",
    "runs/a-long-name",
    "here",
  ]);
  expect(wrap("a\nb c", 3)).toEqual(["a", "b c"]);
});

it("wraps messages for a terminal, and leaves those for a file alone", () => {
  expect(wrapFor({ isTTY: true, columns: 6 }, "one two three")).toBe("one\ntwo\nthree");
  expect(wrapFor({}, "one two three")).toBe("one two three");
});
