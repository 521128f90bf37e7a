/**
 * Brings the files of a run to a depot and back, in the order in which they get onto a disk: log, checkpoint, record, outcome.
 * Whatever moment a machine dies at, the checkpoint that others find is not ahead of its log, and a record that says that the
 * run has ended has its last checkpoint.
 */

import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { FileError } from "../file-error.js";
import { LOCK } from "../lock.js";
import { CHECKPOINT, REPORT, WEIGHTS } from "../run-folder.js";
import { RECORD } from "../run-record.js";
import { PARTIAL, writeAtomically } from "../write-file.js";
import type { Depot } from "./depots/depot.js";

/** The place of a file in that order. */
function placeOf(name: string): number {
  if (name.startsWith("outcome")) return 3;
  if (name === RECORD) return 2;
  return [CHECKPOINT, WEIGHTS].includes(name) ? 1 : 0;
}

/** An archive's name tells that its bytes are compressed. */
const PACKED = ".gz";

/** The compressed size in bytes that a run may have in a store that is not made for files. */
export const MOST_IN_STORE: number = 32 * 2 ** 20;

/** Brings a run to a depot, `most` bytes at most. @throws FileError if it is larger */
export async function storeRun(depot: Depot, run: string, folder: string, most: number): Promise<void> {
  const names = namesIn(folder).sort((a, b) => placeOf(a) - placeOf(b));
  // The run may be at work: what is written last is read first.
  const read = names.toReversed().map((name) => ({ name, content: readFileSync(join(folder, name)) }));
  const packed = await Promise.all(
    read.toReversed().map(async ({ name, content }) => ({ name, bytes: await promisify(gzip)(content) })),
  );
  const size = packed.reduce((total, { bytes }) => total + bytes.length, 0);
  if (size > most) {
    const advice = "keep files elsewhere: --files s3://bucket/prefix, or a folder that all machines share";
    throw new FileError(
      folder,
      `takes ${mebibytes(size)}, and ${depot.shown} takes ${mebibytes(most)} a run: ${advice}`,
    );
  }
  for (const { name, bytes } of packed) await depot.put(run, name + PACKED, bytes);
}

/**
 * Brings the files of a run from a depot in place of those in its folder. Returns whether there were any. Without a record, a
 * machine died while it brought its first ones, and they count as none.
 */
export async function fetchRun(depot: Depot, run: string, folder: string): Promise<boolean> {
  const names = (await depot.list(run)).filter((name) => name.endsWith(PACKED));
  if (!names.includes(RECORD + PACKED)) return false;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const packed of names) {
    const bytes = await depot.get(run, packed);
    if (bytes === undefined) continue;
    const name = packed.slice(0, -PACKED.length);
    // What a store holds was written by whoever can reach it: a name must not lead out of the folder.
    if (!/^[\w-][\w.-]*$/.test(name)) throw new FileError(folder, `${depot.shown} has a file named ${name} for it`);
    writeAtomically(join(folder, name), await promisify(gunzip)(bytes));
  }
  return true;
}

function namesIn(folder: string): string[] {
  const isOf = (name: string): boolean => !name.startsWith(LOCK) && !name.endsWith(PARTIAL) && name !== REPORT;
  return readdirSync(folder).filter(isOf);
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
