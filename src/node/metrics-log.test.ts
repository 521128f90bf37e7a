import { appendFileSync, existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { someUpdate as update } from "../../test/some-update.js";
import type { Update } from "../training/types.js";
import { partCount, partPath, readMetrics } from "./metrics.js";
import { MetricsLog } from "./metrics-log.js";
import { encodeUpdate } from "./update-line.js";

const disk = vi.hoisted(() => ({ room: Number.POSITIVE_INFINITY }));

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const writeSync = (file: number, bytes: Uint8Array): number => {
    if (disk.room === 0) throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    const written = fs.writeSync(file, bytes, 0, Math.min(bytes.length, disk.room));
    disk.room -= written;
    return written;
  };
  return { ...fs, writeSync };
});

const path = (): string => join(mkdtempSync(join(tmpdir(), "ascent-")), "metrics.jsonl");

const start = { update: 0, episodes: 0, averageReturn: Number.NaN };
const LINE = encodeUpdate(update(1)).length + 1;

/** A log with these updates, in parts of so many bytes. */
function logOf(updates: readonly Update[], partBytes?: number): string {
  const place = path();
  const log = MetricsLog.open(place, start, partBytes);
  for (const one of updates) log.append(one);
  log.sync();
  log.close();
  return place;
}

test("what was appended is read back in order", () => {
  const updates = [update(1), update(2), update(3)];
  expect(readMetrics(logOf(updates))).toEqual(updates);
});

test("opening at an earlier update cuts off what came after it, so that it can be written again", () => {
  const place = logOf([update(1), update(2), update(3)]);
  const log = MetricsLog.open(place, update(2));
  log.append(update(3, 0.125));
  log.sync();
  log.close();
  expect(readMetrics(place)).toEqual([update(1), update(2), update(3, 0.125)]);
});

test("an update without an episode is kept", () => {
  const before = { ...update(1), episodes: 0, returns: [], lengths: [], lastSteps: [], averageReturn: Number.NaN };
  const place = logOf([
    before,
    { ...before, update: 2 },
    { ...update(3), episodes: 2, returns: [], lengths: [], lastSteps: [] },
  ]);
  MetricsLog.open(place, { ...before, update: 2 }).close();
  expect(readMetrics(place)).toEqual([before, { ...before, update: 2 }]);
});

test("a line that was cut by a kill is removed", () => {
  const place = logOf([update(1)]);
  const whole = readFileSync(place, "utf8");
  appendFileSync(place, '{"update":2,"epi');
  MetricsLog.open(place, update(1)).close();
  expect(readFileSync(place, "utf8")).toBe(whole);
});

test("a log that ends before the checkpoint is an error that says where it ends, and stays as it is", () => {
  const place = logOf([update(1), update(2)]);
  const whole = readFileSync(place, "utf8");
  expect(() => MetricsLog.open(place, update(3))).toThrow(
    `${place}: ends at update 2, but the checkpoint beside it is at 3: lines are missing`,
  );
  expect(readFileSync(place, "utf8")).toBe(whole);
});

test("a log whose line is not that of the checkpoint's update is of another run, and stays as it is", () => {
  const place = logOf([update(1), update(2)]);
  const whole = readFileSync(place, "utf8");
  expect(() => MetricsLog.open(place, { ...update(1), averageReturn: 8.5 })).toThrow(
    `${place}, line 1: is of another run than the checkpoint beside it: 2 episodes and an average of 9 here, 2 episodes and an average of 8.5 there`,
  );
  expect(() => MetricsLog.open(place, { ...update(1), episodes: 3 })).toThrow(/3 episodes and an average of 9 there/);
  expect(readFileSync(place, "utf8")).toBe(whole);
});

test("a log has no holes", () => {
  const log = MetricsLog.open(path(), start);
  log.append(update(1));
  expect(() => log.append(update(3))).toThrow(
    /^training\.updates: got 2, allowed is 1, as many as the log has\. Advance the saved run itself/,
  );
  expect(() => log.requireAll(2)).toThrow(/^training\.updates: got 2/);
  log.requireAll(1);
  log.close();
});

test("a line that would make a part too long begins the next part", () => {
  const updates = [1, 2, 3, 4, 5].map((n) => update(n));
  const place = logOf(updates, 2 * LINE);
  const linesOf = (part: number) => readFileSync(partPath(place, part), "utf8").split("\n").length - 1;
  expect([partCount(place), linesOf(1), linesOf(2), linesOf(3)]).toEqual([3, 2, 2, 1]);
  expect(readMetrics(place)).toEqual(updates);
});

test.each([0, 1, 2, 3, 4, 5])("a log in parts that is opened at update %d is continued to the same bytes", (n) => {
  const updates = [1, 2, 3, 4, 5].map((k) => update(k));
  const place = logOf(updates, 2 * LINE);
  const bytes = () => [1, 2, 3].map((part) => readFileSync(partPath(place, part), "utf8"));
  const whole = bytes();
  const log = MetricsLog.open(place, n === 0 ? start : update(n), 2 * LINE);
  expect(partCount(place)).toBe(Math.max(1, Math.ceil(n / 2)));
  for (const one of updates.slice(n)) log.append(one);
  log.sync();
  log.close();
  expect(bytes()).toEqual(whole);
});

test("a disk that fills up in the middle of a line and is emptied leaves a whole log", () => {
  const place = path();
  const log = MetricsLog.open(place, start);
  log.append(update(1));
  disk.room = 30;
  try {
    expect(() => log.flush()).toThrow(/metrics\.jsonl: can't be written: the disk is full \(ENOSPC\)/);
  } finally {
    disk.room = Number.POSITIVE_INFINITY;
  }
  log.append(update(2));
  log.sync();
  log.close();
  expect(readMetrics(place)).toEqual([update(1), update(2)]);
});

test.skipIf(process.platform === "win32")("a symbolic link in the log's place is not followed", () => {
  const place = path();
  const other = `${place}-of-someone`;
  writeFileSync(other, "a letter");
  symlinkSync(other, place);
  expect(() => MetricsLog.open(place, start)).toThrow(
    /metrics\.jsonl: can't be opened for writing: it is a symbolic link, which is not followed \(ELOOP\)/,
  );
  expect(readFileSync(other, "utf8")).toBe("a letter");
  expect(existsSync(partPath(place, 2))).toBe(false);
});
