/**
 * TypeScript, imported by what the user has: a Node that strips types (22.18 and later), or else the `tsx` or `esbuild`
 * of their project. None of these is a dependency of ours.
 */

import { writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { threadId } from "node:worker_threads";
import { codeOf, FileError, fileError } from "../file-error.js";
import { removeQuietly } from "../write-file.js";
import { findPackage } from "./find-module.js";

/** The part of `tsx/esm/api` that is used. */
interface Tsx {
  register(): unknown;
}
/** The part of `esbuild` that is used. */
interface Esbuild {
  buildSync(options: Readonly<Record<string, unknown>>): { readonly outputFiles: readonly { readonly text: string }[] };
}

/** @throws FileError where nothing here runs TypeScript; and whatever the module throws */
export async function importTypeScript(path: string): Promise<void> {
  if (stripsTypes()) {
    try {
      await importFile(path);
      return;
    } catch (error) {
      // Enums, parameter properties and decorators are more than Node strips. Nothing of the module has run yet.
      if (codeOf(error) !== "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX" || toolFor(path) === undefined) throw error;
    }
  }
  const tool = toolFor(path);
  if (tool !== undefined) return tool();
  try {
    await importFile(path);
  } catch (error) {
    if (codeOf(error) !== "ERR_UNKNOWN_FILE_EXTENSION") throw error;
    const problem = `is TypeScript, which Node ${process.version} does not run by itself`;
    throw new FileError(path, `${problem}. Use Node 22.18 or later, or: npm install --save-dev tsx`, error);
  }
}

function stripsTypes(): boolean {
  return "typescript" in process.features && process.features.typescript !== false;
}

async function importFile(path: string): Promise<void> {
  await import(pathToFileURL(path).href);
}

function toolFor(path: string): (() => Promise<void>) | undefined {
  const tsx = findTool("tsx/esm/api", path);
  if (tsx !== undefined) return () => importByTsx(tsx, path);
  const esbuild = findTool("esbuild", path);
  return esbuild === undefined ? undefined : () => importByEsbuild(esbuild, path);
}

/** A package as the user's project has it: for the file's folder, or for the one that they work in. */
function findTool(name: string, path: string): string | undefined {
  return findPackage(name, dirname(path)) ?? findPackage(name, process.cwd());
}

async function importByTsx(tsx: string, path: string): Promise<void> {
  const { register }: Tsx = await import(pathToFileURL(tsx).href);
  register();
  await importFile(path);
}

/** Bundles the file with what it imports by paths, and imports that from the same folder, where packages resolve alike. */
async function importByEsbuild(esbuild: string, path: string): Promise<void> {
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
    writeFileSync(beside, bundle.outputFiles[0].text);
  } catch (error) {
    throw fileError(beside, "the compiled module can't be written", error);
  }
  try {
    // Errors name lines of the source.
    process.setSourceMapsEnabled(true);
    await importFile(beside);
  } finally {
    removeQuietly(beside);
  }
}
