import { join } from "node:path";
import { algorithmEntry } from "../algorithms/registry.js";
import type { Env } from "../envs/env.js";
import { envEntry, make } from "../envs/registry.js";
import { drawEpisode } from "../report/drawn-episode.js";
import { reportHtml } from "../report/page.js";
import { trainCommand } from "../report/train-command.js";
import { presetFor } from "../training/config.js";
import { readMetrics } from "./metrics.js";
import { METRICS, REPORT } from "./run-folder.js";
import { readRecord } from "./run-record.js";
import type { SavedRun } from "./saved-run.js";
import { writeAtomically } from "./write-file.js";

/** Steps after which the recorded episode is cut. */
const LONGEST_EPISODE = 2000;

/** Writes `report.html` into the folder of a run that has been closed. @throws FileError */
export function writeReport({ folder, training }: SavedRun): void {
  const { config, rewardThreshold, policy } = training;
  const algorithm = algorithmEntry(config.algorithm);
  const env = make(config.env, config.envOptions) as Env<unknown, unknown>;
  const record = readRecord(folder);
  const html = reportHtml({
    record,
    updates: readMetrics(join(folder, METRICS)),
    schema: algorithm.options,
    preset: presetFor(algorithm, config.preset, config.env),
    rewardThreshold,
    command: trainCommand(record),
    episode: drawEpisode(policy, env, { maxSteps: LONGEST_EPISODE }),
    framesPerSecond: envEntry(config.env).framesPerSecond ?? 30,
  });
  writeAtomically(join(folder, REPORT), html);
}
