/**
 * Reads a log of lines piece by piece, as it grows. A reader comes back with a *cursor*: how many bytes it has, and a digest
 * of the last of them. A log that was cut and has grown again, as that of a run resumed with another budget, has other bytes
 * there, and is then read from its start.
 */

import { createHash } from "node:crypto";
import { lstatSync } from "node:fs";
import { join } from "node:path";
import { FileError } from "../file-error.js";
import { partPath } from "../metrics.js";
import { type Place, readBytes, requirePlain, withFile } from "./open-file.js";

/** Bytes of an answer, unless its first line is longer. */
const SLICE_BYTES = 2 ** 20;
/** A longer line is a sign of another kind of file. */
const LONGEST_LINE = 2 ** 22;
/** Bytes before the cursor that its digest is of. */
const MARK_BYTES = 256;
/** Parts have 256 MiB. */
const MOST_PARTS = 1000;
const NEWLINE = 10;

export interface Cursor {
  readonly offset: number;
  readonly mark: string;
}

export interface LogSlice {
  /** Whole lines, with their newlines. */
  readonly bytes: Buffer;
  /** The cursor behind them. */
  readonly next: string;
  /** Whether they begin at the start of the log, though the reader came with a cursor: what it has is not of this log. */
  readonly replaced: boolean;
  /** Bytes of the log behind these lines. They may be half a line. */
  readonly left: number;
}

export interface Part {
  readonly name: string;
  /** The bytes of the parts before it, and with it. */
  readonly start: number;
  readonly end: number;
}

/** A cursor from its text; undefined if it is none. */
export function cursorIn(text: string): Cursor | undefined {
  const [, offset, mark] = /^(\d{1,15})-([0-9a-f]{16})$/.exec(text) ?? [];
  return mark === undefined ? undefined : { offset: Number(offset), mark };
}

/** The parts of a log, in order; none if there is no such file. @throws FileError if one of them is no plain file */
export function partsOf(place: Place, name: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (let number = 1; number <= MOST_PARTS; number++) {
    const part = partPath(name, number);
    const found = lstatSync(join(place.path, part), { throwIfNoEntry: false });
    if (found === undefined) break;
    requirePlain(found, join(place.name, part));
    parts.push({ name: part, start: end, end: end + found.size });
    end += found.size;
  }
  return parts;
}

/**
 * Lines of a log after a cursor, about a mebibyte of them. `name` is that of its first part.
 *
 * @throws FileError if it can't be read, or has a line of more than 4 MiB
 */
export function readSlice(place: Place, name: string, after?: Cursor): LogSlice {
  const parts = partsOf(place, name);
  const end = parts.at(-1)?.end ?? 0;
  const replaced = after !== undefined && (after.offset > end || markAt(place, parts, after.offset) !== after.mark);
  const from = after === undefined || replaced ? 0 : after.offset;
  const { bytes, to } = linesFrom(place, parts, from);
  return { bytes, next: `${to}-${markAt(place, parts, to)}`, replaced, left: end - to };
}

/** Whole lines from an offset on, of one part, and the offset behind them. */
function linesFrom(place: Place, parts: readonly Part[], from: number): { bytes: Buffer; to: number } {
  for (const part of parts) {
    if (from >= part.end) continue;
    const start = Math.max(from, part.start);
    const bytes = withFile(place, part.name, ({ file, size }) => wholeLines(file, start - part.start, size));
    if (bytes === undefined) break;
    if (bytes === "too long") {
      throw new FileError(join(place.name, part.name), `has a line of more than ${LONGEST_LINE} bytes`);
    }
    if (bytes.length > 0) return { bytes, to: start + bytes.length };
    // The next part is begun only when this one has ended: half a line at its end stays one.
    if (part === parts.at(-1)) return { bytes, to: start };
  }
  return { bytes: Buffer.alloc(0), to: from };
}

function wholeLines(file: number, from: number, size: number): Buffer | "too long" {
  for (const most of [SLICE_BYTES, LONGEST_LINE]) {
    const bytes = readBytes(file, from, Math.max(0, Math.min(most, size - from)));
    const lines = bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1);
    if (lines.length > 0 || bytes.length < most) return lines;
  }
  return "too long";
}

/** The digest of the bytes before an offset, within one part. */
function markAt(place: Place, parts: readonly Part[], offset: number): string {
  const part = parts.find(({ end }) => offset <= end);
  const start = Math.max(part?.start ?? 0, offset - MARK_BYTES);
  const read = ({ file }: { file: number }) => readBytes(file, start - (part?.start ?? 0), offset - start);
  const bytes = part === undefined || offset === start ? undefined : withFile(place, part.name, read);
  return createHash("sha256")
    .update(bytes ?? "")
    .digest("hex")
    .slice(0, 16);
}
