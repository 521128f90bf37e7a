/** A run folder as an entry of the lab's list. Nothing in the folder is trusted, and what is wrong with it is a message. */

import { lstatSync } from "node:fs";
import { join } from "node:path";
import { taskNameOf } from "../../language/run/task-name.js";
import type { RunRecord } from "../../training/run-record.js";
import type { RunResult, Update, Verdict } from "../../training/types.js";
import { FileError } from "../file-error.js";
import { LOCK } from "../lock.js";
import { holderIn, lives } from "../lock-holder.js";
import { BEST, CHECKPOINT, EVALUATIONS, METRICS, WEIGHTS } from "../run-folder.js";
import { stateOf } from "../run-list.js";
import { RECORD, runRecordIn } from "../run-record.js";
import { decodeUpdate } from "../update-line.js";
import type { LabRun, LabRunFile } from "./answers.js";
import { type Part, partsOf } from "./log-slice.js";
import { type Place, readBytes, readText, withFile } from "./open-file.js";
import { numberOrNull, textOrNull } from "./plain.js";

/** Records have about two thousand bytes. */
const RECORD_BYTES = 2 ** 20;
const LOCK_BYTES = 2 ** 12;
/** Bytes at the end of a log in which its last line is looked for. */
const TAIL_BYTES = 2 ** 16;
const FILES: Readonly<Record<LabRunFile, string>> = {
  checkpoint: CHECKPOINT,
  weights: WEIGHTS,
  best: BEST,
  evaluations: EVALUATIONS,
};

/** The entry of the run in a folder. Undefined if there is no run any more. */
export function runEntry(place: Place, id: string, sweep: string | null): LabRun | undefined {
  // Before it is read: if it is replaced in the meantime, the next look finds another time.
  const written = changedAt(place, RECORD);
  const { record, problem } = readRunRecord(place);
  if (record === undefined && problem === undefined) return undefined;
  const working = record?.status === "running" && isWorking(place);
  const log = logOf(place);
  const lastPart = log.parts.at(-1);
  const entry = {
    id,
    sweep,
    name: place.name,
    state: stateOf({ record, working }),
    problem: problem ?? log.problem ?? null,
    logBytes: lastPart?.end ?? 0,
    files: (Object.keys(FILES) as LabRunFile[]).filter((name) => isFile(place, FILES[name])),
    changed: Math.round(Math.max(written, lastPart === undefined ? 0 : changedAt(place, lastPart.name))),
  };
  return { ...entry, ...settingsIn(record), ...figuresIn(record, () => lastUpdate(place, log.parts)) };
}

/** The record of a run, or why it can't be read; neither if there is none. */
export function readRunRecord(place: Place): { readonly record?: RunRecord; readonly problem?: string } {
  try {
    const text = readText(place, RECORD, RECORD_BYTES);
    if (text === undefined) return {};
    const record = runRecordIn(text);
    return record === undefined ? { problem: `${join(place.name, RECORD)}: is not the record of a run` } : { record };
  } catch (error) {
    if (error instanceof FileError) return { problem: error.message };
    throw error;
  }
}

/** The parts of the log, or why it can't be read. */
function logOf(place: Place): { readonly parts: readonly Part[]; readonly problem?: string } {
  try {
    return { parts: partsOf(place, METRICS) };
  } catch (error) {
    if (error instanceof FileError) return { parts: [], problem: error.message };
    throw error;
  }
}

function settingsIn(record: RunRecord | undefined) {
  const { config } = record ?? {};
  const kind = config === undefined ? null : taskNameOf(config) === undefined ? "control" : "language";
  return {
    kind,
    algorithm: textOrNull(config?.algorithm),
    env: textOrNull(config?.env),
    preset: textOrNull(config?.preset),
    seed: textOrNull(config?.seed),
    budget: { episodes: numberOrNull(config?.episodes), steps: numberOrNull(config?.steps) },
    started: textOrNull(record?.started),
  } as const;
}

/** A run at work has no result yet, or that of before it was resumed. */
function figuresIn(record: RunRecord | undefined, lastLogged: () => Update | undefined) {
  const result = record?.result ?? undefined;
  const last = record?.status === "finished" || record === undefined ? undefined : lastLogged();
  return {
    verdict: record?.status === "running" ? null : verdictIn(result),
    error: textOrNull(record?.error),
    updates: numberOrNull(last?.update ?? result?.updates),
    episodes: numberOrNull(last?.episodes ?? result?.episodes),
    steps: numberOrNull(last?.steps ?? result?.steps),
    averageReturn: numberOrNull(last === undefined ? result?.averageReturn : last.averageReturn),
    solvedAtEpisode: numberOrNull(result?.solvedAtEpisode),
  };
}

function verdictIn(result: RunResult | undefined): LabRun["verdict"] {
  const [kind, text] = [textOrNull(result?.verdict.kind), textOrNull(result?.verdict.text)];
  return kind === null || text === null ? null : { kind: kind as Verdict["kind"], text };
}

/** Whether a process holds its lock. The clock of this machine judges that of another one: nothing is written here. */
function isWorking(place: Place): boolean {
  try {
    const text = readText(place, LOCK, LOCK_BYTES);
    const holder = text === undefined ? undefined : holderIn(text);
    return holder !== undefined && lives(holder, join(place.path, LOCK), Date.now);
  } catch {
    // A lock that can't be read holds nothing.
    return false;
  }
}

/** The last whole line of the log as an update, if it is one. */
function lastUpdate(place: Place, parts: readonly Part[]): Update | undefined {
  const part = parts.findLast(({ start, end }) => end > start);
  if (part === undefined) return undefined;
  try {
    const text = withFile(place, part.name, ({ file, size }) => {
      const from = Math.max(0, size - TAIL_BYTES);
      return readBytes(file, from, size - from).toString();
    });
    const line = text?.split("\n").at(-2);
    return line === undefined ? undefined : decodeUpdate(line, part.name);
  } catch {
    // Who asks for the log gets the message.
    return undefined;
  }
}

function isFile({ path }: Place, name: string): boolean {
  return lstatSync(join(path, name), { throwIfNoEntry: false })?.isFile() ?? false;
}

function changedAt({ path }: Place, name: string): number {
  return lstatSync(join(path, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
