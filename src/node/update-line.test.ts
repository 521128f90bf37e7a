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
    info: {},
    diagnostics,
  };
}

test("an update is one line of JSON", () => {
  const line =
    '{"update":3,"episodes":6,"steps":60,"returns":[3,9],"lengths":[3,9],"lastSteps":[3,9],"averageReturn":9,"info":{},' +
    '"diagnostics":{"loss":0.5,"entropy":0.25,"gradientNorm":1,"learningRate":0.001}}';
  expect(encodeUpdate(update(0.5))).toBe(line);
  expect(decodeUpdate(line, "here")).toEqual(update(0.5));
});

test.each([NaN, Infinity, -Infinity])("%s survives as text, which JSON alone would lose", (loss) => {
  const line = encodeUpdate(update(loss));
  expect(line).toContain(`"loss":"${loss}"`);
  expect(decodeUpdate(line, "here")).toEqual(update(loss));
});

test("-0 survives as the number that JSON has for it, and names are left alone", () => {
  const named = { ...update(-0), info: { "-0": -0, 'x"-0': 1 } };
  const line = encodeUpdate(named);
  expect(line).toContain('"info":{"-0":-0,"x\\"-0":1},"diagnostics":{"loss":-0,');
  expect(JSON.parse(line).diagnostics.loss).toBe(-0);
  expect(decodeUpdate(line, "here")).toEqual(named);
});

test("a line of an earlier version is read: -0 was text, and there was no info", () => {
  const line = encodeUpdate(update(-0)).replace('"loss":-0', '"loss":"-0"').replace('"info":{},', "");
  expect(line).not.toBe(encodeUpdate(update(-0)));
  expect(decodeUpdate(line, "here")).toEqual(update(-0));
});

test.each(["nonsense", "{}", "null", '{"update":1.5,"episodes":2}'])("%s is an error that names the place", (line) => {
  expect(() => decodeUpdate(line, "metrics.jsonl, line 2")).toThrow(
    "metrics.jsonl, line 2: is not the record of an update",
  );
});
