/** Imports a user's module, in JavaScript or TypeScript. */

import { spawnSync } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { FileError } from "../file-error.js";
import { importTypeScript } from "./import-typescript.js";

const imported = new Map<string, Promise<object>>();

/**
 * Imports the file at an absolute path or a `file:` address, once in each thread, and returns what it exports.
 * @throws FileError naming the file, the reason and the line, if it can't be loaded or throws
 */
export async function importModule(file: string): Promise<object> {
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  const address = pathToFileURL(path).href;
  const loading = imported.get(path) ?? (/\.[mc]?ts$/.test(path) ? importTypeScript(path) : import(address));
  imported.set(path, loading);
  try {
    return await loading;
  } catch (error) {
    throw error instanceof FileError ? error : new FileError(path, `the import failed: ${reason(error, path)}`, error);
  }
}

/** The message of an error, with the line of the file that threw it. */
function reason(error: unknown, path: string): string {
  if (!(error instanceof Error)) return `it threw ${String(error)}`;
  const { name, message } = error;
  const where = whereIn(path, error) || (error instanceof SyntaxError ? whereUnreadable(path) : "");
  return `${name}: ${message}${where}${hintFor(message)}`;
}

/** The line of JavaScript that can't be read. The error of an import has none, but that of `node --check` begins with it. */
function whereUnreadable(path: string): string {
  if (!/\.[mc]?js$/.test(path)) return "";
  const { stderr } = spawnSync(process.execPath, ["--check", path], { encoding: "utf8" });
  const line = /^.*:(\d+)$/m.exec(stderr.split("\n")[0])?.[1];
  return line === undefined ? "" : ` (line ${line})`;
}

/** The line of a file in which an error arose, as ` (line 3)`; nothing if it arose elsewhere. */
export function whereIn(path: string, error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const line = /^:(\d+)/.exec(stack.split(path)[1] ?? "")?.[1];
  return line === undefined ? "" : ` (line ${line})`;
}

function hintFor(message: string): string {
  if (message.includes("Cannot find package 'ascent'")) return ". It has to be installed there: npm install ascent";
  if (message.includes("outside a module")) return '. Name it .mjs or .mts, or set "type": "module" in package.json';
  return "";
}
