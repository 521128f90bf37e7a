import { describe, expect, it } from "vitest";
import type { Segment } from "../rollout/batch.js";
import { BASELINES } from "./baselines.js";

/** Episodes of these lengths, one after another. */
function episodes(...lengths: number[]): Segment[] {
  let end = 0;
  return lengths.map((length) => {
    end += length;
    return { start: end - length, end, terminated: true, truncated: false };
  });
}

/** Episodes of 3, 1 and 2 steps. */
const returns = Float64Array.of(6, 3, 3, 8, 1, 3);
const three = episodes(3, 1, 2);

describe("a baseline of the returns", () => {
  it("none is 0", () => {
    expect(BASELINES.none(returns, three)).toEqual(new Float64Array(6));
  });
  it("mean is the mean over all steps of the batch", () => {
    expect(BASELINES.mean(returns, three)).toEqual(Float64Array.of(4, 4, 4, 4, 4, 4));
  });
  it("leave-one-out is the mean over the steps of the other episodes", () => {
    expect(BASELINES["leave-one-out"](returns, three)).toEqual(Float64Array.of(4, 4, 4, 16 / 5, 5, 5));
  });
  it("episode-mean is the mean over the steps of the same episode", () => {
    expect(BASELINES["episode-mean"](returns, three)).toEqual(Float64Array.of(4, 4, 4, 8, 2, 2));
  });
  it("of a single episode is its mean for both means", () => {
    const one = Float64Array.of(5, 1);
    expect(BASELINES.mean(one, episodes(2))).toEqual(Float64Array.of(3, 3));
    expect(BASELINES["episode-mean"](one, episodes(2))).toEqual(Float64Array.of(3, 3));
  });
  it("leaves the returns as they are", () => {
    for (const baseline of Object.values(BASELINES)) baseline(returns, three);
    expect([...returns]).toEqual([6, 3, 3, 8, 1, 3]);
  });
});
