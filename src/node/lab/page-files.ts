/**
 * The files of the built page, read once at the start. An address is looked up in this map, so no path is ever made from a
 * request.
 */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { codeOf, FileError, fileError } from "../file-error.js";

export interface PageFile {
  readonly bytes: Buffer;
  readonly type: string;
  /** The digest of its bytes, for browsers that have the file already. */
  readonly tag: string;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
  ".safetensors": "application/octet-stream",
};

const START = "index.html";

/**
 * Reads the page in a folder: addresses such as `/assets/lab.js` and their files. `/` is `index.html`. Links, names that
 * begin with a dot, and files of other types are left out.
 *
 * @throws FileError if there is no page
 */
export function readPage(folder: string): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  try {
    collect(folder, "/", files);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw fileError(folder, "the page of the lab can't be read", error);
  }
  const start = files.get(`/${START}`);
  if (start === undefined) throw new FileError(folder, "the page of the lab is not there. In a clone: npm run build");
  return files.set("/", start);
}

function collect(folder: string, address: string, files: Map<string, PageFile>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const { name } = entry;
    const path = join(folder, name);
    if (name.startsWith(".")) continue;
    if (entry.isDirectory()) collect(path, `${address}${encodeURIComponent(name)}/`, files);
    else if (entry.isFile() && typeOf(name) !== undefined)
      files.set(address + encodeURIComponent(name), pageFile(name, readFileSync(path)));
  }
}

/** A file of this name and these bytes. */
export function pageFile(name: string, bytes: Buffer): PageFile {
  const tag = `"${createHash("sha256").update(bytes).digest("base64url")}"`;
  return { bytes, type: typeOf(name) ?? "application/octet-stream", tag };
}

function typeOf(name: string): string | undefined {
  return TYPES[extname(name).toLowerCase()];
}
