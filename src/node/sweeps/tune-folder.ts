/**
 * The folder of a study:
 *
 *   study.json    what is compared, and how many rounds have begun
 *   legs.jsonl    the scores, a line for each leg when it is done
 *   result.json   what was found; there is no time in it, so a study that was killed and resumed writes the same bytes
 *   runs/         the run folders
 */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, show } from "../../errors.js";
import type { LegDone } from "../../sweeps/tuning/legs.js";
import type { Study } from "../../sweeps/tuning/study.js";
import { AppendFile } from "../append-file.js";
import { FileError } from "../file-error.js";
import { fileLines } from "../file-lines.js";
import { asFileName, firstFree, makeFolder } from "../folders.js";
import { jsonIn, namesIn, reading } from "../reading.js";
import { RUNS } from "../run-folder.js";
import { writeAtomically } from "../write-file.js";
import type { SweepCode } from "./sweep-code.js";

export const STUDY = "study.json";
export const LEGS = "legs.jsonl";
export const RESULT = "result.json";

/** When to stop beginning rounds. */
export type Goal = { readonly rounds: number } | { readonly minutes: number };

/** The content of `study.json`. */
export interface StudyRecord extends SweepCode {
  readonly study: Study;
  readonly goal: Goal;
  /** Rounds begun. It is all that the clock decides: a study of as many rounds has the same result. */
  readonly rounds: number;
  /** Whether no further round begins. */
  readonly closed: boolean;
  /** The time spent so far. */
  readonly seconds: number;
}

/** A line of `legs.jsonl`. */
export interface LegRecord extends LegDone {
  /** The name of its run's folder. */
  readonly id: string;
  readonly seconds: number;
}

/** Makes the folder of a new study: `out`, or the first free one of `runs/tune-<name>`, `runs/tune-<name>-2` … */
export function makeStudyFolder({ base }: Study, out: string | undefined): string {
  const name = asFileName(`tune-${base.algorithm}-${base.env ?? "unnamed"}`);
  const isFree = (folder: string): boolean => namesIn(folder).length === 0;
  if (out !== undefined && !isFree(out)) {
    const allowed = `a folder that is new or empty${existsSync(join(out, STUDY)) ? " (to go on with its study: --resume)" : ""}`;
    throw new ConfigError({ field: "out", given: out, allowed });
  }
  const folder = out ?? firstFree(join(RUNS, name), (free) => (isFree(free) ? free : undefined));
  makeFolder(folder);
  return folder;
}

export function writeStudy(folder: string, record: StudyRecord): void {
  writeAtomically(join(folder, STUDY), `${JSON.stringify(record, null, 2)}\n`);
}

/** @throws ConfigError if there is no study @throws FileError if its file is damaged */
export function readStudy(folder: string): StudyRecord {
  const path = join(folder, STUDY);
  if (!existsSync(path)) {
    const allowed = `the folder of a study (one that holds ${STUDY})`;
    throw new ConfigError({ field: "resume", given: folder, allowed });
  }
  const text = reading(path, () => readFileSync(path, "utf8"));
  const record = studyIn(text);
  if (record !== undefined) return record;
  throw new FileError(path, `is not the record of a study: ${show(text)}`);
}

/** The record that a text is; undefined if it is none. */
export function studyIn(text: string): StudyRecord | undefined {
  const record = jsonIn(text);
  return isStudyRecord(record) ? record : undefined;
}

/** The legs that are done, and the file to append others to. */
export interface OpenLegs {
  readonly legs: readonly LegRecord[];
  readonly file: AppendFile;
}

/** Opens `legs.jsonl`. What a kill has cut off is removed. @throws FileError */
export function openLegs(folder: string): OpenLegs {
  const path = join(folder, LEGS);
  const lines = [...fileLines(path)];
  const legs = lines.map(({ text, number }) => {
    const leg = jsonIn(text);
    if (isLegRecord(leg)) return leg;
    throw new FileError(path, `line ${number} is not the record of a leg: ${show(text)}`);
  });
  return { legs, file: new AppendFile(path, lines.at(-1)?.end ?? 0) };
}

function isStudyRecord(value: unknown): value is StudyRecord {
  return hasFields(value, { study: "object", imports: "object", goal: "object", rounds: "number", closed: "boolean" });
}

function isLegRecord(value: unknown): value is LegRecord {
  return hasFields(value, { point: "number", stream: "string", seed: "number", rung: "number", seconds: "number" });
}

function hasFields(value: unknown, fields: Readonly<Record<string, string>>): boolean {
  if (typeof value !== "object" || value === null) return false;
  const given: Readonly<Record<string, unknown>> = { ...value };
  return Object.entries(fields).every(([name, type]) => typeof given[name] === type);
}
