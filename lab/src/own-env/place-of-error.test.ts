import { expect, it } from "vitest";
import { lineOf } from "./place-of-error.js";

const lines = [0, 0, 7, 8];

function thrown(stack: string, cause?: unknown): Error {
  return Object.assign(new Error("x", { cause }), { stack });
}

it("reads the stacks of all engines", () => {
  expect(lineOf(thrown("Error: x\n    at step (own-env.js:3:11)\n    at play (own-env.js:4:1)"), lines)).toBe(7);
  expect(lineOf(thrown("step@own-env.js:4:11\nplay@https://host/worker.js:1:9"), lines)).toBe(8);
});

it("takes the line of the first error, not of those about it", () => {
  const first = thrown("TypeError: y\n    at step (own-env.js:4:2)");
  expect(lineOf(thrown("EnvironmentError: x\n    at call (engine.js:9:2)\n    at own-env.js:3:1", first), lines)).toBe(
    8,
  );
});

it("knows no line of what did not come from there", () => {
  expect(lineOf(thrown("Error: x\n    at step (engine.js:3:11)"), lines)).toBeUndefined();
  expect(lineOf("a text", lines)).toBeUndefined();
  expect(lineOf(thrown("at own-env.js:1:1"), lines)).toBeUndefined();
});
