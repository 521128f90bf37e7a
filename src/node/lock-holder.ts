/** Who holds a lock, and whether that process lives. */

import { readFileSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { show } from "../errors.js";
import { codeOf, FileError } from "./file-error.js";

/** Milliseconds for which the lock of another machine counts after it was written last. */
export const LEASE_MS = 60_000;
/** The content of a lock. */
export interface Holder {
  readonly pid: number;
  /** The start of the process, in clock ticks since boot. It distinguishes processes that got the same number. */
  readonly began: string | null;
  /** The name of its machine. Earlier versions wrote none: their locks count as of this machine. */
  readonly host?: string;
}

/** Who has locked a folder. */
export interface LockHolder {
  readonly pid: number;
  /** Undefined if it is this machine. */
  readonly host: string | undefined;
}

/** `process 12`, or `process 12 of node-3`. */
export function describeHolder({ pid, host }: LockHolder): string {
  return host === undefined ? `process ${pid}` : `process ${pid} of ${host}`;
}

/** The content of a lock of this process. */
export function ownText(): string {
  const { pid } = process;
  return JSON.stringify({ pid, began: beganAt(pid), host: hostname() } satisfies Holder);
}

/** Whether the process that wrote the lock at `path` lives. `clock` is asked for the time of its file system. */
export function lives(holder: Holder, path: string, clock: () => number): boolean {
  return isHere(holder) ? isAlive(holder) : isFresh(path, clock);
}

/** A holder as others see it. */
export function seen(holder: Holder): LockHolder {
  return { pid: holder.pid, host: isHere(holder) ? undefined : holder.host };
}

/** The content of a lock, or undefined if there is none. @throws FileError if it is something else */
export function readHolder(path: string): Holder | undefined {
  const text = readText(path);
  if (text === undefined) return undefined;
  const holder = holderIn(text);
  if (holder !== undefined) return holder;
  throw new FileError(path, `is not a lock of Ascent: ${show(text)}. Remove it if no process is at work here`);
}

/** The holder that the text of a lock names; undefined if it is no lock. */
export function holderIn(text: string): Holder | undefined {
  try {
    const { pid, began, host } = JSON.parse(text) as Holder;
    const named = host === undefined || typeof host === "string";
    return Number.isSafeInteger(pid) && pid > 0 && named ? { pid, began, host } : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined if there is no such file. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function isHere({ host }: Holder): boolean {
  return host === undefined || host === hostname();
}

/** Whether a lock was written less than a minute ago. */
function isFresh(path: string, clock: () => number): boolean {
  try {
    return clock() - writtenAt(path) < LEASE_MS;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

/** In milliseconds, by the clock of the file system. */
export function writtenAt(path: string): number {
  return statSync(path).mtimeMs;
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
