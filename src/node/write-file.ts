/** Atomic writes: after a kill, a crash or a full disk, a file has either its old or its new content. */

import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { codeOf, fileError } from "./file-error.js";
import { processName } from "./machine.js";

/** The suffix of a file while it is written. A leftover file with it comes from a process that died. */
export const PARTIAL = ".partial";

/**
 * Replaces `path`: writes the content to a file beside it, syncs it, and renames it. The folder is synced too, because
 * otherwise a power cut could undo the rename. On failure the old content is unchanged, and no partial file remains.
 *
 * @throws FileError naming the path
 */
export function writeAtomically(path: string, content: Uint8Array | string): void {
  replace(path, path + PARTIAL, content);
}

/**
 * As `writeAtomically`, for a file that other processes, also on other machines, may be writing at this moment. The last one stays.
 *
 * @throws FileError naming the path
 */
export function writeShared(path: string, content: Uint8Array | string): void {
  replace(path, `${path}.${processName()}${PARTIAL}`, content);
}

function replace(path: string, partial: string, content: Uint8Array | string): void {
  try {
    const file = openAnew(partial);
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

/**
 * As `writeAtomically`, but only if there is nothing at `path`. Returns whether there was nothing.
 *
 * @throws FileError naming the path
 */
export function writeOnce(path: string, content: string): boolean {
  const partial = `${path}.${processName()}${PARTIAL}`;
  try {
    writeAtomically(partial, content);
    // `link` never replaces a file.
    linkSync(partial, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw fileError(path, "can't be written", error);
  } finally {
    removeQuietly(partial);
  }
}

/**
 * Opens a file that isn't there yet for writing, and removes what is there. In a folder of somebody else, that may be a
 * symbolic link: it is removed, not followed. A link that comes in the meantime is an error (EEXIST).
 */
export function openAnew(path: string): number {
  rmSync(path, { force: true });
  return openSync(path, "wx");
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

/** Removes a path after a failure. It throws nothing, so that the first error is the one reported. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // The caller reports the first error.
  }
}
