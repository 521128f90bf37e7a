/** Compares the record of a run with the checkpoint beside it: one of them may have been exchanged or edited. */

import { isDeepStrictEqual } from "node:util";
import { show } from "../errors.js";
import type { ResumeOptions } from "../training/extended-config.js";
import type { RunRecord } from "../training/run-record.js";
import type { ResolvedConfig } from "../training/types.js";
import { FileError } from "./file-error.js";

/** The settings that only say when a run ends. They can be changed when it is resumed. */
type End = Pick<ResolvedConfig, "episodes" | "steps" | "stopWhenSolved">;

/**
 * The end of a run that is resumed: the one given now, or else that of its record. The record may have a newer budget than
 * the checkpoint, if the run was killed between the two; its last extension then names it.
 *
 * @throws FileError if `saved`, the config of the checkpoint, belongs to another run than the record at `path`
 */
export function resumedEnd(
  path: string,
  record: RunRecord,
  saved: ResolvedConfig,
  given: ResumeOptions,
): ResumeOptions {
  const { config, extensions } = record;
  const sameBudget = isSameBudget(config, saved);
  const extended = extensions.length > 0 && isSameBudget(config, extensions[extensions.length - 1]);
  const { episodes, steps, stopWhenSolved } = config;
  const end: End = sameBudget || extended ? { episodes, steps, stopWhenSolved } : { ...saved, stopWhenSolved };
  const different = difference("config", config, { ...saved, ...end });
  if (different !== undefined) {
    const advice =
      "Put back the file that was exchanged or edited. Only the end of a run can be changed, by resuming it";
    throw new FileError(path, `is not of the same run as the checkpoint beside it: ${different}. ${advice}`);
  }
  const ofRecord = sameBudget ? {} : { episodes: episodes ?? undefined, steps: steps ?? undefined };
  const budget = given.episodes === undefined && given.steps === undefined ? ofRecord : given;
  return { ...budget, stopWhenSolved: given.stopWhenSolved ?? stopWhenSolved };
}

function isSameBudget(a: Omit<End, "stopWhenSolved">, b: Omit<End, "stopWhenSolved">): boolean {
  return a.episodes === b.episodes && a.steps === b.steps;
}

/** Describes the first field in which two values of JSON differ. */
export function difference(path: string, here: unknown, there: unknown): string | undefined {
  if (isDeepStrictEqual(here, there)) return undefined;
  if (!isObject(here) || !isObject(there)) return `${path} is ${show(here)} here and ${show(there)} there`;
  for (const name of new Set([...Object.keys(here), ...Object.keys(there)])) {
    const found = difference(`${path}.${name}`, here[name], there[name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
