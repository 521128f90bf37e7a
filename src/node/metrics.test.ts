import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { someUpdate as update } from "../../test/some-update.js";
import type { Update } from "../training/types.js";
import { partCount, partPath, readInSlices, readMetrics, streamMetrics } from "./metrics.js";
import { encodeUpdate } from "./update-line.js";

const path = (): string => join(mkdtempSync(join(tmpdir(), "ascent-")), "metrics.jsonl");

const lines = (updates: readonly Update[]): string => updates.map((one) => `${encodeUpdate(one)}\n`).join("");

test("parts after the first have a number in their name", () => {
  expect([1, 2, 3].map((number) => partPath("/a.b/metrics.jsonl", number))).toEqual([
    "/a.b/metrics.jsonl",
    "/a.b/metrics-2.jsonl",
    "/a.b/metrics-3.jsonl",
  ]);
});

test("a log is read through all of its parts, in order, and without the line that a kill has cut", () => {
  const place = path();
  expect(readMetrics(place)).toEqual([]);
  writeFileSync(place, lines([update(1), update(2)]));
  writeFileSync(partPath(place, 2), `${lines([update(3)])}{"update":4,"epi`);
  expect(partCount(place)).toBe(2);
  expect(readMetrics(place)).toEqual([update(1), update(2), update(3)]);
});

test("a line longer than a piece of reading, and its neighbours, arrive whole", () => {
  const place = path();
  const long = { ...update(2), returns: Array(200_000).fill(-1.5) };
  writeFileSync(place, lines([update(1), long, update(3)]));
  expect(readMetrics(place)).toEqual([update(1), long, update(3)]);
});

test("a reader that stops early gets no error from what comes later", () => {
  const place = path();
  writeFileSync(place, `${lines([update(1)])}nonsense\n`);
  for (const one of streamMetrics(place)) {
    expect(one).toEqual(update(1));
    break;
  }
  expect(() => readMetrics(place)).toThrow(`${place}, line 2: is not the record of an update`);
});

test("reading in slices pauses, and ends when it is told to", async () => {
  const place = path();
  writeFileSync(place, lines(Array.from({ length: 50 }, (_, i) => update(i + 1))));
  const slow = (): void => {
    for (const start = performance.now(); performance.now() - start < 5; );
  };
  let taken = 0;
  let ticks = 0;
  const ticking = setInterval(() => ticks++, 1);
  const take = (): void => {
    taken++;
    slow();
  };
  expect(await readInSlices(place, take, () => ticks > 0)).toBe(false);
  clearInterval(ticking);
  expect(taken).toBeLessThan(50);
  taken = 0;
  expect(
    await readInSlices(
      place,
      () => taken++,
      () => true,
    ),
  ).toBe(true);
  expect(taken).toBe(50);
});
