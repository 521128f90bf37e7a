/** Writing files so that a kill, a crash or a full disk at any moment leaves either the old content or the new. */

import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileError } from "./file-error.js";

/** What a file is called while it is being written; one that is found later was left by a process that died. */
export const PARTIAL = ".partial";

/**
 * Replaces `path` as a whole: written beside it, synced, renamed over it, and the folder synced, for a rename survives a
 * power cut only then. On failure what was there before is untouched and nothing half-written remains.
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

/** For clean-up after a failure, which must not hide that failure behind its own. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // The failure that led here is the one to report.
  }
}
