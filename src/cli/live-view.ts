import { join } from "node:path";
import { readMetrics } from "../node/metrics.js";
import { METRICS } from "../node/run-folder.js";
import type { SavedRun } from "../node/saved-run.js";
import { chart } from "../plot/chart.js";
import type { ColourDepth } from "../scene/index.js";
import type { Update } from "../training.js";
import { closing, opening } from "./closing.js";
import { type Colours, colours, widthOf } from "./colour.js";
import { count, duration, figure } from "./figures.js";
import { LearningCurve } from "./learning-curve.js";
import { Pace } from "./pace.js";
import { Painting, type Terminal } from "./painting.js";
import type { Ending, View } from "./view.js";

/** Redrawn at most so often. */
const FRAME_MS = 100;
const CHART_ROWS = 14;
const WIDEST_CHART = 110;
/** A bar that is shorter than this shows nothing. */
const SHORTEST_BAR = 10;

/** For a person at a terminal: the learning curve as it grows, the current figures, a bar with the time that is left. */
export class LiveView implements View {
  private readonly terminal: Terminal;
  private readonly depth: ColourDepth;
  private readonly colours: Colours;
  private readonly curve: LearningCurve = new LearningCurve();
  private readonly clock: () => number;
  private painting: Painting | undefined;
  private run: SavedRun | undefined;
  private pace: Pace;
  private last: Update | undefined;
  private episodes = 0;
  private best = Number.NEGATIVE_INFINITY;
  private began = 0;
  private drawnAt = 0;

  /** `clock` in milliseconds. */
  constructor(terminal: Terminal, depth: ColourDepth, clock: () => number = () => performance.now()) {
    this.terminal = terminal;
    this.depth = depth;
    this.colours = colours(depth !== "none");
    this.clock = clock;
    this.pace = new Pace(0, 0, 0);
  }

  begin(run: SavedRun): void {
    this.run = run;
    const { episodes, steps, bestEpisodeReturn } = run.training.result();
    this.episodes = episodes;
    this.best = bestEpisodeReturn ?? this.best;
    if (episodes > 0) for (const update of readMetrics(join(run.folder, METRICS))) this.curve.add(update);
    this.began = this.clock();
    this.pace = new Pace(this.began / 1000, steps, episodes);
    this.terminal.write(`${opening(run, this.colours)}\n`);
    this.painting = new Painting(this.terminal);
  }

  update(update: Update): void {
    this.last = update;
    this.episodes = update.episodes;
    this.best = Math.max(this.best, ...update.returns);
    this.curve.add(update);
    this.pace.add(this.clock() / 1000, update.steps, update.episodes);
  }

  tick(): void {
    const now = this.clock();
    if (now - this.drawnAt < FRAME_MS) return;
    this.drawnAt = now;
    this.draw();
  }

  end(ending: Ending): void {
    this.draw(ending);
    this.painting?.end();
    this.terminal.write(`\n${closing(this.run as SavedRun, ending, this.colours).join("\n")}\n`);
  }

  abandon(): void {
    this.draw();
    this.painting?.end();
  }

  private draw(ending?: Ending): void {
    const { painting, last } = this;
    if (painting === undefined) return;
    const { columns, rows } = painting;
    const threshold = this.run?.training.rewardThreshold;
    const picture = chart(this.curve.series(), {
      columns: Math.min(columns, WIDEST_CHART),
      rows: Math.max(3, Math.min(CHART_ROWS, rows - 5)),
      colour: this.depth,
      xLabel: "episode",
      levels: threshold === undefined ? [] : [{ y: threshold, label: "solved" }],
    });
    const figures = last === undefined ? "" : this.figures(last, columns);
    painting.draw([...picture.split("\n"), "", figures, this.progress(columns, ending)]);
  }

  /** As many of the figures as fit, the most important first. */
  private figures({ averageReturn, returns, diagnostics }: Update, columns: number): string {
    const { strong, faint } = this.colours;
    const parts: [name: string, value: string][] = [
      ["last 100", figure(averageReturn)],
      ["now", figure(returns[returns.length - 1])],
      ["best", figure(this.best)],
      ["entropy", figure(diagnostics.entropy)],
      ["gradient", figure(diagnostics.gradientNorm)],
      ["loss", figure(diagnostics.loss)],
    ];
    let line = "";
    for (const [name, value] of parts) {
      const longer = `${line}${line === "" ? "" : "   "}${faint(name)} ${strong(value)}`;
      if (widthOf(longer) > columns) break;
      line = longer;
    }
    return line;
  }

  /** `━━━━━━━━────────── 214 of 1,000 episodes  78,120 steps/s  1.2 s, 3.4 s left` */
  private progress(columns: number, ending: Ending | undefined): string {
    const { accent, faint } = this.colours;
    const { episodes } = this;
    const budget = this.run?.training.config.episodes ?? 1;
    const { stepsPerSecond } = this.pace;
    const left = ending === undefined ? this.pace.secondsUntil(budget) : undefined;
    const time = duration(ending?.seconds ?? (this.clock() - this.began) / 1000);
    const finished = ending?.status === "finished";
    const parts = [
      finished ? count(episodes, "episode") : `${episodes.toLocaleString("en-GB")} of ${count(budget, "episode")}`,
      left === undefined ? time : `${time}, ${duration(left)} left`,
      `${figure(Number(stepsPerSecond.toPrecision(3)))} steps/s`,
    ];
    let text = "";
    for (const part of parts) if (text.length + 2 + part.length <= columns) text += text === "" ? part : `  ${part}`;
    const room = Math.min(columns, WIDEST_CHART) - text.length - 2;
    if (room < SHORTEST_BAR) return text;
    const done = finished ? room : Math.round((room * Math.min(episodes, budget)) / budget);
    return `${accent("━".repeat(done))}${faint("─".repeat(room - done))}  ${text}`;
  }
}
