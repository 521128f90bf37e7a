/** `sweep.json`: what a sweep trains, and with which code. It is written before anything runs. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, show } from "../../errors.js";
import type { SweepPlan } from "../../sweeps/plan.js";
import { isConfig, isImport, type RunImport } from "../../training/run-record.js";
import { FileError } from "../file-error.js";
import { jsonIn, reading } from "../reading.js";
import { writeOnce, writeShared } from "../write-file.js";
import type { SweepCode, SweepImport } from "./sweep-code.js";

export const SWEEP = "sweep.json";

/** The content of `sweep.json`. */
export interface SweepRecord extends SweepCode {
  readonly plan: SweepPlan;
  /** Whether runs are ended that can't come to anything any more. */
  readonly endHopeless: boolean;
  /** What the plan was made from, for readers; null if it was made by hand. */
  readonly given: unknown;
  /** Other code that some of its runs may have been trained with, oldest first. Usually there is none. */
  readonly earlier: readonly SweepCode[];
  /** ISO 8601. */
  readonly started: string;
}

/** Reads `sweep.json`. @throws ConfigError if there is none @throws FileError if it is damaged */
export function readSweepRecord(folder: string): SweepRecord {
  if (typeof folder !== "string" || !existsSync(join(folder, SWEEP))) {
    const allowed = `the folder of a sweep (one that holds ${SWEEP})`;
    throw new ConfigError({ field: "sweep", given: folder, allowed });
  }
  const path = join(folder, SWEEP);
  const text = reading(path, () => readFileSync(path, "utf8"));
  const record = sweepRecordIn(text);
  if (record === undefined) throw new FileError(path, `is not the record of a sweep: ${show(text)}`);
  return record;
}

/** The record that a text is; undefined if it is none. */
export function sweepRecordIn(text: string): SweepRecord | undefined {
  const record = jsonIn(text);
  return isSweepRecord(record) ? record : undefined;
}

/** Writes the record of a new sweep. Returns false if the folder has got one in the meantime. @throws FileError */
export function writeFirstRecord(folder: string, record: SweepRecord): boolean {
  return writeOnce(join(folder, SWEEP), written(record));
}

/** @throws FileError */
export function writeSweepRecord(folder: string, record: SweepRecord): void {
  writeShared(join(folder, SWEEP), written(record));
}

function written(record: SweepRecord): string {
  // Seeds of the config may be bigints.
  const text = JSON.stringify(record, (_, value) => (typeof value === "bigint" ? String(value) : value), 2);
  return `${text}\n`;
}

/** Checks the fields that the runs follow from. */
function isSweepRecord(value: unknown): value is SweepRecord {
  if (typeof value !== "object" || value === null) return false;
  const { plan, endHopeless, versions: made, imports, earlier } = value as Partial<SweepRecord>;
  return (
    isPlan(plan) &&
    typeof endHopeless === "boolean" &&
    typeof made?.ascent === "string" &&
    Array.isArray(earlier) &&
    Array.isArray(imports) &&
    imports.every((one: RunImport & Partial<SweepImport>) => isImport(one) && typeof one.sha256 === "string")
  );
}

function isPlan(plan: Partial<SweepPlan> | undefined): boolean {
  if (typeof plan !== "object" || plan === null) return false;
  const { varied, cells, seeds, until } = plan;
  return (
    Array.isArray(varied) &&
    Array.isArray(seeds) &&
    seeds.every((seed) => typeof seed === "string") &&
    Array.isArray(cells) &&
    cells.every((cell) => typeof cell?.settings === "object" && isConfig({ ...cell.config, seed: "0" })) &&
    (until === null || typeof until === "number")
  );
}
