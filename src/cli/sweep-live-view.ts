import type { SweepNews } from "../node/sweeps/task.js";
import type { ColourDepth } from "../scene/index.js";
import { type SweepSummary, summarise } from "../sweeps/summary.js";
import { colours } from "./colour.js";
import { count, duration } from "./figures.js";
import { Painting, type Terminal } from "./painting.js";
import { bar } from "./progress-bar.js";
import { bestText, sweepClosing, sweepOpening } from "./sweep-closing.js";
import { type Look, resultLines } from "./sweep-map.js";
import { SweepProgress } from "./sweep-progress.js";
import type { ShownSweep, SweepEnding, SweepView } from "./sweep-view.js";
import { warn } from "./warn.js";
import { wrap } from "./wrap.js";

const FRAME_MS = 200;
const WIDEST_BAR = 40;

/** The view for a terminal: the map as it fills in, the best cell so far, and a progress bar with the time left. */
export class SweepLiveView implements SweepView {
  private readonly terminal: Terminal;
  private readonly depth: ColourDepth;
  private readonly clock: () => number;
  private sweep: ShownSweep | undefined;
  private painting: Painting | undefined;
  private progress: SweepProgress | undefined;
  private summary: SweepSummary | undefined;
  private began = 0;
  private drawnAt = Number.NEGATIVE_INFINITY;

  /** `clock` in milliseconds. */
  constructor(terminal: Terminal, depth: ColourDepth, clock: () => number = () => performance.now()) {
    this.terminal = terminal;
    this.depth = depth;
    this.clock = clock;
  }

  begin(sweep: ShownSweep): void {
    this.sweep = sweep;
    this.began = this.clock();
    this.progress = new SweepProgress(sweep, this.began / 1000);
    this.painting = new Painting(this.terminal);
    this.terminal.write(`${sweepOpening(sweep.plan, colours(this.depth !== "none"), this.painting.columns)}\n\n`);
    this.tick();
  }

  news(news: SweepNews): void {
    this.progress?.add(news, this.clock() / 1000);
    if (news.kind === "done") this.summary = undefined;
  }

  /** Above the frame, which would be drawn over it otherwise. */
  note(message: string): void {
    this.painting?.draw([]);
    warn(message);
    this.draw(this.clock());
  }

  tick(): void {
    const now = this.clock();
    if (now - this.drawnAt < FRAME_MS) return;
    this.drawnAt = now;
    this.draw(now);
  }

  end(ending: SweepEnding): void {
    const { painting, sweep } = this;
    if (painting === undefined || sweep === undefined) return;
    painting.draw([]);
    painting.end();
    this.painting = undefined;
    const lines = sweepClosing(sweep.folder, ending, this.look(painting), colours(this.depth !== "none"));
    this.terminal.write(`${lines.join("\n")}\n`);
  }

  private draw(now: number): void {
    const { painting, sweep, progress } = this;
    if (painting === undefined || sweep === undefined || progress === undefined) return;
    this.summary ??= summarise(sweep.plan, sweep.outcomes.values(), { intervals: false });
    const left = progress.secondsLeft(now / 1000);
    const time = duration((now - this.began) / 1000);
    const text = `${progress.done} of ${count(sweep.runs.length, "run")}  ${time}${left === undefined ? "" : `, ${duration(left)} left`}`;
    const room = Math.min(WIDEST_BAR, painting.columns - text.length - 2);
    const best = bestText(this.summary);
    const atWork = progress.atWork(now / 1000);
    const below = [
      "",
      ...(best === undefined ? [] : wrap(best, painting.columns)),
      ...(atWork === undefined ? [] : [`at work: ${atWork}`]),
      bar(Math.floor(room * progress.share), room, colours(this.depth !== "none")) + text,
    ];
    const above = resultLines(this.summary, this.look(painting)).slice(0, painting.rows - 1 - below.length);
    painting.draw([...above, ...below]);
  }

  private look({ columns, rows }: Painting): Look {
    return { columns, rows: Math.max(3, rows - 6), depth: this.depth };
  }
}
