import { expect, test } from "vitest";
import { importanceOf, type ScoredCell } from "./importance.js";

function grid(score: (a: number, b: number) => readonly number[]): ScoredCell[] {
  return [1, 2].flatMap((a) => [10, 20, 30].map((b) => ({ settings: { a, b }, scores: score(a, b) })));
}

const shares = (cells: readonly ScoredCell[], names = ["a", "b"]) =>
  importanceOf(names, cells)?.effects.map(({ settings, share }) => [settings.join("×"), Number(share.toFixed(6))]);

test("a score that is a sum is explained by its terms alone: 6·(±1)² and 2·(4 + 0 + 4) of 22", () => {
  expect(shares(grid((a, b) => [2 * a + b / 5]))).toEqual([
    ["b", Number((16 / 22).toFixed(6))],
    ["a", Number((6 / 22).toFixed(6))],
    ["a×b", 0],
  ]);
});

test("a score that is a product of centred settings is explained by neither alone", () => {
  expect(shares(grid((a, b) => [(a - 1.5) * (b - 20)]))).toEqual([
    ["a×b", 1],
    ["a", 0],
    ["b", 0],
  ]);
});

test("what seeds explain is the share of squares within cells", () => {
  // Between cells: 3 · (0.5² + 0.5²) · 2 runs = 3. Within: 6 · (1 + 1) = 12.
  const found = importanceOf(
    ["a", "b"],
    grid((a) => [a - 1, a + 1]),
  );
  expect(found?.seeds).toBeCloseTo(12 / 15, 12);
  expect(found?.effects[0]).toMatchObject({ settings: ["a"], degrees: 1 });
  // F = (3/1)/(12/6) = 1.5 with 1 and 6 degrees of freedom: p = 0.2666 (scipy.stats.f.sf).
  expect(found?.effects[0].probability).toBeCloseTo(0.26656, 4);
});

test("with one seed a cell there is no probability, and without a difference no importance", () => {
  expect(
    importanceOf(
      ["a", "b"],
      grid((a) => [a]),
    )?.effects[0].probability,
  ).toBeNaN();
  expect(
    importanceOf(
      ["a"],
      grid(() => [7]),
    ),
  ).toBeUndefined();
  expect(importanceOf(["a"], grid((a) => [a]).slice(0, 1))).toBeUndefined();
});

test("three settings leave the rest to all three together", () => {
  const cells = [0, 1].flatMap((a) =>
    [0, 1].flatMap((b) => [0, 1].map((c) => ({ settings: { a, b, c }, scores: [(a - 0.5) * (b - 0.5) * (c - 0.5)] }))),
  );
  expect(importanceOf(["a", "b", "c"], cells)?.rest).toBe(1);
});

test("of drawn settings the one that matters is found by bins, with its direction", () => {
  const cells = Array.from({ length: 32 }, (_, i) => {
    const rate = ((i * 13) % 32) / 32;
    const idle = ((i * 7) % 32) / 32;
    return { settings: { rate, idle, policy: i % 2 === 0 ? "mlp" : "gru" }, scores: [-100 * rate * rate, -100 * rate] };
  });
  const found = importanceOf(["rate", "idle", "policy"], cells);
  expect(found?.method).toBe("bins");
  const [first, ...others] = found?.effects ?? [];
  expect(first.settings).toEqual(["rate"]);
  expect(first.share).toBeGreaterThan(0.9);
  expect(first.correlation).toBeCloseTo(-1, 12);
  expect(first.probability).toBeLessThan(1e-6);
  for (const { probability } of others) expect(probability).toBeGreaterThan(0.01);
});

test("a setting that some cells don't have counts as a value of its own", () => {
  const cells = [
    { settings: { policy: "mlp" }, scores: [1] },
    { settings: { policy: "gru", memorySize: 8 }, scores: [2] },
    { settings: { policy: "gru", memorySize: 16 }, scores: [3] },
  ];
  const found = importanceOf(["policy", "memorySize"], cells);
  expect(found?.method).toBe("bins");
  expect(found?.effects.map(({ settings }) => settings[0])).toEqual(["memorySize", "policy"]);
});
