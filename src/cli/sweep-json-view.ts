import { runFolder } from "../node/sweeps/sweep-folder.js";
import type { SweepNews } from "../node/sweeps/task.js";
import type { PlannedRun } from "../sweeps/plan.js";
import { runsDone } from "../sweeps/summary.js";
import { printableJson } from "./printable.js";
import type { Output } from "./run-view.js";
import type { ShownSweep, SweepEnding, SweepView } from "./sweep-view.js";
import { warn } from "./warn.js";

/** One JSON object a line: `start`, each `run` that is done, `broken` ones, each `cell` at the end, and `result`. */
export class SweepJsonView implements SweepView {
  private readonly output: Output;
  private sweep: ShownSweep | undefined;
  private runs: ReadonlyMap<string, PlannedRun> = new Map();

  constructor(output: Output) {
    this.output = output;
  }

  begin(sweep: ShownSweep): void {
    this.sweep = sweep;
    this.runs = new Map(sweep.runs.map((run) => [run.id, run]));
    const { plan, folder, outcomes } = sweep;
    this.line({ type: "start", folder, plan, runs: sweep.runs.length, done: outcomes.size });
  }

  news(news: SweepNews): void {
    const { id } = news;
    const run = this.runs.get(id);
    if (news.kind === "done") {
      const { config, curve: _, ...outcome } = news.outcome;
      this.line({
        type: "run",
        cell: run?.cell,
        seed: config.seed,
        folder: runFolder(this.sweep?.folder ?? "", { id }),
        ...outcome,
      });
    } else if (news.kind !== "progress") this.line({ ...news, type: news.kind, cell: run?.cell });
  }

  note(message: string): void {
    warn(message);
  }

  tick(): void {}

  end({ summary, status, seconds, broken }: SweepEnding): void {
    for (const [
      cell,
      { settings, score, scores, interval, solved, diverged, mark, verdict },
    ] of summary.cells.entries())
      this.line({ type: "cell", cell, settings, score, scores, interval, solved, diverged, mark, verdict });
    const { importance = null } = summary;
    const folder = this.sweep?.folder;
    this.line({
      type: "result",
      folder,
      status,
      seconds: Number(seconds.toFixed(3)),
      done: runsDone(summary),
      broken: broken.size,
      importance,
    });
  }

  private line(value: unknown): void {
    this.output.write(`${printableJson(value)}\n`);
  }
}
