/**
 * A lock, so that only one process at a time works in a run folder, also where several machines share it. A process of this
 * machine holds its lock as long as it lives. Whether one of another machine lives can't be seen from here: it rewrites its
 * lock every few seconds, and a lock that was not rewritten for a minute is taken over.
 */

import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { codeOf, FileError, fileError } from "./file-error.js";
import {
  describeHolder,
  LEASE_MS,
  type LockHolder,
  lives,
  ownText,
  readHolder,
  readText,
  seen,
  writtenAt,
} from "./lock-holder.js";
import { processName } from "./machine.js";
import { openAnew, removeQuietly } from "./write-file.js";

export const LOCK = "lock";

/** Milliseconds between two times that a lock is written. */
const REFRESH_MS = 5000;

/** A lock that this process holds. */
export interface Lock {
  /**
   * Shows other machines that the holder lives. Call it often: it does nothing within five seconds of the
   * last time.
   *
   * @throws FileError if another machine has taken the lock over, since this process gave no sign of life for a minute
   */
  refresh(): void;
  /** Throws nothing, as it also comes after other errors. */
  release(): void;
}

/**
 * Locks `folder` for this process. The lock of a dead process is taken over.
 * @throws FileError if a living process holds it
 */
export function takeLock(folder: string): Lock {
  const path = join(folder, LOCK);
  const own = `${path}.${processName()}`;
  const text = ownText();
  try {
    writeAnew(own, text);
    // `link` is atomic and never replaces a file, so a lock is never seen empty.
    while (!linked(own, path)) removeStale(path, own);
  } catch (error) {
    throw fileError(folder, "can't be locked", error);
  } finally {
    removeQuietly(own);
  }
  return heldLock(folder, text);
}

/** The lock of a folder that was locked under another name and renamed. */
export function movedLock(folder: string): Lock {
  return heldLock(folder, ownText());
}

function heldLock(folder: string, text: string): Lock {
  const path = join(folder, LOCK);
  let refreshed = performance.now();
  let lost = false;
  return {
    refresh() {
      if (!lost && performance.now() - refreshed < REFRESH_MS) return;
      lost = !rewritten(path, text);
      refreshed = performance.now();
      if (lost) {
        const problem = "another machine has taken over this folder, as this process gave no sign of life for a minute";
        throw new FileError(path, problem);
      }
    },
    release() {
      if (isStill(path, text)) removeQuietly(path);
    },
  };
}

/** Whether a lock can be read, and is the one with this text. What another machine has taken over stays. */
function isStill(path: string, text: string): boolean {
  try {
    return readText(path) === text;
  } catch {
    return false;
  }
}

/**
 * Writes a lock again if it is still this one. The file system's clock counts, and only a write asks it: to set the time would
 * use the clock of this machine.
 */
function rewritten(path: string, text: string): boolean {
  try {
    const file = openSync(path, "r+");
    try {
      // Through one handle: what another machine puts in its place in the meantime is not written to.
      if (readFileSync(file, "utf8") !== text) return false;
      writeSync(file, text, 0);
      return true;
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw fileError(path, "can't be written", error);
  }
}

/** The living process that has locked `folder`, or undefined. */
export function lockHolder(folder: string): LockHolder | undefined {
  const path = join(folder, LOCK);
  const holder = readHolder(path);
  return holder !== undefined && lives(holder, path, () => fileClock(path)) ? seen(holder) : undefined;
}

function writeAnew(path: string, text: string): void {
  const file = openAnew(path);
  try {
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Removes the lock of a dead process. `own` was written a moment ago. */
function removeStale(path: string, own: string): void {
  const judged = readText(path);
  const holder = readHolder(path);
  if (holder !== undefined && lives(holder, path, () => writtenAt(own))) {
    const { host } = seen(holder);
    const advice = host === undefined ? "" : `. If it is dead, its lock counts for ${LEASE_MS / 1000} seconds more`;
    throw new FileError(
      path,
      `${describeHolder(seen(holder))} is at work in this folder; wait for it or stop it${advice}`,
    );
  }
  // Another process may have taken over the lock in the meantime. Remove only the lock that was read above.
  const aside = `${own}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  if (readText(aside) !== judged) linked(aside, path);
  rmSync(aside, { force: true });
}

/** The time of the file system; that of this machine where the folder can't be written to. */
function fileClock(path: string): number {
  const probe = `${path}.${processName()}`;
  try {
    writeAnew(probe, "");
    return writtenAt(probe);
  } catch {
    return Date.now();
  } finally {
    removeQuietly(probe);
  }
}
