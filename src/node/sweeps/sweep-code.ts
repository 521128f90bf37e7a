/** The code that the runs of a sweep are trained with. With other code, they could not be compared. */

import { ConfigError } from "../../errors.js";
import type { RunImport, RunRecord } from "../../training/run-record.js";
import { FileError } from "../file-error.js";
import { findAgain } from "../modules/find-module.js";
import { sourceHash } from "../modules/source-hash.js";
import { versions } from "../run-record.js";

/** A module that the runs import, with the digest of it and of what it imports by relative paths. */
export interface SweepImport extends RunImport {
  readonly sha256: string;
}

/** The code that runs are trained with. */
export interface SweepCode {
  readonly versions: RunRecord["versions"];
  readonly imports: readonly SweepImport[];
}

/** The code at hand. @throws FileError if a module can't be read */
export function codeAtHand(imports: readonly RunImport[]): SweepCode {
  return {
    versions: versions(),
    imports: imports.map(({ module, path }) => ({ module, path, sha256: sourceHash(path) })),
  };
}

/** The module of a sweep, which may lie elsewhere on another machine. @throws FileError if it is gone */
export function foundAgain({ module, path }: RunImport): RunImport {
  const now = findAgain({ module, path });
  if (now !== undefined) return now;
  throw new FileError(path, `is gone, and so is ${module}. The runs of this sweep need what it registers`);
}

/** @throws ConfigError if what was begun in a folder would go on with code that has these changes */
export function requireSameCode(what: "sweep" | "study", folder: string, changes: readonly string[]): void {
  if (changes.length === 0) return;
  const allowed =
    `the code that the ${what} was begun with, as its runs would not be comparable; ` +
    `otherCode goes on all the same. Changed: ${changes.join("; ")}`;
  throw new ConfigError({ field: "resume", given: folder, allowed });
}

/** What differs between the code of a sweep and that at hand. Versions of Node don't matter: they give the same bits. */
export function changesOf(before: SweepCode, now: SweepCode): string[] {
  const version =
    before.versions.ascent === now.versions.ascent
      ? []
      : [`Ascent is ${now.versions.ascent} here, and was ${before.versions.ascent}`];
  const shas = (code: SweepCode): string[] => code.imports.map(({ sha256 }) => sha256);
  const added = now.imports.filter(({ sha256 }) => !shas(before).includes(sha256));
  const gone = before.imports.filter(({ sha256 }) => !shas(now).includes(sha256));
  const modules = new Set([...added, ...gone].map(({ module }) => module));
  return [...version, ...[...modules].map((module) => `${module}, or what it imports, is not as it was`)];
}
