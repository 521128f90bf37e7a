/** TensorBoard's event files, in the run's folder: `tensorboard --logdir runs` shows all runs by the names of their folders. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Update } from "../../training/types.js";
import { AppendFile } from "../append-file.js";
import type { RunEvaluation } from "../evaluation-log.js";
import type { LoggedRun, LogSink } from "./log-sink.js";
import { evaluationScalars, Scalars } from "./scalars.js";
import { type Scalar, scalarsEvent, startEvent, versionEvent } from "./tensorboard-event.js";
import { tfRecord } from "./tf-record.js";

export class TensorboardLog implements LogSink {
  private readonly clock: () => number;
  private readonly scalars: Scalars;
  private readonly file: AppendFile;

  /**
   * Begins a new file. That of a resumed run says at which step it goes on, and readers drop what the files before it have
   * from there on. `clock` in milliseconds since 1970.
   */
  constructor(run: LoggedRun, clock: () => number = Date.now) {
    this.clock = clock;
    this.scalars = new Scalars(run, clock);
    const { path, first } = newFile(run.folder);
    this.file = new AppendFile(path, 0);
    this.append(versionEvent(this.seconds()));
    if (!first) this.append(startEvent(this.seconds(), run.steps + 1));
  }

  write(update: Update): void {
    const scalars = this.scalars.of(update).filter((one): one is Scalar => one[1] !== undefined);
    this.append(scalarsEvent(this.seconds(), update.steps, scalars));
  }

  evaluated(evaluation: RunEvaluation): void {
    this.append(scalarsEvent(this.seconds(), evaluation.steps, evaluationScalars(evaluation)));
  }

  flush(): void {
    this.file.flush();
  }

  close(): void {
    this.file.flush();
    this.file.close();
  }

  private seconds(): number {
    return this.clock() / 1000;
  }

  private append(event: Uint8Array): void {
    this.file.append(tfRecord(event));
  }
}

/** The first free name. Readers take a folder's files in the order of their names. */
function newFile(folder: string): { path: string; first: boolean } {
  for (let number = 1; ; number++) {
    const path = join(folder, `events.out.tfevents.${String(number).padStart(6, "0")}.ascent`);
    if (!existsSync(path)) return { path, first: number === 1 };
  }
}
