import { expect, test } from "vitest";
import { read } from "../../test/golden/read.js";
import { MOST_DIMENSIONS, scrambledSobol, sobol } from "./sobol.js";

const golden = read<Readonly<Record<string, readonly number[]>>>("sobol");

test("the plain sequence is SciPy's, in every dimension", () => {
  const places = Array.from({ length: MOST_DIMENSIONS }, (_, d) => sobol(d));
  for (const [i, values] of Object.entries(golden))
    expect([i, places.map((place) => place(Number(i)) * 2 ** 30)]).toEqual([i, values]);
});

test("scrambled points lie one in each of 64 equal parts", () => {
  for (const seed of [0, 1])
    for (const dimension of [0, 1, 20]) {
      const place = scrambledSobol(dimension, seed);
      const values = Array.from({ length: 64 }, (_, i) => place(i));
      expect(new Set(values.map((value) => Math.floor(value * 64))).size).toBe(64);
    }
});

test("scrambled points are even in two dimensions at once: one of 64 in each cell of 8 × 8", () => {
  const [x, y] = [scrambledSobol(0, 7), scrambledSobol(1, 7)];
  const cells = Array.from({ length: 64 }, (_, i) => 8 * Math.floor(8 * x(i)) + Math.floor(8 * y(i)));
  expect(new Set(cells).size).toBe(64);
});

test("a seed, a dimension and an index give one place", () => {
  expect([0, 1, 2].map(scrambledSobol(1, 0))).toEqual([0.46323941578157246, 0.5120035207364708, 0.10584936500526965]);
  expect(scrambledSobol(1, 1)(0)).not.toBe(scrambledSobol(1, 0)(0));
});
