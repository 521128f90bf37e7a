import { describe, expect, it } from "vitest";
import { defaultRng } from "../../random/index.js";
import { gae, returnsToGo, wholeEpisodeReturns } from "../../rollout/returns.js";
import { SHIFTS, type Shift, type Steps, shiftedGae } from "./credit.js";
import { segmentsOf } from "./episodes.js";
import { inspect } from "./inspect.js";

const gamma = 0.9;
const lambda = 0.8;
const rng = defaultRng(5);
const numbers = (n: number): Float64Array => Float64Array.from({ length: n }, () => rng.standardNormal());
const ended = Uint8Array.from({ length: 24 }, (_, t) => Number(t === 6 || t === 13 || t === 20));
/** Step 13 was cut by a time limit; the batch ends within an episode. */
const flags = {
  terminated: ended.map((end, t) => (t === 13 ? 0 : end)),
  truncated: ended.map((end, t) => (t === 13 ? end : 0)),
};
const rewards = numbers(24);
const values = numbers(24);
const finalValues = [9, 2, 9, 3];
const segments = segmentsOf({ rewards, ...flags }) ?? [];
const steps: Steps = { rewards, values, segments, finalValues: Float64Array.of(0, 2, 0, 3), gamma };
const shifts = Object.keys(SHIFTS) as Shift[];

/** The codes for these advantages, normalised as many loops do. */
function codes(advantages: Float64Array): string[] {
  const given = { rewards, ...flags, values, finalValues, advantages: advantages.map((value) => 2 * value - 1) };
  return inspect({ gamma, lambda })
    .update(given)
    .map(({ code }) => code);
}

describe("the advantages that the doctor computes", () => {
  it("are those of GAE where no flag is shifted", () => {
    expect(segments.map(({ end }) => end)).toEqual([7, 14, 21, 24]);
    const right = gae(rewards, values, segments, { gamma, lambda, finalValues: [0, 2, 0, 3] });
    shiftedGae(steps, lambda, "right", "right").forEach((value, t) => void expect(value).toBeCloseTo(right[t], 12));
    expect(codes(right)).toEqual([]);
  });

  it.each(shifts.flatMap((value) => shifts.map((carry) => [value, carry] as const)))(
    "name flags of the bootstrap seen %s and of the sum seen %s",
    (value, carry) => {
      const right = value === "right" && carry === "right";
      expect(codes(shiftedGae(steps, lambda, value, carry))).toEqual(right ? [] : ["done-misplaced"]);
    },
  );

  it("name 0 after a time limit", () => {
    const dead = { ...steps, finalValues: Float64Array.of(0, 0, 0, 3) };
    expect(codes(shiftedGae(dead, lambda, "right", "right"))).toEqual(["truncation-as-death"]);
  });

  it("are those of each copy where several copies follow each other, cut by the end of the batch", () => {
    const copies = [0, 12].map((start) => ({ start, end: start + 12, terminated: false, truncated: false }));
    const right = gae(rewards, values, copies, { gamma, lambda, finalValues: [4, 3] });
    const given = { rewards, segments: copies, values, finalValues: [4, 3] };
    const named = (advantages: Float64Array) => inspect({ gamma, lambda }).update({ ...given, advantages });
    expect(named(right)).toEqual([]);
    const whole = returnsToGo(rewards, copies, gamma, [4, 3]);
    expect(named(wholeEpisodeReturns(whole, copies))).toEqual([]);
  });

  it("leave other numbers alone", () => {
    expect(codes(numbers(24))).toEqual([]);
  });
});
