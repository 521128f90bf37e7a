import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ticksAround, ticksWithin } from "./ticks.js";

describe("labels", () => {
  const around = (low: number, high: number): readonly string[] => ticksAround(low, high, 4).labels;
  it("are round and have as many decimals as the step needs", () => {
    expect(around(0, 1)).toEqual(["0", "0.5", "1.0"]);
    expect(around(9, 500)).toEqual(["0", "200", "400", "600"]);
    expect(around(-0.031, 0.02)).toEqual(["-0.04", "-0.02", "0", "0.02"]);
    expect(around(0.25, 0.3)).toEqual(["0.24", "0.26", "0.28", "0.30"]);
  });
  it("of large numbers are in thousands, millions, billions; very large and very small ones are in powers of ten", () => {
    expect(around(0, 30_000)).toEqual(["0", "10k", "20k", "30k"]);
    expect(around(0, 1_500_000)).toEqual(["0", "0.5M", "1.0M", "1.5M"]);
    expect(around(2.5e9, 3e9)).toEqual(["2.4G", "2.6G", "2.8G", "3.0G"]);
    expect(around(0, 3e20)).toEqual(["0", "1e20", "2e20", "3e20"]);
    expect(around(0, 3e-7)).toEqual(["0", "1e-7", "2e-7", "3e-7"]);
    expect(around(1e6, 1e6 + 3)).toEqual(["1000000", "1000001", "1000002", "1000003"]);
  });
});

const interval = fc
  .tuple(fc.double({ min: -1e300, max: 1e300, noNaN: true }), fc.double({ min: -12, max: 300, noNaN: true }))
  .map(
    ([low, exponent]) =>
      [low, low + Math.max(Math.abs(low) * 1e-9, Number(`1e${Math.round(Math.min(exponent, 299))}`))] as const,
  );

it("any interval gets 2 to about `most` ticks that rise, lie inside or enclose it, and have distinct labels", () => {
  fc.assert(
    fc.property(interval, fc.integer({ min: 0, max: 20 }), ([low, high], most) => {
      const within = ticksWithin(low, high, most);
      const around = ticksAround(low, high, most);
      const slack = (high - low) * 1e-6;
      expect(within.values.length).toBeGreaterThanOrEqual(2);
      expect(within.values.length).toBeLessThanOrEqual(Math.max(most, 6));
      expect(around.values.length).toBeLessThanOrEqual(Math.max(most, 6) + 2);
      expect(within.values[0]).toBeGreaterThanOrEqual(low - slack);
      expect(within.values.at(-1)).toBeLessThanOrEqual(high + slack);
      expect(around.values[0]).toBeLessThanOrEqual(low + slack);
      expect(around.values.at(-1)).toBeGreaterThanOrEqual(high - slack);
      for (const { values, labels } of [within, around]) {
        expect(values.every((value, i) => i === 0 || value > values[i - 1])).toBe(true);
        expect(new Set(labels).size).toBe(values.length);
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});
