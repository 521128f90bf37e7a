import type { LanguageTraining } from "../language/run/language-training.js";
import type { SavedRun } from "../node/saved-run.js";
import { encodeUpdate } from "../node/update-line.js";
import type { Update } from "../training/types.js";
import { printableJson } from "./printable.js";
import type { RlhfEnding, RlhfView } from "./rlhf-view.js";
import type { Output } from "./run-view.js";

/** One JSON object per line: `start`, each `update`, and `result` or `error`. */
export class RlhfJsonView implements RlhfView {
  private readonly output: Output;
  private folder = "";

  constructor(output: Output) {
    this.output = output;
  }

  begin({ folder, training }: SavedRun<LanguageTraining>): void {
    this.folder = folder;
    const { config, warning } = training;
    const { updates, episodes, steps } = training.result();
    this.line({ type: "start", folder, config, warning: warning ?? null, updates, episodes, steps });
  }

  update(update: Update): void {
    this.output.write(`{"type":"update",${encodeUpdate(update).slice(1)}\n`);
  }

  tick(): void {}

  end({ result, status, seconds, assessment }: RlhfEnding): void {
    const { folder } = this;
    this.line({
      type: "result",
      folder,
      status,
      seconds: Number(seconds.toFixed(3)),
      ...result,
      assessment: assessment ?? null,
    });
  }

  abandon({ message }: Error): void {
    this.line({ type: "error", message });
  }

  private line(value: unknown): void {
    this.output.write(`${printableJson(value)}\n`);
  }
}
