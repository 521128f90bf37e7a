/** Makes and finds run folders. */

import { existsSync, mkdirSync, renameSync, rmdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { ConfigError, nearest } from "../errors.js";
import type { RunRecord } from "../training/run-record.js";
import type { ResolvedConfig } from "../training/types.js";
import { codeOf, fileError } from "./file-error.js";
import { asFileName, firstFree } from "./folders.js";
import { LOCK, type Lock, lockHolder, movedLock, takeLock } from "./lock.js";
import { processName } from "./machine.js";
import { namesIn } from "./reading.js";
import { RECORD, readRecord, writeRecord } from "./run-record.js";
import { PARTIAL, removeQuietly } from "./write-file.js";

/** The files of a run. */
export const CHECKPOINT = "checkpoint.safetensors";
/** In place of a checkpoint, where the environment can't be saved. */
export const WEIGHTS = "weights.safetensors";
export const BEST = "best.safetensors";
export const METRICS = "metrics.jsonl";
export const EVALUATIONS = "evaluations.jsonl";
export const REPORT = "report.html";

/** The default folder of runs, in the working directory. */
export const RUNS = "runs";

/** The name of a run, such as `reinforce-CartPole-v1-seed0`, with the preset if it is not the default. */
export function runName({ algorithm, env, preset, seed }: ResolvedConfig): string {
  const variant = preset === "default" ? "" : `-${preset}`;
  return asFileName(`${algorithm}${variant}-${env ?? "unnamed"}-seed${seed}`);
}

/** A new folder, which this process has locked. */
interface MadeFolder {
  readonly folder: string;
  readonly lock: Lock;
}

/**
 * Makes the folder of a new run: `out`, or the first free one of `runs/<name>`, `runs/<name>-2` … The folder is created
 * atomically with its record and its lock, so a kill never leaves a folder without a run.
 *
 * @throws ConfigError if `out` is not empty @throws FileError if it can't be made
 */
export function createFolder(record: RunRecord, out?: string): MadeFolder {
  if (out !== undefined) {
    requireFree(out);
    const made = existsSync(out) ? useEmpty(out, record) : appear(out, record);
    if (made === undefined) requireFree(out);
    return made as NonNullable<typeof made>;
  }
  const made = (folder: string) => (existsSync(folder) ? undefined : appear(folder, record));
  return firstFree(join(RUNS, runName(record.config)), made);
}

/** A run as an entry of a list. */
export interface ListedRun {
  readonly name: string;
  readonly folder: string;
  /** Undefined if its file is damaged; `problem` then has the reason. */
  readonly record: RunRecord | undefined;
  readonly problem: string | undefined;
  /** Whether a process is working on it now. */
  readonly working: boolean;
}

/** All runs in a folder, newest first. Folders without a run are ignored. */
export function listRuns(root: string = RUNS): ListedRun[] {
  const names = namesIn(root).filter((name) => existsSync(join(root, name, RECORD)));
  const started = ({ record }: ListedRun): string => record?.started ?? "";
  return names.map((name) => listedRun(name, join(root, name))).sort((a, b) => (started(a) < started(b) ? 1 : -1));
}

/** The run in a folder as an entry of a list. */
export function listedRun(name: string, folder: string): ListedRun {
  try {
    const working = lockHolder(folder) !== undefined;
    return { name, folder, record: readRecord(folder), problem: undefined, working };
  } catch (error) {
    return { name, folder, record: undefined, problem: (error as Error).message, working: false };
  }
}

/** The record of the run in a folder. @throws ConfigError if there is none @throws FileError if it is damaged */
export function findRecord(folder: string): RunRecord {
  if (typeof folder === "string" && existsSync(join(folder, RECORD))) return readRecord(folder);
  throw new ConfigError({ field: "resume", given: folder, allowed: "the folder of a run (one that holds run.json)" });
}

/**
 * Finds the folder of a run by its path or its name in `runs`; without either, the newest run. `field` is the name of the
 * argument in errors.
 *
 * @throws ConfigError if there is no such run
 */
export function findRun(run?: string, field = "run"): string {
  if (run === undefined) {
    const [newest] = listRuns();
    if (newest !== undefined) return newest.folder;
    throw new ConfigError({ field, given: "none", allowed: `a run; there is none in ${resolve(RUNS)} yet` });
  }
  for (const folder of [run, join(RUNS, run)]) if (existsSync(join(folder, RECORD))) return folder;
  const names = namesIn(RUNS).filter((name) => existsSync(join(RUNS, name, RECORD)));
  const few = names.length > 8 ? `${names.slice(0, 8).join(", ")} … (${names.length} in all)` : names.join(", ");
  const allowed = `a folder that holds ${RECORD}${names.length === 0 ? "" : `, or one of ${few}`}`;
  throw new ConfigError({ field, given: run, allowed, nearest: nearest(basename(run), names) });
}

/** Creates a new folder. Returns undefined if another process created it in the meantime. */
function appear(folder: string, record: RunRecord): MadeFolder | undefined {
  const parent = dirname(folder);
  const staging = join(parent, `.${basename(folder)}.${processName()}${PARTIAL}`);
  removeQuietly(staging);
  let outermost: string | undefined;
  try {
    outermost = mkdirSync(parent, { recursive: true });
    mkdirSync(staging);
    takeLock(staging);
    writeRecord(staging, record);
    renameSync(staging, folder);
  } catch (error) {
    removeQuietly(staging);
    if (outermost !== undefined) removeEmpty(parent, outermost);
    if (["ENOTEMPTY", "EEXIST", "EPERM"].includes(codeOf(error) ?? "") && existsSync(folder)) return undefined;
    throw fileError(folder, "the folder can't be made", error);
  }
  return { folder, lock: movedLock(folder) };
}

/** Removes the folders from `folder` up to `outermost`, as long as they are empty. */
function removeEmpty(folder: string, outermost: string): void {
  try {
    for (let path = resolve(folder); ; path = dirname(path)) {
      rmdirSync(path);
      if (path === resolve(outermost)) return;
    }
  } catch {
    // Another process has put something there, and needs it.
  }
}

/** Uses an existing empty folder without replacing it: it may be a mount point, or the working directory of a shell. */
function useEmpty(folder: string, record: RunRecord): MadeFolder {
  const lock = takeLock(folder);
  try {
    // Another process may have filled it, and unlocked it again, since it was seen to be empty.
    requireFree(folder);
    writeRecord(folder, record);
  } catch (error) {
    lock.release();
    throw error;
  }
  return { folder, lock };
}

function requireFree(out: string): void {
  const names = namesIn(out).filter((name) => !name.startsWith(LOCK) && !name.endsWith(PARTIAL));
  if (names.length === 0) return;
  const holds = names.includes(RECORD)
    ? "this one holds another run (to go on with it: --resume)"
    : `this one holds ${names[0]}`;
  throw new ConfigError({ field: "out", given: out, allowed: `a folder that is new or empty; ${holds}` });
}
