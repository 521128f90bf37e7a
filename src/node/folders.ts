/** Makes and names folders. */

import { mkdirSync, statSync } from "node:fs";
import { fileError } from "./file-error.js";

/** Makes a folder, and those around it, where they are not there yet. @throws FileError */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw fileError(folder, "the folder can't be made", error);
  }
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** What comes of the first of `runs/name`, `runs/name-2`, `runs/name-3` … that can be taken. */
export function firstFree<T>(first: string, take: (folder: string) => T | undefined): T {
  for (let number = 1; ; number++) {
    const taken = take(number === 1 ? first : `${first}-${number}`);
    if (taken !== undefined) return taken;
  }
}

/** A text as the name of a file or a folder, with a dash for each character that may mean something there. */
export function asFileName(text: string): string {
  return text.replaceAll(/[^\w.-]/g, "-");
}
