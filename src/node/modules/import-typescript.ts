/**
 * Imports TypeScript with the tools that the user has: a Node that strips types (22.18 and later), or the `esbuild` of
 * their project, which may come with `tsx`. Ascent depends on neither.
 */

import { closeSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { threadId } from "node:worker_threads";
import { codeOf, FileError, fileError } from "../file-error.js";
import { openAnew, removeQuietly } from "../write-file.js";
import { findPackage } from "./find-module.js";

/** The part of `esbuild` used here. */
interface Esbuild {
  buildSync(options: Readonly<Record<string, unknown>>): { readonly outputFiles: readonly { readonly text: string }[] };
}

/** Whether TypeScript in this folder can be imported. */
export function runsTypeScript(folder: string): boolean {
  return stripsTypes() || findTool(resolve(folder)) !== undefined;
}

/** Whether this Node runs TypeScript by itself. */
function stripsTypes(): boolean {
  return "typescript" in process.features && process.features.typescript !== false;
}

/** Returns what the module exports. @throws FileError if no tool that runs TypeScript is found, and whatever the module throws */
export async function importTypeScript(path: string): Promise<object> {
  const esbuild = findTool(dirname(path));
  if (esbuild !== undefined && !stripsTypes()) return importBundled(esbuild, path);
  try {
    return await importFile(path);
  } catch (error) {
    if (esbuild !== undefined && isBeyondNode(error)) return importBundled(esbuild, path);
    if (codeOf(error) !== "ERR_UNKNOWN_FILE_EXTENSION") throw error;
    const problem = `this is TypeScript, which Node ${process.version} does not run by itself`;
    throw new FileError(path, `${problem}. Use Node 22.18 or later, or: npm install --save-dev tsx`, error);
  }
}

/**
 * Whether Node refused the file before it ran any of it, because stripping types is not enough: an enum, `./track.js` for
 * a file `track.ts`, or a module in a CommonJS package.
 */
function isBeyondNode(error: unknown): boolean {
  if (["ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX", "ERR_MODULE_NOT_FOUND"].includes(codeOf(error) ?? "")) return true;
  return error instanceof SyntaxError && error.message.includes("outside a module");
}

/** The `esbuild` of a folder, or of the one in which the program runs. */
function findTool(folder: string): string | undefined {
  return findEsbuild(folder) ?? findEsbuild(process.cwd());
}

function findEsbuild(folder: string): string | undefined {
  const tsx = findPackage("tsx", folder);
  return findPackage("esbuild", folder) ?? (tsx && findPackage("esbuild", dirname(tsx)));
}

function importFile(path: string): Promise<object> {
  return import(pathToFileURL(path).href);
}

/** Bundles the file with its relative imports, and imports the bundle from the same folder, so that packages resolve alike. */
async function importBundled(esbuild: string, path: string): Promise<object> {
  const { buildSync }: Esbuild = await import(pathToFileURL(esbuild).href);
  const bundle = buildSync({
    entryPoints: [path],
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: `node${process.versions.node}`,
    sourcemap: "inline",
    write: false,
    logLevel: "silent",
  });
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}-${threadId}.mjs`);
  try {
    const file = openAnew(beside);
    try {
      writeFileSync(file, bundle.outputFiles[0].text);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw fileError(beside, "the compiled module can't be written", error);
  }
  try {
    // With source maps, errors name lines of the source.
    process.setSourceMapsEnabled(true);
    return await importFile(beside);
  } finally {
    removeQuietly(beside);
  }
}
