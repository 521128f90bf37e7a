import { expect, it } from "vitest";
import { evacuate, heapUsed } from "../kernels/heap.js";
import { defaultRng, type Generator, SeedSequence } from "./index.js";

/** A few draws of every kind, enough to tell two streams apart. */
const sample = (rng: Generator): unknown[] => [
  rng.integers(0, 10),
  rng.random(),
  rng.standardNormal(3),
  rng.integers(0, 100, 5),
  rng.exponential(2),
  rng.permutation(6),
  rng.choice(["a", "b", "c"], { size: 4, p: [0.2, 0.3, 0.5] }),
  rng.spawn(1)[0].random(),
];

it("a restored generator continues exactly from the snapshot, even in the middle of a 64-bit draw", () => {
  for (const before of [0, 1, 2, 3]) {
    const rng = defaultRng([2n ** 100n, 5]);
    rng.spawn(2);
    for (let i = 0; i < before; i++) rng.integers(0, 10);
    const text = JSON.stringify(rng.snapshot());
    expect(JSON.parse(text).spare === null).toBe(before % 2 === 0);
    const expected = sample(rng);
    const other = defaultRng(1);
    other.restore(JSON.parse(text));
    expect(other.snapshot()).toEqual(JSON.parse(text));
    expect(sample(other)).toEqual(expected);
  }
});

it("a child's snapshot remembers which child it is", () => {
  const child = defaultRng(9).spawn(3)[2];
  child.spawn(4);
  const again = defaultRng(0);
  again.restore(child.snapshot());
  expect(again.spawn(1)[0].random()).toBe(child.spawn(1)[0].random());
});

it("a reseeded generator equals a new one", () => {
  const rng = defaultRng(5);
  sample(rng);
  rng.reseed(6);
  expect(sample(rng)).toEqual(sample(defaultRng(6)));
});

it("fills the caller's array, even one longer than a batch", () => {
  const out = new Float64Array(2500);
  const rng = defaultRng(4);
  expect(rng.random(out)).toBe(out);
  const one = defaultRng(4);
  expect(Array.from(out)).toEqual(Array.from({ length: 2500 }, () => one.random()));
  expect(rng.snapshot()).toEqual(one.snapshot());
});

it("draws the same when the heap is evacuated between any two draws", () => {
  const calm = defaultRng(11);
  const moved = defaultRng(11);
  for (let i = 0; i < 20; i++) {
    evacuate();
    expect(moved.random(3)).toEqual(calm.random(3));
    expect(moved.integers(0, 7)).toBe(calm.integers(0, 7));
  }
});

it("a million generators in a row leave no memory behind", () => {
  let most = 0;
  let sum = 0;
  const start = process.memoryUsage().rss;
  for (let i = 0; i < 1_000_000; i++) {
    sum += defaultRng(i).random();
    if (i % 1000 === 0) most = Math.max(most, heapUsed());
  }
  expect(sum / 1_000_000).toBeCloseTo(0.5, 2);
  expect(most).toBeLessThan(17 * 2 ** 20);
  expect(process.memoryUsage().rss - start).toBeLessThan(400 * 2 ** 20);
});

it.each<[string, () => unknown]>([
  ["seed", () => defaultRng(-1)],
  ["seed", () => defaultRng(0.5)],
  ["seed", () => defaultRng(2 ** 53)],
  ["seed", () => defaultRng(-(2n ** 70n))],
  ["seed", () => defaultRng([1, Number.NaN])],
  ["seed", () => defaultRng("7" as never)],
  ["seed", () => defaultRng(undefined as never)],
  ["spawnKey", () => new SeedSequence(1, { spawnKey: [-1] })],
  ["n", () => new SeedSequence(1).spawn(-1)],
  ["n", () => new SeedSequence(1).generateState(1.5)],
  ["dtype", () => new SeedSequence(1).generateState(1, "uint16" as never)],
  ["size", () => defaultRng(1).random(-1)],
  ["size", () => defaultRng(1).standardNormal(2.5)],
  ["uniform", () => defaultRng(1).uniform(3, 1)],
  ["uniform", () => defaultRng(1).uniform(-1e308, 1e308)],
  ["uniform", () => defaultRng(1).uniform(0, Number.NaN)],
  ["integers", () => defaultRng(1).integers(0)],
  ["integers", () => defaultRng(1).integers(5, 5)],
  ["integers", () => defaultRng(1).integers(0, 1.5)],
  ["integers", () => defaultRng(1).integers(-(2 ** 53) + 1, 2 ** 53 - 1)],
  ["normal", () => defaultRng(1).normal(0, -1)],
  ["normal", () => defaultRng(1).normal(Number.NaN, 1)],
  ["exponential", () => defaultRng(1).exponential(-1)],
  ["permutation", () => defaultRng(1).permutation(-3)],
  ["choice", () => defaultRng(1).choice(0)],
  ["choice", () => defaultRng(1).choice([])],
  ["choice", () => defaultRng(1).choice(2.5)],
  ["choice.size", () => defaultRng(1).choice(3, { size: 4, replace: false })],
  ["choice.size", () => defaultRng(1).choice(3, { size: -1 })],
  ["choice.p", () => defaultRng(1).choice(2, { p: [1] })],
  ["choice.p", () => defaultRng(1).choice(2, { p: [0.5, 0.4] })],
  ["choice.p", () => defaultRng(1).choice(2, { p: [1.5, -0.5] })],
  ["choice.p", () => defaultRng(1).choice(2, { p: [Number.NaN, 1] })],
  ["choice.p", () => defaultRng(1).choice(3, { p: [1, 0, 0], size: 2, replace: false })],
  ["generator.state", () => defaultRng(1).restore(null)],
  ["generator.state", () => defaultRng(1).restore({ ...defaultRng(1).snapshot(), state: "12" })],
  ["generator.increment", () => defaultRng(1).restore({ ...defaultRng(1).snapshot(), increment: 7 })],
  ["generator.increment", () => defaultRng(1).restore({ ...defaultRng(1).snapshot(), increment: "0".repeat(32) })],
  ["generator.spare", () => defaultRng(1).restore({ ...defaultRng(1).snapshot(), spare: -1 })],
  [
    "generator.seed.entropy",
    () => defaultRng(1).restore({ ...defaultRng(1).snapshot(), seed: { spawnKey: [], spawned: 0 } }),
  ],
])("an impossible %s is an error that names it (%#)", (field, attempt) => {
  expect(attempt).toThrow(expect.objectContaining({ name: "ConfigError", field }));
});

it("accepts the limits of the allowed ranges", () => {
  const rng = defaultRng(1);
  expect(rng.integers(5, 5, undefined, { endpoint: true })).toBe(5);
  expect(rng.integers(0, 1, 3)).toEqual(Float64Array.of(0, 0, 0));
  expect(rng.uniform(2, 2)).toBe(2);
  expect(rng.normal(3, 0)).toBe(3);
  expect(rng.random(0)).toEqual(new Float64Array(0));
  expect(rng.choice(0, { size: 0 })).toEqual(new Int32Array(0));
});
