import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { type Place, readText } from "./open-file.js";

let outside: string;
let place: Place;
beforeEach(() => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ascent-open-")));
  outside = join(folder, "outside");
  place = { path: join(folder, "runs/x"), name: "runs/x" };
  for (const path of [outside, place.path]) mkdirSync(path, { recursive: true });
  writeFileSync(join(outside, "run.json"), "secret");
});
const read = (): string | undefined => readText(place, "run.json", 10);

describe.skipIf(process.platform === "win32")("a file of a run folder", () => {
  it("is read if it is a plain file, and is undefined if there is none", () => {
    expect(read()).toBeUndefined();
    writeFileSync(join(place.path, "run.json"), "text");
    expect(read()).toBe("text");
  });

  it("is refused if it is a link, also to another file of the folder", () => {
    symlinkSync(join(outside, "run.json"), join(place.path, "run.json"));
    expect(read).toThrow("runs/x/run.json: is a symbolic link, which the lab does not follow");
    expect(() => readText(place, "run.json", 10)).toThrow("symbolic link");
  });

  it("is refused if it is a pipe, a folder or a device, without waiting for it", () => {
    execFileSync("mkfifo", [join(place.path, "run.json")]);
    expect(read).toThrow("runs/x/run.json: is a pipe, a socket or a device");
    mkdirSync(join(place.path, "folder"));
    expect(() => readText(place, "folder", 10)).toThrow("runs/x/folder: is a folder");
    expect(() => readText({ path: "/dev", name: "dev" }, "null", 10)).toThrow("is a pipe, a socket or a device");
  });

  it("is refused if the folder has been replaced by a link to another", () => {
    renameSync(place.path, `${place.path}-before`);
    symlinkSync(outside, place.path);
    expect(read).toThrow("runs/x: is not where it was");
  });

  it("is refused if it is longer than it may be", () => {
    writeFileSync(join(place.path, "run.json"), "x".repeat(11));
    expect(read).toThrow("runs/x/run.json: has 11 bytes, and more than 10 are not read");
  });
});
