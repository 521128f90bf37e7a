import { expect, test } from "vitest";
import type { Update } from "../training/types.js";
import { decodeUpdate, encodeUpdate } from "./update-line.js";

function update(loss: number): Update {
  const diagnostics = { loss, entropy: 0.25, gradientNorm: 1, learningRate: 0.001 };
  return {
    update: 3,
    episodes: 6,
    steps: 60,
    returns: [3, 9],
    lengths: [3, 9],
    lastSteps: [3, 9],
    averageReturn: 9,
    diagnostics,
  };
}

test("an update is one line of JSON", () => {
  const line =
    '{"update":3,"episodes":6,"steps":60,"returns":[3,9],"lengths":[3,9],"lastSteps":[3,9],"averageReturn":9,' +
    '"diagnostics":{"loss":0.5,"entropy":0.25,"gradientNorm":1,"learningRate":0.001}}';
  expect(encodeUpdate(update(0.5))).toBe(line);
  expect(decodeUpdate(line, "here")).toEqual(update(0.5));
});

test.each([NaN, Infinity, -Infinity, -0])("%s survives, which JSON alone would lose", (loss) => {
  const line = encodeUpdate(update(loss));
  expect(line).toContain(`"loss":"${Object.is(loss, -0) ? "-0" : loss}"`);
  expect(decodeUpdate(line, "here")).toEqual(update(loss));
});

test.each(["nonsense", "{}", "null", '{"update":1.5,"episodes":2}'])("%s is an error that names the place", (line) => {
  expect(() => decodeUpdate(line, "metrics.jsonl, line 2")).toThrow(
    "metrics.jsonl, line 2: is not the record of an update",
  );
});
