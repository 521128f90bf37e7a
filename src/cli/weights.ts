/** `--from`: the weights that a new run starts from. */

import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isFile } from "../node/modules/find-module.js";
import { findRun } from "../node/run-folder.js";
import { RECORD, readRecord } from "../node/run-record.js";
import type { RunRecord } from "../training/run-record.js";
import { findPolicy } from "./run-policy.js";

export interface Weights {
  /** The absolute path of a checkpoint or a best policy. */
  readonly path: string;
  /** The record of its run. Undefined for a single file. */
  readonly record: RunRecord | undefined;
}

/** @throws ConfigError if there is no such run or file @throws FileError if the run has no checkpoint yet */
export function findWeights(from: string, wanted: "best" | "last"): Weights {
  if (isFile(from)) {
    const folder = dirname(from);
    return { path: resolve(from), record: existsSync(join(folder, RECORD)) ? readRecord(folder) : undefined };
  }
  const folder = findRun(from, "--from");
  return { path: resolve(findPolicy(folder, wanted).path), record: readRecord(folder) };
}
