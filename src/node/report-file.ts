import { join } from "node:path";
import { algorithmEntry } from "../algorithms/registry.js";
import { makeFrom } from "../envs/env-source.js";
import { envEntry } from "../envs/registry.js";
import { drawEpisode } from "../report/drawn-episode.js";
import { reportHtml } from "../report/page.js";
import { trainCommand } from "../report/train-command.js";
import { presetFor } from "../training/config.js";
import { requireEnvName } from "../training/env-name.js";
import { readMetrics } from "./metrics.js";
import { METRICS, REPORT } from "./run-folder.js";
import { readRecord } from "./run-record.js";
import type { SavedRun } from "./saved-run.js";
import { writeAtomically } from "./write-file.js";

/** The most steps of the recorded episode. */
const LONGEST_EPISODE = 2000;

/** Writes `report.html` to the folder of a closed run. @throws FileError */
export async function writeReport({ folder, training }: SavedRun): Promise<void> {
  const { config, rewardThreshold, policy } = training;
  const algorithm = algorithmEntry(config.algorithm);
  const id = requireEnvName(config, "a report");
  const record = readRecord(folder);
  const html = reportHtml({
    record,
    updates: readMetrics(join(folder, METRICS)),
    schema: algorithm.options,
    preset: presetFor(algorithm, config.preset, id),
    rewardThreshold,
    command: trainCommand(record),
    episode: await drawEpisode(policy, makeFrom(id, config.envOptions), { maxSteps: LONGEST_EPISODE }),
    framesPerSecond: envEntry(id).framesPerSecond ?? 30,
  });
  writeAtomically(join(folder, REPORT), html);
}
