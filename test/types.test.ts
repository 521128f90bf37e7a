/** Sources, tests, examples and pages compile. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { complaints } from "./compiler.js";
import { pagePrograms } from "./page-programs.js";
import { root } from "./root.js";

const folder = "build/types";
let said: string[];

// The compiler runs once for all: code of the pages, compiled alone, would have it read and check the library again.
beforeAll(async () => {
  rmSync(join(root, folder), { recursive: true, force: true });
  mkdirSync(join(root, folder), { recursive: true });
  for (const { name, code } of pagePrograms()) writeFileSync(join(root, folder, `${name}.ts`), `export {};\n${code}`);
  const { include } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8")) as { include: string[] };
  const config = { extends: "../../tsconfig.json", include: ["*.ts", ...include.map((path) => `../../${path}`)] };
  writeFileSync(join(root, folder, "tsconfig.json"), JSON.stringify(config));
  // What explains an error follows it, indented.
  said = (await complaints(`${folder}/tsconfig.json`)).trimEnd().split(/\n(?=\S)/);
});
afterAll(() => rmSync(join(root, folder), { recursive: true, force: true }));

const isOfPages = (error: string): boolean => error.startsWith(`${folder}/`);

it("TypeScript accepts sources, tests, examples and type tests", () => {
  expect(said.filter((error) => !isOfPages(error)).join("\n")).toBe("");
});

it("TypeScript accepts the code on the pages, which may leave names unused", () => {
  const unused = /error TS(6133|6192|6196|6198|6199):/;
  expect(said.filter((error) => isOfPages(error) && !unused.test(error))).toEqual([]);
});
