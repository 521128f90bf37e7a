import { describe, expect, it } from "vitest";
import { read } from "../../test/golden/read.js";
import { RewardScaling } from "./reward-scaling.js";

interface Golden {
  readonly gamma: number;
  readonly rewards: readonly (readonly number[])[];
  readonly dones: readonly (readonly number[])[];
  readonly scaled: readonly (readonly number[])[];
}

describe("rewards", () => {
  it("are scaled as VecNormalize scales them (`test/golden/normalise.py`), step by step, ends and outliers included", () => {
    const { gamma, rewards, dones, scaled } = read<Golden>("normalise");
    const scaling = new RewardScaling(3, gamma);
    const out = new Float64Array(3);
    rewards.forEach((row, t) => {
      scaling.scale(Float64Array.from(row), out);
      out.forEach((value, copy) => void expect(value).toBeCloseTo(scaled[t][copy], 9));
      dones[t].forEach((done, copy) => void (done === 1 && scaling.end(copy)));
    });
    expect(Math.max(...scaled.flat().map(Math.abs))).toBe(10);
  });

  it("keep their sign and their zero", () => {
    const scaling = new RewardScaling(1, 0.99);
    const out = new Float64Array(1);
    const signs = [-5, 0, 3, -1, 8].map((reward) => {
      scaling.scale(Float64Array.of(reward), out);
      return Math.sign(out[0]);
    });
    expect(signs).toEqual([-1, 0, 1, -1, 1]);
  });

  it("go on exactly from the state of a checkpoint", () => {
    const one = new RewardScaling(2, 0.9);
    const other = new RewardScaling(2, 0.9);
    const a = new Float64Array(2);
    const b = new Float64Array(2);
    for (const reward of [3, -1, 4]) one.scale(Float64Array.of(reward, -reward), a);
    const saved = one.state();
    expect(saved.map(([name]) => name)).toEqual(["mean", "variance", "count", "returns"]);
    other.state().forEach(([, values], i) => void values.set(saved[i][1]));
    one.scale(Float64Array.of(2, 5), a);
    other.scale(Float64Array.of(2, 5), b);
    expect(b).toEqual(a);
  });
});
