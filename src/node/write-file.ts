/** Atomic writes: after a kill, a crash or a full disk, a file has either its old content or the new. */

import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileError } from "./file-error.js";

/** The suffix of a file that is being written. A leftover one belongs to a process that died. */
export const PARTIAL = ".partial";

/**
 * Replaces `path`: the content is written beside it, synced, and renamed over it. The folder is synced too, as a rename
 * survives a power cut only then. On failure the old content is untouched and nothing half-written remains.
 * @throws FileError naming the path
 */
export function writeAtomically(path: string, content: Uint8Array | string): void {
  const partial = path + PARTIAL;
  try {
    const file = openSync(partial, "w");
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(partial, path);
    syncFolder(dirname(path));
  } catch (error) {
    removeQuietly(partial);
    throw fileError(path, "can't be written", error);
  }
}

/** Makes new names in a folder durable. Windows neither allows this nor needs it. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Removes a path after a failure, without an error of its own that would hide that failure. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // The error to report is the one that led here.
  }
}
