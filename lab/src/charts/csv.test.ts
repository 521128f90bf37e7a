import { expect, it } from "vitest";
import { csvOf } from "./csv.js";

it("has all data of all runs, with all digits", () => {
  const text = csvOf([
    {
      run: "to-go",
      columns: [
        ["steps", [10, 20]],
        ["return", Float64Array.of(0.1 + 0.2, Number.NaN)],
      ],
    },
    {
      run: 'a, "b"',
      columns: [
        ["steps", [7]],
        ["entropy", [0.5]],
      ],
    },
  ]);
  expect(text.split("\r\n")).toEqual([
    "run,steps,return,entropy",
    "to-go,10,0.30000000000000004,",
    "to-go,20,,",
    '"a, ""b""",7,,0.5',
    "",
  ]);
});
