/**
 * Reads `metrics.jsonl`: one line per update. A log longer than 256 MiB goes on in `metrics-2.jsonl`, `metrics-3.jsonl` …,
 * so that other programs can still read each part as one text.
 */

import { existsSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { Update } from "../training/types.js";
import { fileLines, type Line } from "./file-lines.js";
import { decodeUpdate } from "./update-line.js";

/** Milliseconds of reading between two pauses. */
const SLICE_MS = 40;

/** The path of part `number` of a log, counted from 1. */
export function partPath(path: string, number: number): string {
  return number === 1 ? path : path.replace(/(\.[^./\\]*)?$/, `-${number}$1`);
}

/** The number of a log's parts; at least 1, even if there is no such file. */
export function partCount(path: string): number {
  let parts = 1;
  while (existsSync(partPath(path, parts + 1))) parts++;
  return parts;
}

/** The updates of one part, with their lines. @throws FileError naming a damaged line */
export function* updatesOfPart(path: string): Generator<{ update: Update; line: Line }> {
  for (const line of fileLines(path)) yield { update: decodeUpdate(line.text, `${path}, line ${line.number}`), line };
}

/**
 * The updates of a log, one by one: a long log may not fit into memory. `path` is that of `metrics.jsonl`; the parts after
 * it are read too. A last line without a newline was cut by a kill, and is ignored.
 *
 * @throws FileError naming a damaged line
 */
export function* streamMetrics(path: string): Generator<Update> {
  const parts = partCount(path);
  for (let number = 1; number <= parts; number++) {
    for (const { update } of updatesOfPart(partPath(path, number))) yield update;
  }
}

/** All updates of a log, as `streamMetrics` reads them. @throws FileError naming a damaged line */
export function readMetrics(path: string): Update[] {
  return Array.from(streamMetrics(path));
}

/** The lengths of the last `count` episodes of a log. Reads only as many of its parts as have them. */
export function lastLengths(path: string, count: number): number[] {
  let found: number[] = [];
  for (let part = partCount(path); part > 0 && found.length < count; part--) {
    let inPart: number[] = [];
    for (const { update } of updatesOfPart(partPath(path, part))) inPart = [...inPart, ...update.lengths].slice(-count);
    found = [...inPart, ...found].slice(-count);
  }
  return found;
}

/**
 * Passes the updates of a log to `take`, with pauses in which the program can notice Ctrl-C. Ends early where `stopped`
 * says so after a pause, and returns whether it came to the end of the log.
 */
export async function readInSlices(
  path: string,
  take: (update: Update) => void,
  stopped: () => boolean,
): Promise<boolean> {
  let paused = performance.now();
  for (const update of streamMetrics(path)) {
    take(update);
    if (performance.now() - paused < SLICE_MS) continue;
    await setImmediate();
    if (stopped()) return false;
    paused = performance.now();
  }
  return true;
}
