import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { FileError } from "./file-error.js";
import { writeAtomically, writeShared } from "./write-file.js";

const failing = vi.hoisted(() => ({ at: "" }));

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const guarded =
    (name: "writeFileSync" | "fsyncSync" | "renameSync") =>
    (...args: never[]): unknown => {
      if (failing.at === name) throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
      return (fs[name] as (...args: never[]) => unknown)(...args);
    };
  const replaced = {
    writeFileSync: guarded("writeFileSync"),
    fsyncSync: guarded("fsyncSync"),
    renameSync: guarded("renameSync"),
  };
  return { ...fs, ...replaced };
});

const folder = (): string => mkdtempSync(join(tmpdir(), "ascent-"));

test("a file is replaced as a whole and nothing is left beside it", () => {
  const place = folder();
  const path = join(place, "a.bin");
  writeAtomically(path, "first, and longer");
  writeAtomically(path, new Uint8Array([1, 2, 3]));
  expect([...readFileSync(path)]).toEqual([1, 2, 3]);
  expect(readdirSync(place)).toEqual(["a.bin"]);
});

test.each(["writeFileSync", "fsyncSync", "renameSync"])(
  "a full disk during %s leaves the old content unchanged, and the error names it",
  (call) => {
    const place = folder();
    const path = join(place, "a.bin");
    writeFileSync(path, "old");
    failing.at = call;
    try {
      expect(() => writeAtomically(path, "new")).toThrow(
        new FileError(path, "can't be written: the disk is full (ENOSPC)"),
      );
    } finally {
      failing.at = "";
    }
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(place)).toEqual(["a.bin"]);
  },
);

test("a folder in the file's place is an error that says so", () => {
  const path = join(folder(), "a.bin");
  mkdirSync(path);
  expect(() => writeAtomically(path, "new")).toThrow(/a\.bin: can't be written: it is a folder \(EISDIR\)/);
});

test.skipIf(process.platform === "win32")(
  "symbolic links in the places of both files are replaced, not followed",
  () => {
    const place = folder();
    const other = join(place, "letter");
    const path = join(place, "a.bin");
    writeFileSync(other, "dear");
    for (const link of [path, `${path}.partial`]) symlinkSync(other, link);
    writeAtomically(path, "new");
    expect([readFileSync(path, "utf8"), lstatSync(path).isSymbolicLink()]).toEqual(["new", false]);
    expect(readFileSync(other, "utf8")).toBe("dear");
    expect(readdirSync(place).sort()).toEqual(["a.bin", "letter"]);
  },
);

test("a file that others may be writing is replaced without a touch of what they are writing", () => {
  const place = folder();
  const path = join(place, "results.json");
  writeFileSync(`${path}.partial`, "another machine");
  writeFileSync(`${path}.node-3.1234.partial`, "a third one");
  writeShared(path, "ours");
  expect(readFileSync(path, "utf8")).toBe("ours");
  expect(readdirSync(place).sort()).toEqual([
    "results.json",
    "results.json.node-3.1234.partial",
    "results.json.partial",
  ]);
});
