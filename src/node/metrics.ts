/**
 * `metrics.jsonl`: one line per update. It contains no times and no paths, so two runs of the same config write the same
 * bytes. JSON has no NaN, Infinity or -0, so they are written as the strings "NaN", "Infinity" and "-0".
 */

import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import type { Update } from "../training/types.js";
import { codeOf, FileError, fileError } from "./file-error.js";

const NEWLINE = 10;

export class MetricsLog {
  private readonly path: string;
  private readonly file: number;
  private pending = "";

  private constructor(path: string, file: number) {
    this.path = path;
    this.file = file;
  }

  /**
   * Opens the log of a run at update `updates`, and removes later lines: the resumed run will write them again.
   *
   * @throws FileError if the log ends before that update
   */
  static open(path: string, updates: number): MetricsLog {
    const bytes = readOrEmpty(path);
    const end = endOf(bytes, updates, path);
    try {
      const file = openSync(path, "a");
      if (end < bytes.length) ftruncateSync(file, end);
      return new MetricsLog(path, file);
    } catch (error) {
      throw fileError(path, "can't be opened for writing", error);
    }
  }

  append(update: Update): void {
    this.pending += `${encodeUpdate(update)}\n`;
  }

  /** Writes the buffered lines, so that a kill of this process can't lose them. */
  flush(): void {
    const bytes = Buffer.from(this.pending);
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(this.file, bytes, written);
    } catch (error) {
      throw fileError(this.path, "can't be written", error);
    }
    this.pending = "";
  }

  /** Writes the lines to the disk itself, so that a power cut can't lose them. */
  sync(): void {
    this.flush();
    try {
      fsyncSync(this.file);
    } catch (error) {
      throw fileError(this.path, "can't be written", error);
    }
  }

  close(): void {
    closeSync(this.file);
  }
}

/** All updates in a log. A last line without a newline was cut by a kill, and is ignored. */
export function readMetrics(path: string): Update[] {
  return Array.from(lines(readOrEmpty(path)), ({ text, number }) => decodeUpdate(text, `${path}, line ${number}`));
}

export function encodeUpdate(update: Update): string {
  return JSON.stringify(update, (_, value: unknown) =>
    typeof value !== "number" ? value : Object.is(value, -0) ? "-0" : Number.isFinite(value) ? value : String(value),
  );
}

export function decodeUpdate(text: string, where: string): Update {
  try {
    const update = JSON.parse(text, (_, value: unknown) =>
      typeof value === "string" ? Number(value) : value,
    ) as Update;
    if (Number.isSafeInteger(update.update) && Number.isSafeInteger(update.episodes)) return update;
  } catch {
    // Falls through: not JSON, or JSON of something else.
  }
  throw new FileError(where, "is not the record of an update");
}

/** The byte at which the first `updates` lines end. */
function endOf(bytes: Buffer, updates: number, path: string): number {
  let reached = 0;
  let end = 0;
  for (const line of lines(bytes)) {
    const update = decodeUpdate(line.text, `${path}, line ${line.number}`);
    if (update.update > updates) break;
    reached = update.update;
    end = line.end;
  }
  if (reached !== updates) {
    throw new FileError(
      path,
      `ends at update ${reached}, but the checkpoint beside it is at ${updates}: lines are missing`,
    );
  }
  return end;
}

function* lines(bytes: Buffer): Generator<{ text: string; number: number; end: number }> {
  let start = 0;
  for (let number = 1; ; number++) {
    const newline = bytes.indexOf(NEWLINE, start);
    if (newline < 0) return;
    yield { text: bytes.toString("utf8", start, newline), number, end: newline + 1 };
    start = newline + 1;
  }
}

function readOrEmpty(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return Buffer.alloc(0);
    throw fileError(path, "can't be read", error);
  }
}
