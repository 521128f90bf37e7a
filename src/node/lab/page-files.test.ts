import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readPage } from "./page-files.js";

it("reads the files of a page by their addresses, and leaves out links, hidden files and other types", () => {
  const folder = mkdtempSync(join(tmpdir(), "ascent-page-"));
  mkdirSync(join(folder, "assets"));
  for (const name of ["index.html", "assets/a b.js", ".env", "assets/notes.md", "assets/old.js.map"])
    writeFileSync(join(folder, name), name);
  if (process.platform !== "win32") symlinkSync("/etc/passwd", join(folder, "assets/link.txt"));
  const page = readPage(folder);
  expect([...page.keys()].sort()).toEqual(["/", "/assets/a%20b.js", "/index.html"]);
  expect(page.get("/")).toMatchObject({ bytes: Buffer.from("index.html"), type: "text/html; charset=utf-8" });
});

it("says that there is no page, and how it is made", () => {
  const folder = mkdtempSync(join(tmpdir(), "ascent-page-"));
  for (const nothing of [folder, join(folder, "none")])
    expect(() => readPage(nothing)).toThrow(`${nothing}: the page of the lab is not there. In a clone: npm run build`);
});
