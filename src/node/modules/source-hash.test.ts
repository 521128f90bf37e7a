import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sourceHash } from "./source-hash.js";

function filled(files: Readonly<Record<string, string>>): string {
  const place = mkdtempSync(join(tmpdir(), "ascent-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(place, name, ".."), { recursive: true });
    writeFileSync(join(place, name), text);
  }
  return place;
}

const files = {
  "walk.ts":
    'import { track } from "./parts/track.js";\nimport "ascent";\nexport * from "./sky";\n// from "./nothing.js"\n',
  "parts/track.ts": 'import type { Walk } from "../walk.js";\nexport const track = import("./far.mjs");\n',
  "parts/far.mjs": "export const far = 1;\n",
  "sky.ts": "export {};\n",
  "other.ts": "export {};\n",
};
const hashOf = (changed: Readonly<Record<string, string>>): string =>
  sourceHash(join(filled({ ...files, ...changed }), "walk.ts"));

test("the digest of a module is the same wherever it lies, and whatever lies beside it", () => {
  expect(hashOf({})).toMatch(/^[0-9a-f]{64}$/);
  expect(hashOf({ "other.ts": "changed" })).toBe(hashOf({}));
});

test.each(["walk.ts", "parts/track.ts", "parts/far.mjs", "sky.ts"] as const)(
  "the digest of a module changes with %s, which it imports or is",
  (name) => {
    expect(hashOf({ [name]: `${files[name]} ` })).not.toBe(hashOf({}));
  },
);

test("a module that is gone is an error that names it", () => {
  const path = join(filled({}), "walk.ts");
  expect(() => sourceHash(path)).toThrow(`${path}: can't be read: there is no such file or folder (ENOENT)`);
});
