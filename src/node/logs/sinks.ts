import type { Update } from "../../training/types.js";
import type { RunEvaluation } from "../evaluation-log.js";
import type { LogSink } from "./log-sink.js";

/** Several sinks as one. Methods of a sink are called on it, so a class may be one. */
export class Sinks implements Required<LogSink> {
  private readonly all: readonly LogSink[];

  constructor(all: readonly LogSink[]) {
    this.all = all;
  }

  write(update: Update): void {
    for (const sink of this.all) sink.write(update);
  }

  evaluated(evaluation: RunEvaluation): void {
    for (const sink of this.all) sink.evaluated?.(evaluation);
  }

  flush(): void {
    for (const sink of this.all) sink.flush?.();
  }

  /** Closes all of them, even if one throws. */
  close(): void {
    const errors: unknown[] = [];
    for (const sink of this.all) {
      try {
        sink.close?.();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
