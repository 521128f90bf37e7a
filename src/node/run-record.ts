/** `run.json`: the config, status and result of a run. It is the only file of a run with times and paths. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { show } from "../errors.js";
import { completeRecord, isRunRecord, type RunRecord } from "../training/run-record.js";
import { FileError } from "./file-error.js";
import { jsonIn, reading } from "./reading.js";
import { writeAtomically } from "./write-file.js";

export const RECORD = "run.json";

/** Reads `run.json`. @throws FileError naming the file if it is missing or is not the record of a run */
export function readRecord(folder: string): RunRecord {
  const path = join(folder, RECORD);
  const text = reading(path, () => readFileSync(path, "utf8"));
  const record = runRecordIn(text);
  if (record === undefined) throw new FileError(path, `is not the record of a run: ${show(text)}`);
  return record;
}

/** The record that a text is; undefined if it is none. */
export function runRecordIn(text: string): RunRecord | undefined {
  const record = completeRecord(jsonIn(text));
  return isRunRecord(record) ? record : undefined;
}

export function writeRecord(folder: string, record: RunRecord): void {
  writeAtomically(join(folder, RECORD), `${JSON.stringify(record, null, 2)}\n`);
}

/** The versions of this package and of Node. */
export function versions(): RunRecord["versions"] {
  const path = new URL("../../package.json", import.meta.url);
  const { version } = JSON.parse(readFileSync(path, "utf8")) as { version: string };
  return { ascent: version, node: process.version };
}
