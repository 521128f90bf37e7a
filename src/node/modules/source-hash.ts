/** A digest of a user's module, so that a machine with another version of it is noticed. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, extname, relative, resolve, sep } from "node:path";
import { reading } from "../reading.js";
import { isFile } from "./find-module.js";

/** What follows `from`, `import` or `require`, where it is a relative path. */
const RELATIVE = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["'](\.{1,2}\/[^"'\n]*)["']/g;
/** TypeScript imports `./track.js` for a file `track.ts`. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
  "": [".ts", ".js", "/index.ts", "/index.js"],
};
/** Other files, such as addons, are part of the digest, but have no imports. */
const HAS_IMPORTS = /\.[mc]?[jt]sx?$/;

/**
 * SHA-256 of a module and of all that it imports by relative paths, with their places as seen from it. Packages are not part of
 * it, nor are paths that the code computes.
 *
 * @throws FileError if the module can't be read
 */
export function sourceHash(path: string): string {
  const root = dirname(path);
  const name = (file: string): string => relative(root, file).split(sep).join("/");
  const hash = createHash("sha256");
  const files = [...sourcesOf(path)].sort(([a], [b]) => (name(a) < name(b) ? -1 : 1));
  for (const [file, content] of files) {
    const digest = createHash("sha256").update(content).digest("hex");
    hash.update(`${name(file)} ${digest}\n`);
  }
  return hash.digest("hex");
}

/** The contents of a module and of its relative imports, by path. */
function sourcesOf(path: string, found: Map<string, Buffer> = new Map()): Map<string, Buffer> {
  const content = reading(path, () => readFileSync(path));
  found.set(path, content);
  if (!HAS_IMPORTS.test(path)) return found;
  for (const [, specifier] of content.toString("utf8").matchAll(RELATIVE)) {
    const imported = fileOf(resolve(dirname(path), specifier));
    if (imported !== undefined && !found.has(imported)) sourcesOf(imported, found);
  }
  return found;
}

/** The file of an import. What looks like one, but is none, as in a comment, has no file. */
function fileOf(path: string): string | undefined {
  const ending = extname(path) in SOURCES ? extname(path) : "";
  const stem = path.slice(0, path.length - ending.length);
  return [path, ...SOURCES[ending].map((other) => stem + other)].find(isFile);
}
