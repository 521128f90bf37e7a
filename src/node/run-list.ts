/** Lists the runs and sweeps in a folder and its subfolders. */

import { type Dirent, existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { runsOf } from "../sweeps/plan.js";
import { readingIfThere } from "./reading.js";
import { type ListedRun, listedRun } from "./run-folder.js";
import { RECORD } from "./run-record.js";
import { runFolder } from "./sweeps/sweep-folder.js";
import { readSweepRecord, SWEEP } from "./sweeps/sweep-record.js";

/** A sweep as an entry of a list. */
export interface ListedSweep {
  readonly name: string;
  readonly folder: string;
  /** The runs of its plan, and how many are in each state; those that have not begun are in none. */
  readonly runs: number;
  readonly states: States;
  /** ISO 8601; undefined if its record is damaged, and `problem` has the reason. */
  readonly started: string | undefined;
  readonly problem: string | undefined;
}

export interface RunList {
  readonly runs: readonly ListedRun[];
  readonly sweeps: readonly ListedSweep[];
}

/** The state of a run: that of its record, unless its process was killed or its record is damaged. */
export type RunState = "finished" | "interrupted" | "failed" | "running" | "killed" | "damaged";

export function stateOf({ record, working }: Pick<ListedRun, "record" | "working">): RunState {
  if (record === undefined) return "damaged";
  return record.status === "running" && !working ? "killed" : record.status;
}

/** How many runs are in each state. */
export type States = Readonly<Partial<Record<RunState, number>>>;

export function statesOf(runs: readonly Pick<ListedRun, "record" | "working">[]): States {
  const states: Partial<Record<RunState, number>> = {};
  for (const state of runs.map(stateOf)) states[state] = (states[state] ?? 0) + 1;
  return states;
}

/**
 * The runs in a folder and its subfolders, newest first, named by their paths in it. A sweep is one entry, unless its runs are
 * asked for. If the folder is itself a sweep, its runs are listed. Links are followed to runs and sweeps, but no further.
 *
 * @throws FileError if the folder can't be read
 */
export function listFolder(root: string, { insideSweeps = false }: { readonly insideSweeps?: boolean } = {}): RunList {
  const runs: ListedRun[] = [];
  const sweeps: ListedSweep[] = [];
  const visit = (folder: string, entries: readonly Dirent[]): void => {
    const has = (file: string): boolean => entries.some(({ name }) => name === file);
    if (has(RECORD)) runs.push(listedRun(relative(root, folder) || folder, folder));
    else if (has(SWEEP) && folder !== root && !insideSweeps) sweeps.push(listedSweep(relative(root, folder), folder));
    else
      for (const entry of entries) {
        const inside = join(folder, entry.name);
        if (entry.isDirectory() && !entry.name.startsWith(".")) visit(inside, entriesOf(inside));
        else if (entry.isSymbolicLink() && [RECORD, SWEEP].some((file) => existsSync(join(inside, file))))
          visit(inside, entriesOf(inside));
      }
  };
  visit(root, entriesOf(root));
  return {
    runs: newestFirst(runs, ({ record }) => record?.started),
    sweeps: newestFirst(sweeps, ({ started }) => started),
  };
}

/** Those without a start come last, and names decide where starts are equal. */
function newestFirst<T extends { readonly name: string }>(
  entries: readonly T[],
  startOf: (entry: T) => string | undefined,
): T[] {
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return entries.slice().sort((a, b) => order(startOf(b) ?? "", startOf(a) ?? "") || order(a.name, b.name));
}

function listedSweep(name: string, folder: string): ListedSweep {
  try {
    const { plan, started } = readSweepRecord(folder);
    const planned = runsOf(plan);
    const begun = planned.flatMap((run) => {
      const path = runFolder(folder, run);
      return existsSync(join(path, RECORD)) ? listedRun(run.id, path) : [];
    });
    return { name, folder, runs: planned.length, states: statesOf(begun), started, problem: undefined };
  } catch (error) {
    return { name, folder, runs: 0, states: {}, started: undefined, problem: (error as Error).message };
  }
}

function entriesOf(folder: string): Dirent[] {
  return readingIfThere(folder, () => readdirSync(folder, { withFileTypes: true })) ?? [];
}
