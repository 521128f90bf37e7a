import { join } from "node:path";
import { runAxis } from "../report/axis.js";
import { Curves } from "../report/curves.js";
import { reportOf } from "../report/run-report.js";
import { trainCommand } from "../report/train-command.js";
import { streamEvaluations } from "./evaluation-log.js";
import { readInSlices } from "./metrics.js";
import { EVALUATIONS, METRICS, REPORT } from "./run-folder.js";
import { readRecord } from "./run-record.js";
import type { SavedRun } from "./saved-run.js";
import { writeAtomically } from "./write-file.js";

/**
 * Writes `report.html` to the folder of a closed run. It gives up as soon as `stopped` says so, and returns whether the
 * report is written.
 *
 * @throws FileError
 */
export async function writeReport({ folder, training }: SavedRun, stopped: () => boolean): Promise<boolean> {
  const { config, rewardThreshold, policy } = training;
  const record = readRecord(folder);
  const curves = new Curves(runAxis(config));
  if (!(await readInSlices(join(folder, METRICS), (update) => curves.add(update), stopped))) return false;
  for (const evaluation of streamEvaluations(join(folder, EVALUATIONS))) curves.addEvaluation(evaluation);
  const html = await reportOf({ record, curves, command: trainCommand(record), policy, rewardThreshold }, stopped);
  if (html === undefined) return false;
  writeAtomically(join(folder, REPORT), html);
  return true;
}
