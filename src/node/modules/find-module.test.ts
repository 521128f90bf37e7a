import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { findModule } from "./find-module.js";

const place = realpathSync(mkdtempSync(join(tmpdir(), "ascent-")));
const file = (name: string, text = ""): string => {
  const path = join(place, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return path;
};

test("a file is found by its path from the folder, by an absolute path, and by its address", () => {
  const path = file("walk.ts");
  for (const name of ["./walk.ts", "walk.ts", path, pathToFileURL(path).href])
    expect(findModule(name, place)).toBe(path);
});

test("a package is found by its name, whether it is for `require` or for `import` alone", () => {
  file("node_modules/old-envs/package.json", '{ "main": "main.js" }');
  const old = file("node_modules/old-envs/main.js");
  const exports = {
    ".": { types: "./index.d.ts", import: "./index.js" },
    "./hard": { import: { default: "./hard.js" } },
  };
  file("node_modules/@me/new-envs/package.json", JSON.stringify({ exports }));
  for (const name of ["index.js", "hard.js"]) file(`node_modules/@me/new-envs/${name}`);
  expect(findModule("old-envs", place)).toBe(old);
  expect(findModule("@me/new-envs", place)).toBe(join(place, "node_modules/@me/new-envs/index.js"));
  expect(findModule("@me/new-envs/hard", place)).toBe(join(place, "node_modules/@me/new-envs/hard.js"));
  expect(findModule("@me/new-envs/easy", place)).toBeUndefined();
});

test("nothing is found under the name of a folder, a module of Node, or a missing file", () => {
  mkdirSync(join(place, "envs"));
  for (const name of ["./envs", "envs", "fs", "node:fs", "./wlak.ts", "no-such-package", "", "CartPole-v1"])
    expect([name, findModule(name, place)]).toEqual([name, undefined]);
});

test("a name that is longer than any file's is not found", () => {
  expect(findModule(`./${"x".repeat(300)}.ts`, place)).toBeUndefined();
});
