import { expect, test } from "vitest";
import { isGone } from "./outputs.js";

const open = (fd: number): boolean => fd !== 1;

test.each([
  [
    "closed in the meantime",
    [
      { isTTY: true, fd: 0 },
      { isTTY: true, fd: 1 },
    ],
    true,
  ],
  [
    "still open",
    [
      { isTTY: true, fd: 0 },
      { isTTY: true, fd: 2 },
    ],
    false,
  ],
  ["that never was one", [{ fd: 1 }, { isTTY: false, fd: 1 }], false],
])("a terminal %s", (_, streams, gone) => {
  expect(isGone(streams, open)).toBe(gone);
});
