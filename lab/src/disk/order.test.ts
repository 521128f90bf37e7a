import { expect, test } from "vitest";
import type { DiskSweep } from "./folders.js";
import { grouped, ordered } from "./order.js";
import { someRun } from "./some-run.js";

const runs = [
  someRun({ id: "a", name: "seed10", seed: "10", averageReturn: null, sweep: "s" }),
  someRun({ id: "b", name: "seed9", seed: "9", averageReturn: 5 }),
  someRun({ id: "c", name: "seed2", seed: "2", averageReturn: 7, sweep: "s" }),
];
const sweeps = new Map([
  ["s", { id: "s", changed: 1 } as DiskSweep],
  ["t", { id: "t", changed: 2 } as DiskSweep],
]);
const idsOf = (some: readonly { id: string }[]): string => some.map(({ id }) => id).join("");

test("names and seeds are ordered as numbers, and what is missing stands last in either direction", () => {
  expect(idsOf(ordered(runs, { by: "name", down: false }))).toBe("cba");
  expect(idsOf(ordered(runs, { by: "seed", down: true }))).toBe("abc");
  expect(idsOf(ordered(runs, { by: "mean", down: false }))).toBe("bca");
  expect(idsOf(ordered(runs, { by: "mean", down: true }))).toBe("cba");
});

test("runs stand under their sweep, and the others after them", () => {
  const names = (open: boolean, all: boolean): string[] =>
    grouped(runs, sweeps, () => open, all).map((row) =>
      row.kind === "run" ? row.run.id : (row.sweep?.id ?? "single"),
    );
  expect(names(true, true)).toEqual(["t", "s", "a", "c", "single", "b"]);
  expect(names(false, false)).toEqual(["s", "single", "b"]);
  expect(grouped(runs, new Map(), () => true, true).every(({ kind }) => kind === "run")).toBe(true);
});
