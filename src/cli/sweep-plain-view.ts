import type { SweepNews } from "../node/sweeps/task.js";
import { summarise } from "../sweeps/summary.js";
import { colours } from "./colour.js";
import { count, duration } from "./figures.js";
import type { Output } from "./run-view.js";
import { bestText, sweepClosing, sweepOpening } from "./sweep-closing.js";
import { SweepProgress } from "./sweep-progress.js";
import type { ShownSweep, SweepEnding, SweepView } from "./sweep-view.js";
import { warn } from "./warn.js";

/** Roughly how many lines of progress a sweep prints. */
const LINES = 20;
/** Seconds after which there is a line in any case. */
const LONGEST_SILENCE = 30;
const LOOK = { columns: 100, rows: 40, depth: "none" } as const;

/** The view for logs: a line now and then, and the results. `quiet` prints only the results. */
export class SweepPlainView implements SweepView {
  private readonly output: Output;
  private readonly quiet: boolean;
  private readonly clock: () => number;
  private sweep: ShownSweep | undefined;
  private progress: SweepProgress | undefined;
  private began = 0;
  private printed = 0;
  private printedAt = 0;

  /** `clock` in seconds. */
  constructor(
    output: Output,
    { quiet = false, clock = () => performance.now() / 1000 }: { quiet?: boolean; clock?: () => number } = {},
  ) {
    this.output = output;
    this.quiet = quiet;
    this.clock = clock;
  }

  begin(sweep: ShownSweep): void {
    this.sweep = sweep;
    this.began = this.clock();
    this.printedAt = this.began;
    this.progress = new SweepProgress(sweep, this.began);
    this.printed = this.progress.done;
    const before = this.printed === 0 ? "" : `, ${this.printed} of them done before`;
    if (!this.quiet) this.output.write(`${sweepOpening(sweep.plan, colours(false))}${before}\n`);
  }

  news(news: SweepNews): void {
    this.progress?.add(news, this.clock());
    this.tick();
  }

  note(message: string): void {
    warn(message);
  }

  tick(): void {
    const { sweep, progress } = this;
    if (this.quiet || sweep === undefined || progress === undefined) return;
    const now = this.clock();
    const every = Math.max(1, Math.round(sweep.runs.length / LINES));
    if (progress.done - this.printed < every && now - this.printedAt < LONGEST_SILENCE) return;
    this.printed = progress.done;
    this.printedAt = now;
    const left = progress.secondsLeft(now);
    const parts = [
      `${String(progress.done).padStart(String(sweep.runs.length).length)} of ${count(sweep.runs.length, "run")}`,
      `${duration(now - this.began)}${left === undefined ? "" : `, ${duration(left)} left`}`,
      progress.atWork(now),
      bestText(summarise(sweep.plan, sweep.outcomes.values(), { intervals: false })),
    ];
    this.output.write(`${parts.filter((part) => part !== undefined).join(" | ")}\n`);
  }

  end(ending: SweepEnding): void {
    const lines = sweepClosing(this.sweep?.folder ?? "", ending, LOOK, colours(false));
    this.output.write(`${this.quiet ? "" : "\n"}${lines.join("\n")}\n`);
  }
}
