/** A lock, so that only one process at a time works in a run folder. */

import { closeSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { show } from "../errors.js";
import { codeOf, FileError, fileError } from "./file-error.js";
import { openAnew, removeQuietly } from "./write-file.js";

export const LOCK = "lock";

interface Holder {
  readonly pid: number;
  /** The start of the process, in clock ticks since boot. It distinguishes processes that got the same number. */
  readonly began: string | null;
}

/**
 * Locks `folder` for this process and returns the function that unlocks it. The lock of a dead process is taken over.
 * @throws FileError if a living process holds it
 */
export function takeLock(folder: string): () => void {
  const path = join(folder, LOCK);
  const own = `${path}.${process.pid}`;
  try {
    const file = openAnew(own);
    try {
      writeFileSync(file, JSON.stringify({ pid: process.pid, began: beganAt(process.pid) } satisfies Holder));
    } finally {
      closeSync(file);
    }
    // `link` is atomic and never replaces a file, so a lock is never seen empty.
    while (!linked(own, path)) removeStale(path);
  } catch (error) {
    throw fileError(folder, "can't be locked", error);
  } finally {
    removeQuietly(own);
  }
  return () => removeQuietly(path);
}

/** The number of the process that has locked `folder`, or undefined. */
export function lockHolder(folder: string): number | undefined {
  const holder = readHolder(join(folder, LOCK));
  return holder !== undefined && isAlive(holder) ? holder.pid : undefined;
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

function removeStale(path: string): void {
  const judged = readText(path);
  const holder = readHolder(path);
  if (holder !== undefined && isAlive(holder)) {
    throw new FileError(path, `process ${holder.pid} is at work in this folder; wait for it or stop it`);
  }
  // Another process may have taken over the lock in the meantime. Remove only the lock that was read above.
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  if (readText(aside) !== judged) linked(aside, path);
  rmSync(aside, { force: true });
}

function readHolder(path: string): Holder | undefined {
  const text = readText(path);
  if (text === undefined) return undefined;
  try {
    const { pid, began } = JSON.parse(text) as Holder;
    if (Number.isSafeInteger(pid) && pid > 0) return { pid, began };
  } catch {
    // The file is not a lock of Ascent; the error follows.
  }
  throw new FileError(path, `is not a lock of Ascent: ${show(text)}. Remove it if no process is at work here`);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function isAlive({ pid, began }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: the process exists and belongs to another user.
    if (codeOf(error) !== "EPERM") return false;
  }
  const now = beganAt(pid);
  return now === null || began === null || now === began;
}

/** Field 22 of Linux's /proc/<pid>/stat; null on other systems. Field 2, a name in brackets, may contain spaces. */
function beganAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return null;
  }
}
