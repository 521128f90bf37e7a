import type { RunEvaluation } from "../node/evaluation-log.js";
import type { SavedRun } from "../node/saved-run.js";
import { encodeNumbers, encodeUpdate } from "../node/update-line.js";
import type { Update } from "../training/types.js";
import { printableJson } from "./printable.js";
import type { Ending, Output, RunView } from "./run-view.js";

/** One JSON object per line: `start`, each `update` and `evaluation`, and `result` or `error`. NaN and Infinity are strings, as in metrics.jsonl. */
export class JsonView implements RunView {
  private readonly output: Output;
  private run: SavedRun | undefined;

  constructor(output: Output) {
    this.output = output;
  }

  begin(run: SavedRun): void {
    this.run = run;
    const { config, warning } = run.training;
    const { updates, episodes, steps } = run.training.result();
    this.line({ type: "start", folder: run.folder, config, warning: warning ?? null, updates, episodes, steps });
  }

  update(update: Update): void {
    this.output.write(`{"type":"update",${encodeUpdate(update).slice(1)}\n`);
  }

  evaluated(evaluation: RunEvaluation): void {
    this.output.write(`{"type":"evaluation",${encodeNumbers(evaluation).slice(1)}\n`);
  }

  tick(): void {}

  end({ result, status, seconds }: Ending): void {
    this.line({ type: "result", folder: this.run?.folder, status, seconds: Number(seconds.toFixed(3)), ...result });
  }

  abandon({ message }: Error): void {
    this.line({ type: "error", message });
  }

  private line(value: unknown): void {
    this.output.write(`${printableJson(value)}\n`);
  }
}
