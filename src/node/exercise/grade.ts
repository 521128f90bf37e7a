/** The grade of a folder: which tests passed when the exercises were last checked, and the hints that were read. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { passed, type Result } from "../../exercise/index.js";
import { FileError } from "../file-error.js";
import { jsonIn, readingIfThere } from "../reading.js";
import { writeAtomically } from "../write-file.js";

/** The grade of one exercise. */
export interface Grade {
  /** How many tests passed at the last check, of how many, and the most that ever did. */
  readonly passed: number;
  readonly of: number;
  readonly best: number;
  /** Each test with `passed`, the name of the mistake, or `waits`. */
  readonly tests: Readonly<Record<string, string>>;
  /** How many hints were read for each function. */
  readonly hints: Readonly<Record<string, number>>;
}

/** Grades by the names of exercises. */
export type Grades = Readonly<Record<string, Grade>>;

const FILE = "grade.json";
const NONE: Grade = { passed: 0, of: 0, best: 0, tests: {}, hints: {} };

/** The grades kept in a folder; none if nothing was checked. @throws FileError if the file was damaged */
export function readGrades(folder: string): Grades {
  const path = join(folder, FILE);
  const text = readingIfThere(path, () => readFileSync(path, "utf8"));
  if (text === undefined) return {};
  const grades = jsonIn(text);
  if (isGrades(grades)) return grades;
  throw new FileError(path, "this is not a grade that ascent exercise check wrote; remove it to start afresh");
}

/** Keeps the results of a check. */
export function keepResults(folder: string, exercise: string, results: readonly Result[]): Grade {
  const count = results.filter(passed).length;
  const tests = Object.fromEntries(results.map((result) => [result.test.name, outcomeOf(result)]));
  return keep(folder, exercise, (before) => ({
    ...before,
    passed: count,
    of: results.length,
    best: Math.max(count, before.best),
    tests,
  }));
}

/** Keeps how many hints were read for a function. */
export function keepHints(folder: string, exercise: string, subject: string, count: number): Grade {
  return keep(folder, exercise, (before) => ({ ...before, hints: { ...before.hints, [subject]: count } }));
}

function keep(folder: string, exercise: string, change: (before: Grade) => Grade): Grade {
  const grades = readGrades(folder);
  const grade = change(grades[exercise] ?? NONE);
  writeAtomically(join(folder, FILE), `${JSON.stringify({ ...grades, [exercise]: grade }, null, 2)}\n`);
  return grade;
}

function outcomeOf(result: Result): string {
  if (passed(result)) return "passed";
  return result.evidence.fault?.mistake ?? "waits";
}

function isGrades(value: unknown): value is Grades {
  return isRecord(value) && Object.values(value).every(isGrade);
}

function isGrade(value: unknown): value is Grade {
  if (!isRecord(value) || !isRecord(value.tests) || !isRecord(value.hints)) return false;
  const counts = [value.passed, value.of, value.best, ...Object.values(value.hints)];
  return (
    counts.every(Number.isSafeInteger) && Object.values(value.tests).every((outcome) => typeof outcome === "string")
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
