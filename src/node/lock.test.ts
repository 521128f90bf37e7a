import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lockHolder, takeLock } from "./lock.js";

const folder = (): string => mkdtempSync(join(tmpdir(), "ascent-"));
/** Above the largest process number on Linux. */
const NOBODY = 2 ** 22 + 1;

test("a folder is locked by one process until that process unlocks it", () => {
  const place = folder();
  const unlock = takeLock(place);
  expect(lockHolder(place)).toBe(process.pid);
  expect(() => takeLock(place)).toThrow(`process ${process.pid} is at work in this folder`);
  unlock();
  expect(lockHolder(place)).toBeUndefined();
  expect(readdirSync(place)).toEqual([]);
});

test.skipIf(process.platform === "win32")("a symbolic link in the place of a lock's own file is not followed", () => {
  const place = folder();
  const other = join(folder(), "letter");
  writeFileSync(other, "dear");
  symlinkSync(other, join(place, `lock.${process.pid}`));
  takeLock(place)();
  expect(readFileSync(other, "utf8")).toBe("dear");
  expect(readdirSync(place)).toEqual([]);
});

test("the lock of a dead process is taken over", () => {
  const place = folder();
  writeFileSync(join(place, "lock"), JSON.stringify({ pid: NOBODY, began: "1" }));
  expect(lockHolder(place)).toBeUndefined();
  takeLock(place);
  expect(lockHolder(place)).toBe(process.pid);
  expect(readdirSync(place)).toEqual(["lock"]);
});

test.runIf(process.platform === "linux")(
  "a process number that was reused by another process does not hold the lock",
  () => {
    const place = folder();
    writeFileSync(join(place, "lock"), JSON.stringify({ pid: process.pid, began: "1" }));
    expect(lockHolder(place)).toBeUndefined();
    takeLock(place)();
  },
);

test("a foreign lock file is not removed, and the error names it", () => {
  const place = folder();
  writeFileSync(join(place, "lock"), "hello");
  expect(() => takeLock(place)).toThrow(/lock: is not a lock of Ascent: "hello"/);
  expect(readFileSync(join(place, "lock"), "utf8")).toBe("hello");
});
