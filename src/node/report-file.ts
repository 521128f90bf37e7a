import { join } from "node:path";
import { algorithmEntry } from "../algorithms/registry.js";
import { envEntry, makeRegistered } from "../envs/registry.js";
import { runAxis } from "../report/axis.js";
import { Curves } from "../report/curves.js";
import { drawEpisode } from "../report/drawn-episode.js";
import { reportHtml } from "../report/page.js";
import { trainCommand } from "../report/train-command.js";
import { presetFor } from "../training/config.js";
import { requireEnvName } from "../training/env-name.js";
import { streamEvaluations } from "./evaluation-log.js";
import { readInSlices } from "./metrics.js";
import { EVALUATIONS, METRICS, REPORT } from "./run-folder.js";
import { readRecord } from "./run-record.js";
import type { SavedRun } from "./saved-run.js";
import { writeAtomically } from "./write-file.js";

/** The most steps of the recorded episode. */
const LONGEST_EPISODE = 2000;

/**
 * Writes `report.html` to the folder of a closed run. It gives up as soon as `stopped` says so, and returns whether the
 * report is written.
 *
 * @throws FileError
 */
export async function writeReport({ folder, training }: SavedRun, stopped: () => boolean): Promise<boolean> {
  const { config, rewardThreshold, policy } = training;
  const algorithm = algorithmEntry(config.algorithm);
  const id = requireEnvName(config, "a report");
  const record = readRecord(folder);
  const curves = new Curves(runAxis(config));
  if (!(await readInSlices(join(folder, METRICS), (update) => curves.add(update), stopped))) return false;
  for (const evaluation of streamEvaluations(join(folder, EVALUATIONS))) curves.addEvaluation(evaluation);
  const episode = await drawEpisode(
    policy,
    makeRegistered(id, config.envOptions),
    { maxSteps: LONGEST_EPISODE },
    stopped,
  );
  if (stopped()) return false;
  const html = reportHtml({
    record,
    curves,
    schema: algorithm.options,
    preset: presetFor(algorithm, config.preset, id),
    rewardThreshold,
    command: trainCommand(record),
    episode,
    framesPerSecond: envEntry(id).framesPerSecond ?? 30,
  });
  writeAtomically(join(folder, REPORT), html);
  return true;
}
