/** `--from`: the weights that a new run starts from. */

import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { taskNameOf } from "../language/run/task-name.js";
import { isFile } from "../node/modules/find-module.js";
import { findRun } from "../node/run-folder.js";
import { RECORD, readRecord } from "../node/run-record.js";
import { shellWord } from "../report/flag-text.js";
import type { RunRecord } from "../training/run-record.js";
import { findPolicy } from "./run-policy.js";
import { UsageError } from "./usage-error.js";

export interface Weights {
  /** The absolute path of a checkpoint or a best policy. */
  readonly path: string;
  /** The record of its run. Undefined for a single file. */
  readonly record: RunRecord | undefined;
}

/**
 * @throws ConfigError if there is no such run or file @throws FileError if the run has no checkpoint yet
 * @throws UsageError for a run on a language task
 */
export function findWeights(from: string, wanted: "best" | "last"): Weights {
  if (isFile(from)) {
    const folder = dirname(from);
    const record = existsSync(join(folder, RECORD)) ? readRecord(folder) : undefined;
    requireEnv(record, from);
    return { path: resolve(from), record };
  }
  const folder = findRun(from, "--from");
  const record = readRecord(folder);
  requireEnv(record, from);
  return { path: resolve(findPolicy(folder, wanted).path), record };
}

function requireEnv(record: RunRecord | undefined, from: string): void {
  const task = record && taskNameOf(record.config);
  if (task === undefined) return;
  throw new UsageError(
    `${from} is a run on a language task: ascent rlhf ${task} --from ${shellWord(from)} begins with its model`,
  );
}
