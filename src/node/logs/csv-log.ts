/** `progress.csv`: a row an update and a row an evaluation, with the columns of Stable-Baselines3's file of that name. */

import { closeSync, renameSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Update } from "../../training/types.js";
import { AppendFile } from "../append-file.js";
import type { RunEvaluation } from "../evaluation-log.js";
import { FileError, fileError } from "../file-error.js";
import { fileLines } from "../file-lines.js";
import { openAnew, PARTIAL } from "../write-file.js";
import { cellsOf, LINE_END, nameCell, numberCell, withoutEnd } from "./csv-cells.js";
import type { LoggedRun, LogSink } from "./log-sink.js";
import { evaluationScalars, type NamedValue, Scalars } from "./scalars.js";

const PROGRESS = "progress.csv";
/** The first column, by which rows are found again. */
const NUMBER = "time/iterations";
const STEPS = "time/total_timesteps";

export class CsvLog implements LogSink {
  private readonly path: string;
  private readonly scalars: Scalars;
  /** The cells of the header. A name that a later update brings is added at its end. */
  private columns: readonly string[];
  private file: AppendFile;

  /**
   * Opens the file of a run, and removes the rows of later updates. `clock` in milliseconds.
   *
   * @throws FileError if it is somebody else's file
   */
  constructor(run: LoggedRun, clock: () => number = Date.now) {
    this.path = join(run.folder, PROGRESS);
    this.scalars = new Scalars(run, clock);
    const { columns, bytes } = placeAfter(run.updates, this.path);
    this.columns = columns;
    this.file = new AppendFile(this.path, bytes);
  }

  write(update: Update): void {
    this.append(this.scalars.of(update));
  }

  /** As there, an evaluation is a row of its own. */
  evaluated(evaluation: RunEvaluation): void {
    this.append([[NUMBER, evaluation.update], [STEPS, evaluation.steps], ...evaluationScalars(evaluation)]);
    // `evaluations.jsonl` has it already, so a run that is killed now would not write this row again.
    this.flush();
  }

  flush(): void {
    this.file.flush();
  }

  close(): void {
    this.file.flush();
    this.file.close();
  }

  private append(named: readonly NamedValue[]): void {
    const values = new Map(named.map(([name, value]) => [nameCell(name), value]));
    const added = [...values.keys()].filter((name) => !this.columns.includes(name));
    if (added.length > 0) this.widen(added);
    this.file.append(this.columns.map((name) => numberCell(values.get(name))).join(",") + LINE_END);
  }

  /** Adds columns, which are empty in the rows so far: a header can't be longer than its rows. */
  private widen(added: readonly string[]): void {
    this.close();
    this.columns = [...this.columns, ...added];
    const partial = this.path + PARTIAL;
    try {
      const file = openAnew(partial);
      try {
        writeSync(file, this.columns.join(",") + LINE_END);
        for (const { text, number } of fileLines(this.path)) {
          if (number > 1) writeSync(file, withoutEnd(text) + ",".repeat(added.length) + LINE_END);
        }
      } finally {
        closeSync(file);
      }
      renameSync(partial, this.path);
      this.file = new AppendFile(this.path, statSync(this.path).size);
    } catch (error) {
      throw fileError(this.path, "can't be written", error);
    }
  }
}

/** The header, and the number of bytes up to the row of the last update that a run has reached. */
function placeAfter(updates: number, path: string): { columns: readonly string[]; bytes: number } {
  let columns: readonly string[] = [];
  let bytes = 0;
  if (updates === 0) return { columns, bytes };
  for (const { text, number, end } of fileLines(path)) {
    if (number === 1) {
      columns = cellsOf(withoutEnd(text));
      if (columns[0] !== NUMBER) throw new FileError(path, `is not a log of a run: its first column is not ${NUMBER}`);
    } else if (Number.parseInt(text, 10) > updates) break;
    bytes = end;
  }
  return { columns, bytes };
}
