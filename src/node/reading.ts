/** Reads from a disk, with errors that name the path. */

import { readdirSync } from "node:fs";
import { codeOf, fileError } from "./file-error.js";

/** The result of some work that reads what is at a path. @throws FileError naming it */
export function reading<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw fileError(path, "can't be read", error);
  }
}

/** The same; undefined where there is nothing at the path. @throws FileError naming it */
export function readingIfThere<T>(path: string, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw fileError(path, "can't be read", error);
  }
}

/** The names in a folder; none if there is no such folder. @throws FileError */
export function namesIn(folder: string): string[] {
  return readingIfThere(folder, () => readdirSync(folder)) ?? [];
}

/** The value of a text in JSON; undefined if it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
