import { join } from "node:path";
import type { RunEvaluation } from "../node/evaluation-log.js";
import { readInSlices } from "../node/metrics.js";
import { METRICS } from "../node/run-folder.js";
import type { SavedRun } from "../node/saved-run.js";
import { chart } from "../plot/chart.js";
import { runAxis } from "../report/axis.js";
import type { ColourDepth } from "../scene/index.js";
import { nearestLimit, type Spent } from "../training/budget.js";
import type { Update } from "../training/types.js";
import { closing, opening } from "./closing.js";
import { type Colours, colours } from "./colour.js";
import { count, duration, figure, figureOrDash } from "./figures.js";
import { fittingFigures } from "./fitting-figures.js";
import { LearningCurve } from "./learning-curve.js";
import { Pace } from "./pace.js";
import { Painting, type Terminal } from "./painting.js";
import { progressBar } from "./progress-bar.js";
import type { Ending, RunView } from "./run-view.js";

/** The least time between two frames. */
const FRAME_MS = 100;
const CHART_ROWS = 14;
const WIDEST_CHART = 110;

/** The view for a terminal: the learning curve, the current figures, and a progress bar with the time left. */
export class LiveView implements RunView {
  private readonly terminal: Terminal;
  private readonly depth: ColourDepth;
  private readonly colours: Colours;
  private readonly clock: () => number;
  private painting: Painting | undefined;
  private run: SavedRun | undefined;
  private curve: LearningCurve = new LearningCurve("episode");
  private pace: Pace;
  private last: Update | undefined;
  private spent: Spent = { episodes: 0, steps: 0 };
  private latestReturn: number | undefined;
  private bestReturn: number | undefined;
  /** The mean return of the last evaluation. */
  private evaluation: number | undefined;
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

  async begin(run: SavedRun, stopped: () => boolean): Promise<void> {
    this.run = run;
    this.curve = new LearningCurve(runAxis(run.training.config));
    const { updates, episodes, steps, bestEpisodeReturn } = run.training.result();
    this.spent = { episodes, steps };
    this.bestReturn = bestEpisodeReturn ?? undefined;
    this.evaluation = run.evaluation?.mean;
    if (updates > 0) await readInSlices(join(run.folder, METRICS), (update) => this.curve.add(update), stopped);
    this.began = this.clock();
    this.pace = new Pace(this.began / 1000, steps, episodes);
    this.terminal.write(`${opening(run, this.colours)}\n`);
    this.painting = new Painting(this.terminal);
  }

  update(update: Update): void {
    this.last = update;
    this.spent = update;
    for (const value of update.returns) {
      this.latestReturn = value;
      this.bestReturn = Math.max(this.bestReturn ?? value, value);
    }
    this.curve.add(update);
    this.pace.add(this.clock() / 1000, update.steps, update.episodes);
  }

  evaluated({ mean }: RunEvaluation): void {
    this.evaluation = mean;
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
    const { config, rewardThreshold: threshold } = (this.run as SavedRun).training;
    const picture = chart(this.curve.series(), {
      columns: Math.min(columns, WIDEST_CHART),
      rows: Math.max(3, Math.min(CHART_ROWS, rows - 5)),
      colour: this.depth,
      xLabel: runAxis(config),
      levels: threshold === undefined ? [] : [{ y: threshold, label: "solved" }],
    });
    const figures = last === undefined ? "" : this.figures(last, columns);
    painting.draw([...picture.split("\n"), "", figures, this.progress(columns, ending)]);
  }

  /** As many of the figures as fit, the most important first. */
  private figures({ averageReturn, diagnostics }: Update, columns: number): string {
    const parts: (readonly [name: string, value: string])[] = [
      ["last 100", figureOrDash(averageReturn)],
      ["now", figureOrDash(this.latestReturn)],
      ["best", figureOrDash(this.bestReturn)],
      ...(this.evaluation === undefined ? [] : [["evaluated", figure(this.evaluation)] as const]),
      ["entropy", figure(diagnostics.entropy)],
      ...("klK3" in diagnostics ? [["KL", figure(diagnostics.klK3)] as const] : []),
      ...("explainedVariance" in diagnostics ? [["explained", figure(diagnostics.explainedVariance)] as const] : []),
      ["gradient", figure(diagnostics.gradientNorm)],
      ["loss", figure(diagnostics.loss)],
    ];
    return fittingFigures(parts, columns, this.colours);
  }

  /** `━━━━━━━━──────────  214 of 1,000 episodes  1.2 s, 3.4 s left  78,100 steps/s`, for the nearest limit. */
  private progress(columns: number, ending: Ending | undefined): string {
    const { config } = (this.run as SavedRun).training;
    const limit = nearestLimit(config, this.spent);
    const noun = limit.counts === "steps" ? "step" : "episode";
    const { stepsPerSecond } = this.pace;
    const left = ending === undefined ? this.pace.secondsUntil(config) : undefined;
    const time = duration(ending?.seconds ?? (this.clock() - this.began) / 1000);
    const finished = ending?.status === "finished";
    const parts = [
      finished ? count(limit.done, noun) : `${limit.done.toLocaleString("en-GB")} of ${count(limit.of, noun)}`,
      left === undefined ? time : `${time}, ${duration(left)} left`,
      `${stepsPerSecond === 0 ? "-" : figure(Number(stepsPerSecond.toPrecision(3)))} steps/s`,
    ];
    return progressBar(finished ? 1 : limit.share, parts, { columns, colours: this.colours });
  }
}
