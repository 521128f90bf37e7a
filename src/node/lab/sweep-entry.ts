/** The folder of a sweep or of a study as an entry of the lab's list. */

import { lstatSync } from "node:fs";
import { join } from "node:path";
import { FileError } from "../file-error.js";
import { RESULTS } from "../sweeps/sweep-folder.js";
import { SWEEP, type SweepRecord, sweepRecordIn } from "../sweeps/sweep-record.js";
import { RESULT, STUDY, type StudyRecord, studyIn } from "../sweeps/tune-folder.js";
import type { LabSweep } from "./answers.js";
import { type Place, readText } from "./open-file.js";
import { numberOrNull, textOrNull, texts } from "./plain.js";

/** A cell of a plan has about a thousand bytes. */
const RECORD_BYTES = 2 ** 24;
const MOST_NAMES = 8;
const MOST_VARIED = 50;

/** The files of a sweep and of a study: what it is, and what it came to. */
export const SWEEP_FILES = {
  sweep: { record: SWEEP, results: RESULTS },
  study: { record: STUDY, results: RESULT },
} as const;

type Kind = LabSweep["kind"];

/** The record of a sweep or a study, or why it can't be read; neither if there is none. */
export function readSweepOrStudy(
  place: Place,
  kind: Kind,
): { readonly record?: SweepRecord | StudyRecord; readonly problem?: string } {
  const file = SWEEP_FILES[kind].record;
  try {
    const text = readText(place, file, RECORD_BYTES);
    if (text === undefined) return {};
    const record = kind === "sweep" ? sweepRecordIn(text) : studyIn(text);
    return record === undefined ? { problem: `${join(place.name, file)}: is not the record of a ${kind}` } : { record };
  } catch (error) {
    if (error instanceof FileError) return { problem: error.message };
    throw error;
  }
}

/** The entry of a sweep or a study. Undefined if it is gone. */
export function sweepEntry(place: Place, id: string, kind: Kind): LabSweep | undefined {
  const [written, ended] = [SWEEP_FILES[kind].record, SWEEP_FILES[kind].results].map((name) => changedAt(place, name));
  const { record, problem } = readSweepOrStudy(place, kind);
  if (record === undefined && problem === undefined) return undefined;
  return {
    id,
    name: place.name,
    kind,
    problem: problem ?? null,
    complete: hasResults(written, ended),
    changed: Math.round(Math.max(written, ended)),
    ...planIn(record),
  };
}

/** Whether the results are those of the whole plan: one that got more runs has none until they are done. */
function hasResults(written: number, ended: number): boolean {
  return ended > 0 && ended >= written;
}

function planIn(record: SweepRecord | StudyRecord | undefined) {
  if (record !== undefined && "plan" in record) {
    const { cells, seeds, varied } = record.plan;
    return {
      algorithms: texts(
        cells.map(({ config }) => config.algorithm),
        MOST_NAMES,
      ),
      envs: texts(
        cells.map(({ config }) => config.env),
        MOST_NAMES,
      ),
      varied: texts(varied, MOST_VARIED),
      planned: numberOrNull(cells.length * seeds.length),
      started: textOrNull(record.started),
    };
  }
  // Of a study, only the kinds of the fields are known.
  const base: Readonly<Record<string, unknown>> = { ...record?.study?.base };
  return {
    algorithms: texts([base.algorithm], MOST_NAMES),
    envs: texts([base.env], MOST_NAMES),
    varied: texts(Object.keys(record?.study?.space ?? {}), MOST_VARIED),
    planned: null,
    started: null,
  };
}

function changedAt({ path }: Place, name: string): number {
  return lstatSync(join(path, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
