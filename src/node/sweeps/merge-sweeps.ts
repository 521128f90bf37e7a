/** Puts the folders of sweeps together that were trained apart, as by machines without a shared disk. */

import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../../errors.js";
import { canonical } from "../../formats/digest.js";
import { extendPlan } from "../../sweeps/extend-plan.js";
import type { RunOutcome } from "../../sweeps/outcome.js";
import { distinctRunsOf } from "../../sweeps/plan.js";
import { FileError, fileError } from "../file-error.js";
import { LOCK } from "../lock.js";
import { storedOutcome } from "./outcome-file.js";
import { changesOf } from "./sweep-code.js";
import { createSweepFolder, runFolder, writeResults } from "./sweep-folder.js";
import { readSweepRecord } from "./sweep-record.js";

/** What was put together. */
export interface MergedSweeps {
  readonly folder: string;
  /** Runs that have ended, of so many. */
  readonly done: number;
  readonly runs: number;
}

/**
 * Copies the runs that have ended in some sweeps into a new one, whose plan has the cells and seeds of all. A run that was
 * trained in two of them is a test: it must have come to the same bytes, unless its numerics were fast.
 *
 * @throws ConfigError if there is no sweep, if `out` is not empty, or if the sweeps were trained with different code
 * @throws FileError if one run came to two results. The merged folder is removed again then
 */
export function mergeSweeps(folders: readonly string[], out?: string): MergedSweeps {
  const records = folders.map((folder) => readSweepRecord(folder));
  const [first, ...others] = records;
  if (first === undefined)
    throw new ConfigError({ field: "merge", given: folders, allowed: "the folders of sweeps, one or more" });
  for (const [i, other] of others.entries()) {
    const changes = changesOf(first, other);
    if (changes.length === 0 && first.endHopeless === other.endHopeless) continue;
    const why = changes.length > 0 ? changes.join("; ") : "hopeless runs were ended in one of them only";
    const allowed = `sweeps that were trained alike, as their runs would not be comparable: ${why}`;
    throw new ConfigError({ field: "merge", given: folders[i + 1], allowed });
  }
  const plan = others.reduce((merged, other) => extendPlan(merged, other.plan), first.plan);
  const found = new Map<string, { readonly folder: string; readonly outcome: RunOutcome }>();
  const runs = distinctRunsOf(plan);
  for (const run of runs) {
    for (const sweep of folders) {
      const folder = runFolder(sweep, run);
      const outcome = storedOutcome(folder, 1);
      if (outcome === undefined || outcome.end === "failed") continue;
      const before = found.get(run.id);
      const exact = run.config.numerics === undefined;
      if (exact && before !== undefined && canonical(before.outcome) !== canonical(outcome))
        throw new FileError(
          folder,
          `has another result than ${before.folder}, though it is the same run. One of them is damaged`,
        );
      found.set(run.id, before ?? { folder, outcome });
    }
  }
  const folder = createSweepFolder({ ...first, plan }, out);
  try {
    for (const [id, run] of found) {
      const filter = (path: string): boolean => !path.startsWith(join(run.folder, LOCK));
      cpSync(run.folder, runFolder(folder, { id }), { recursive: true, filter });
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw fileError(folder, "can't be filled", error);
  }
  if (found.size === runs.length)
    writeResults(
      folder,
      runs.flatMap(({ id }) => found.get(id)?.outcome ?? []),
    );
  return { folder, done: found.size, runs: runs.length };
}
