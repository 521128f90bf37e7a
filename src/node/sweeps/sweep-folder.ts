/** Makes the folder of a sweep: `sweep.json`, `runs/<id>` for each run, and `results.json` when all have ended. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../../errors.js";
import { canonical } from "../../formats/digest.js";
import type { RunOutcome } from "../../sweeps/outcome.js";
import type { PlannedRun, SweepPlan } from "../../sweeps/plan.js";
import { asFileName, firstFree, makeFolder } from "../folders.js";
import { namesIn } from "../reading.js";
import { RUNS } from "../run-folder.js";
import { difference } from "../same-run.js";
import { PARTIAL, writeShared } from "../write-file.js";
import { readSweepRecord, SWEEP, type SweepRecord, writeFirstRecord } from "./sweep-record.js";

export const RESULTS = "results.json";

export function runFolder(sweep: string, { id }: Pick<PlannedRun, "id">): string {
  return join(sweep, "runs", id);
}

/**
 * Makes the folder of a new sweep: `out`, or the first free one of `runs/sweep-<algorithm>-<env>`, the same with `-2` …
 *
 * @throws ConfigError if `out` is not empty @throws FileError if it can't be made
 */
export function createSweepFolder(record: SweepRecord, out?: string): string {
  if (out !== undefined) {
    makeFolder(out);
    requireFree(out, record.plan);
    if (!writeFirstRecord(out, record)) requireFree(out, record.plan);
    return out;
  }
  return firstFree(join(RUNS, sweepName(record.plan)), (folder) => {
    if (existsSync(folder)) return undefined;
    makeFolder(folder);
    return writeFirstRecord(folder, record) ? folder : undefined;
  });
}

/** Writes the outcomes of all runs, in the order of the plan, one a line. @throws FileError */
export function writeResults(folder: string, outcomes: readonly RunOutcome[]): void {
  writeShared(join(folder, RESULTS), `[\n${outcomes.map(canonical).join(",\n")}\n]\n`);
}

/** Such as `sweep-reinforce-CartPole-v1`. */
function sweepName({ cells }: SweepPlan): string {
  const names = (name: "algorithm" | "env"): string => [...new Set(cells.map(({ config }) => config[name]))].join("-");
  return asFileName(`sweep-${names("algorithm")}-${names("env")}`);
}

function requireFree(out: string, plan: SweepPlan): void {
  const [first] = namesIn(out).filter((name) => !name.endsWith(PARTIAL));
  if (first === undefined) return;
  const field = "out";
  if (!existsSync(join(out, SWEEP))) {
    throw new ConfigError({ field, given: out, allowed: `a folder that is new or empty; this one holds ${first}` });
  }
  const other = planDifference(plan, readSweepRecord(out).plan);
  const holds = other === undefined ? "this very sweep (to go on with it: --resume)" : `another sweep: ${other}`;
  throw new ConfigError({ field, given: out, allowed: `a folder that is new or empty; this one holds ${holds}` });
}

/** The first difference between a plan and that of a folder, or undefined. */
export function planDifference(plan: SweepPlan, inFolder: SweepPlan): string | undefined {
  const here: unknown = JSON.parse(JSON.stringify(plan));
  return difference("plan", here, inFolder);
}
