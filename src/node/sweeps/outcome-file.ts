/** The outcome of a run in its folder, so that a log is read once. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { canonical } from "../../formats/digest.js";
import type { RunOutcome } from "../../sweeps/outcome.js";
import { outcomeOf } from "../../sweeps/outcome-of.js";
import type { RunRecord } from "../../training/run-record.js";
import { streamMetrics } from "../metrics.js";
import { jsonIn, readingIfThere } from "../reading.js";
import { METRICS } from "../run-folder.js";
import { RECORD, readRecord } from "../run-record.js";
import { writeAtomically } from "../write-file.js";

/** The outcome of a run that has ended. */
export const OUTCOME = "outcome.json";

/** A run that is paused keeps its outcome there when it goes on: which run goes on follows from it. */
function outcomePath(folder: string, pauseAt: number): string {
  return join(folder, pauseAt === 1 ? OUTCOME : `outcome-at-${pauseAt}.json`);
}

/**
 * The outcome of the run in a folder, as it stands.
 *
 * @throws FileError if its record or its log is missing or damaged
 */
export function readOutcome(folder: string): RunOutcome {
  return storedOutcome(folder, 1) ?? outcomeOf(readRecord(folder), streamMetrics(join(folder, METRICS)));
}

/** The outcome that was stored when the run was paused there or ended, if it is still true. @throws FileError */
export function storedOutcome(folder: string, pauseAt: number): RunOutcome | undefined {
  const outcome = existsSync(join(folder, RECORD)) ? read(outcomePath(folder, pauseAt)) : undefined;
  if (outcome === undefined) return undefined;
  return pauseAt < 1 || isOf(outcome, readRecord(folder)) ? outcome : undefined;
}

/** Stores the outcome of a run that has ended, or is paused at a share of its budget, and returns it. @throws FileError */
export function storeOutcome(folder: string, pauseAt: number): RunOutcome {
  const outcome = outcomeOf(readRecord(folder), streamMetrics(join(folder, METRICS)));
  writeAtomically(outcomePath(folder, pauseAt), `${canonical(outcome)}\n`);
  return outcome;
}

/** Whether the run has not gone on since: it may have been resumed by hand. */
function isOf({ weightsSha256, error }: RunOutcome, { status, result, error: failure }: RunRecord): boolean {
  if (status === "failed") return weightsSha256 === null && error === failure;
  return status !== "running" && weightsSha256 === result?.weightsSha256;
}

/** A file that is no outcome is none: it is computed again. */
function read(path: string): RunOutcome | undefined {
  const text = readingIfThere(path, () => readFileSync(path, "utf8"));
  const outcome = (text && jsonIn(text)) as Partial<RunOutcome> | null | undefined;
  return typeof outcome?.id === "string" && typeof outcome.end === "string" ? (outcome as RunOutcome) : undefined;
}
