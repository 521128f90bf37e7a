/** Reads the outcomes of runs by the paths of runs, sweeps and folders of runs. */

import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../../errors.js";
import type { RunOutcome } from "../../sweeps/outcome.js";
import { runsOf } from "../../sweeps/plan.js";
import { isFolder } from "../folders.js";
import { namesIn } from "../reading.js";
import { RECORD } from "../run-record.js";
import { readOutcome } from "./outcome-file.js";
import { pathsOf } from "./run-patterns.js";
import { runFolder } from "./sweep-folder.js";
import { readSweepRecord, SWEEP } from "./sweep-record.js";

/** What was found. */
export interface ReadRuns {
  /** In the order of the paths. A folder that was named twice occurs once. */
  readonly outcomes: readonly RunOutcome[];
  /** A message for each run that is missing from a sweep or can't be read. */
  readonly problems: readonly string[];
}

/**
 * Reads all runs that some patterns stand for. A path is a run, a sweep (all of its runs), or a folder with runs or sweeps
 * directly in it.
 *
 * @throws ConfigError if a pattern stands for nothing, or for no run at all
 */
export function readRuns(patterns: readonly string[]): ReadRuns {
  const problems: string[] = [];
  const folders = new Map<string, string>();
  for (const pattern of patterns) {
    const found = pathsOf(pattern).flatMap((path) => runFolders(path, problems));
    if (found.length === 0) {
      const allowed = `a run (a folder that holds ${RECORD}), a sweep, or a folder of runs`;
      throw new ConfigError({ field: "run", given: pattern, allowed });
    }
    for (const folder of found) folders.set(realpathSync(folder), folder);
  }
  const outcomes = [...folders.values()].flatMap((folder) => {
    try {
      return readOutcome(folder);
    } catch (error) {
      problems.push((error as Error).message);
      return [];
    }
  });
  return { outcomes, problems };
}

/** The folders of runs at a path. Runs that a sweep has not begun are a problem. */
function runFolders(path: string, problems: string[]): string[] {
  if (!isFolder(path)) return [];
  if (existsSync(join(path, RECORD))) return [path];
  if (existsSync(join(path, SWEEP))) {
    const planned = runsOf(readSweepRecord(path).plan).map((run) => runFolder(path, run));
    const begun = planned.filter((folder) => existsSync(join(folder, RECORD)));
    const missing = planned.length - begun.length;
    if (missing > 0) problems.push(`${path}: ${missing} of ${planned.length} runs have not begun`);
    return begun;
  }
  return namesIn(path)
    .sort()
    .map((name) => join(path, name))
    .filter((folder) => existsSync(join(folder, RECORD)) || existsSync(join(folder, SWEEP)))
    .flatMap((folder) => runFolders(folder, problems));
}
