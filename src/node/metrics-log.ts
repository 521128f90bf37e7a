/**
 * Writes `metrics.jsonl`. It contains no times and no paths, and begins a new part after a number of bytes, so two runs of
 * the same config write the same bytes.
 */

import { rmSync } from "node:fs";
import { ConfigError } from "../errors.js";
import type { Update } from "../training/types.js";
import { AppendFile } from "./append-file.js";
import { FileError, fileError } from "./file-error.js";
import type { Line } from "./file-lines.js";
import { partCount, partPath, updatesOfPart } from "./metrics.js";
import { encodeUpdate } from "./update-line.js";

/** The most bytes of a part: a text of this length is not too long for a program to read at once. */
const PART_BYTES = 2 ** 28;

/** How far the run is that the log belongs to. */
export type Reached = Pick<Update, "update" | "episodes" | "averageReturn">;

/** The place in a log at which a run goes on. */
interface Place {
  readonly part: number;
  /** The bytes of that part up to there. */
  readonly bytes: number;
  /** The last update before it, if any. */
  readonly update?: Update;
}

export class MetricsLog {
  private readonly path: string;
  private readonly partBytes: number;
  private part: number;
  private file: AppendFile;
  /** The bytes of the current part, including those that are not written yet. */
  private bytes: number;
  private last: number;
  /** The update after which the run goes on, if it is resumed. */
  readonly reached: Update | undefined;

  private constructor(path: string, { part, bytes, update }: Place, last: number, partBytes: number) {
    this.reached = update;
    this.path = path;
    this.part = part;
    this.bytes = bytes;
    this.last = last;
    this.partBytes = partBytes;
    this.file = new AppendFile(partPath(path, part), bytes);
  }

  /**
   * Opens the log of a run, and removes the lines of later updates: the resumed run will write them again.
   *
   * @throws FileError if the log ends before the run's last update, or is that of another run. It is then left as it is
   */
  static open(path: string, reached: Reached, partBytes: number = PART_BYTES): MetricsLog {
    const parts = partCount(path);
    const place = placeAfter(reached, path, parts);
    for (let part = parts; part > place.part; part--) remove(partPath(path, part));
    return new MetricsLog(path, place, reached.update, partBytes);
  }

  /** @throws ConfigError unless it is the update after the last one */
  append(update: Update): void {
    this.requireAll(update.update - 1);
    const line = `${encodeUpdate(update)}\n`;
    const length = Buffer.byteLength(line);
    if (this.bytes > 0 && this.bytes + length > this.partBytes) this.beginPart();
    this.file.append(line);
    this.bytes += length;
    this.last = update.update;
  }

  /** @throws ConfigError unless the log has all of so many updates */
  requireAll(updates: number): void {
    if (updates === this.last) return;
    const allowed =
      `${this.last}, as many as the log has. Advance the saved run itself: ` +
      "updates that training.advance() returned beside it were not logged";
    throw new ConfigError({ field: "training.updates", given: updates, allowed });
  }

  /** Writes the buffered lines, so that a kill of this process can't lose them. */
  flush(): void {
    this.file.flush();
  }

  /** Writes the lines to the disk itself, so that a power cut can't lose them. */
  sync(): void {
    this.file.sync();
  }

  close(): void {
    this.file.close();
  }

  private beginPart(): void {
    this.sync();
    const file = new AppendFile(partPath(this.path, this.part + 1), 0);
    this.close();
    this.file = file;
    this.part++;
    this.bytes = 0;
  }
}

/** The place after the last update that a run has reached. Reads only the part that contains it. */
function placeAfter(reached: Reached, path: string, parts: number): Place {
  if (reached.update === 0) return { part: 1, bytes: 0 };
  for (let part = parts; part > 0; part--) {
    const inPart = partPath(path, part);
    let last: { update: Update; line: Line } | undefined;
    for (const found of updatesOfPart(inPart)) {
      if (found.update.update > reached.update) break;
      last = found;
    }
    if (last === undefined) continue;
    requireReached(last.update, reached, path, `${inPart}, line ${last.line.number}`);
    return { part, bytes: last.line.end, update: last.update };
  }
  throw missing(path, 0, reached);
}

function missing(path: string, end: number, { update }: Reached): FileError {
  return new FileError(path, `ends at update ${end}, but the checkpoint beside it is at ${update}: lines are missing`);
}

function requireReached(found: Update, reached: Reached, path: string, where: string): void {
  if (found.update !== reached.update) throw missing(path, found.update, reached);
  const { episodes, averageReturn } = reached;
  if (found.episodes === episodes && Object.is(found.averageReturn, averageReturn)) return;
  const [here, there] = [found, reached].map(
    (each) => `${each.episodes} episodes and an average of ${each.averageReturn}`,
  );
  throw new FileError(where, `is of another run than the checkpoint beside it: ${here} here, ${there} there`);
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw fileError(path, "can't be removed", error);
  }
}
