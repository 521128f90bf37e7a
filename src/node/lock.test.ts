import { mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import os, { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { lockHolder, takeLock } from "./lock.js";

const folder = (): string => mkdtempSync(join(tmpdir(), "ascent-"));
/** Above the largest process number on Linux. */
const NOBODY = 2 ** 22 + 1;

test("a folder is locked by one process until that process unlocks it", () => {
  const place = folder();
  const lock = takeLock(place);
  expect(lockHolder(place)).toEqual({ pid: process.pid, host: undefined });
  expect(() => takeLock(place)).toThrow(`process ${process.pid} is at work in this folder`);
  lock.release();
  expect(lockHolder(place)).toBeUndefined();
  expect(readdirSync(place)).toEqual([]);
});

test.skipIf(process.platform === "win32")("a symbolic link in the place of a lock's own file is not followed", () => {
  const place = folder();
  const other = join(folder(), "letter");
  writeFileSync(other, "dear");
  symlinkSync(other, join(place, `lock.${os.hostname()}.${process.pid}`));
  takeLock(place).release();
  expect(readFileSync(other, "utf8")).toBe("dear");
  expect(readdirSync(place)).toEqual([]);
});

test("the lock of a dead process is taken over", () => {
  const place = folder();
  writeFileSync(join(place, "lock"), JSON.stringify({ pid: NOBODY, began: "1" }));
  expect(lockHolder(place)).toBeUndefined();
  takeLock(place);
  expect(lockHolder(place)).toEqual({ pid: process.pid, host: undefined });
  expect(readdirSync(place)).toEqual(["lock"]);
});

test.runIf(process.platform === "linux")(
  "a process number that was reused by another process does not hold the lock",
  () => {
    const place = folder();
    writeFileSync(join(place, "lock"), JSON.stringify({ pid: process.pid, began: "1" }));
    expect(lockHolder(place)).toBeUndefined();
    takeLock(place).release();
  },
);

/** From here on, this machine has another name. */
function moveTo(host: string): void {
  vi.spyOn(os, "hostname").mockReturnValue(host);
  syncBuiltinESMExports();
}
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

/** Lets the lock of a folder, and the time of this process, be so many seconds old. */
function age(place: string, seconds: number): void {
  const then = Date.now() / 1000 - seconds;
  utimesSync(join(place, "lock"), then, then);
}

test("the lock of another machine counts for a minute after it was written, and is then taken over", () => {
  const place = folder();
  moveTo("ada");
  takeLock(place);
  moveTo("bob");
  age(place, 50);
  expect(lockHolder(place)).toEqual({ pid: process.pid, host: "ada" });
  const told = `process ${process.pid} of ada is at work in this folder; wait for it or stop it. If it is dead, its lock counts for 60 seconds`;
  expect(() => takeLock(place)).toThrow(told);
  age(place, 61);
  expect(lockHolder(place)).toBeUndefined();
  takeLock(place);
  expect(lockHolder(place)).toEqual({ pid: process.pid, host: undefined });
  expect(readdirSync(place)).toEqual(["lock"]);
});

test("the age of a lock is judged by the clock of the file system, not by that of this machine", () => {
  const place = folder();
  moveTo("ada");
  takeLock(place);
  moveTo("bob");
  vi.useFakeTimers({ now: Date.now() + 3_600_000, toFake: ["Date"] });
  expect(lockHolder(place)).toEqual({ pid: process.pid, host: "ada" });
  expect(() => takeLock(place)).toThrow("of ada is at work in this folder");
  expect(readdirSync(place)).toEqual(["lock"]);
});

test("a holder that goes on with its work renews its lock", () => {
  const place = folder();
  vi.useFakeTimers({ toFake: ["performance"] });
  const lock = takeLock(place);
  age(place, 50);
  vi.advanceTimersByTime(4000);
  lock.refresh();
  expect(Date.now() - statSync(join(place, "lock")).mtimeMs).toBeGreaterThan(49_000);
  vi.advanceTimersByTime(1000);
  lock.refresh();
  expect(Date.now() - statSync(join(place, "lock")).mtimeMs).toBeLessThan(10_000);
});

test("a holder whose lock was taken over is told so at every later sign of life, and does not unlock the folder", () => {
  const place = folder();
  vi.useFakeTimers({ toFake: ["performance"] });
  moveTo("ada");
  const lost = takeLock(place);
  age(place, 61);
  moveTo("bob");
  takeLock(place);
  moveTo("ada");
  vi.advanceTimersByTime(5000);
  for (let time = 0; time < 2; time++)
    expect(() => lost.refresh()).toThrow("another machine has taken over this folder");
  lost.release();
  expect(lockHolder(place)).toEqual({ pid: process.pid, host: "bob" });
});

test("a lock without a machine, of an earlier version, counts as of this one", () => {
  const place = folder();
  writeFileSync(join(place, "lock"), JSON.stringify({ pid: process.pid, began: null }));
  expect(lockHolder(place)).toEqual({ pid: process.pid, host: undefined });
  expect(() => takeLock(place)).toThrow(`process ${process.pid} is at work in this folder`);
});

test("a foreign lock file is not removed, and the error names it", () => {
  const place = folder();
  writeFileSync(join(place, "lock"), "hello");
  expect(() => takeLock(place)).toThrow(/lock: is not a lock of Ascent: "hello"/);
  expect(readFileSync(join(place, "lock"), "utf8")).toBe("hello");
});
