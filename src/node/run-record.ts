/** `run.json`: what a run is, how it stands, and what came of it. The only file of a run that knows a clock. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { show } from "../errors.js";
import type { ResolvedConfig, RunResult } from "../training.js";
import { FileError, fileError } from "./file-error.js";
import { writeAtomically } from "./write-file.js";

export const RECORD = "run.json";

/** `running` in a folder that no process holds means that its process was killed. */
export type RunStatus = "running" | "finished" | "interrupted" | "failed";

/** The content of `run.json`. */
export interface RunRecord {
  readonly config: ResolvedConfig;
  /** The average return at which whoever started the run wanted it to end, if they named one. */
  readonly until: number | null;
  readonly status: RunStatus;
  /** Why it failed, in the words of the error. */
  readonly error: string | null;
  readonly result: RunResult | null;
  /** ISO 8601. */
  readonly started: string;
  readonly ended: string | null;
  /** Seconds of work, over all the times that it was resumed. */
  readonly seconds: number;
  readonly versions: { readonly ascent: string; readonly node: string };
}

/** What `run.json` says. @throws FileError naming the file where there is none or it is not the record of a run */
export function readRecord(folder: string): RunRecord {
  const path = join(folder, RECORD);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw fileError(path, "can't be read", error);
  }
  const record = parse(text);
  if (!isRecord(record)) throw new FileError(path, `is not the record of a run: ${show(text)}`);
  return record;
}

export function writeRecord(folder: string, record: RunRecord): void {
  writeAtomically(join(folder, RECORD), `${JSON.stringify(record, null, 2)}\n`);
}

/** Of this package and of Node. */
export function versions(): RunRecord["versions"] {
  const path = new URL("../../package.json", import.meta.url);
  const { version } = JSON.parse(readFileSync(path, "utf8")) as { version: string };
  return { ascent: version, node: process.version };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const STATUSES: readonly unknown[] = ["running", "finished", "interrupted", "failed"] satisfies RunStatus[];

/** Enough to be read without a crash; the checkpoint, which decides what a run is, has a checksum of its own. */
function isRecord(value: unknown): value is RunRecord {
  if (typeof value !== "object" || value === null) return false;
  const { config, status, started, seconds, until, result } = value as Partial<RunRecord>;
  return (
    isConfig(config) &&
    STATUSES.includes(status) &&
    typeof started === "string" &&
    typeof seconds === "number" &&
    (until === null || typeof until === "number") &&
    (result === null || (typeof result === "object" && typeof result.verdict?.text === "string"))
  );
}

function isConfig(config: unknown): config is ResolvedConfig {
  if (typeof config !== "object" || config === null) return false;
  const { algorithm, env, preset, seed, episodes, steps, options, envOptions } = config as Partial<ResolvedConfig>;
  const limits = [episodes, steps];
  return (
    [algorithm, env, preset].every((name) => typeof name === "string") &&
    typeof seed === "string" &&
    /^\d+$/.test(seed) &&
    limits.every((limit) => limit === null || typeof limit === "number") &&
    limits.some((limit) => limit !== null) &&
    [options, envOptions].every((values) => typeof values === "object" && values !== null)
  );
}
