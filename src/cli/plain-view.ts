import type { RunEvaluation } from "../node/evaluation-log.js";
import type { SavedRun } from "../node/saved-run.js";
import { type Axis, placeOf, runAxis } from "../report/axis.js";
import type { Update } from "../training/types.js";
import { closing, opening } from "./closing.js";
import { type Colours, colours } from "./colour.js";
import { figure } from "./figures.js";
import { Pace } from "./pace.js";
import type { Ending, Output, RunView } from "./run-view.js";

/** Roughly how many lines a run prints. */
const LINES = 20;
/** Seconds after which the next update prints a line in any case. */
const LONGEST_SILENCE = 10;

/** The view for logs: a line per interval, with the columns of the lecture's script, then the verdict. `quiet` prints only the verdict. */
export class PlainView implements RunView {
  private readonly output: Output;
  private readonly quiet: boolean;
  private readonly colours: Colours = colours(false);
  private readonly clock: () => number;
  private run: SavedRun | undefined;
  private axis: Axis = "episode";
  private interval = 1;
  private printed = 0;
  private printedAt = 0;
  private pace: Pace;
  private evaluation: RunEvaluation | undefined;

  constructor(
    output: Output,
    { quiet = false, clock = () => performance.now() / 1000 }: { quiet?: boolean; clock?: () => number } = {},
  ) {
    this.output = output;
    this.quiet = quiet;
    this.clock = clock;
    this.pace = new Pace(clock(), 0, 0);
  }

  begin(run: SavedRun): void {
    this.run = run;
    const { config } = run.training;
    const { episodes, steps } = run.training.result();
    this.axis = runAxis(config);
    this.interval = roundInterval((config.steps ?? (config.episodes as number)) / LINES);
    this.printed = placeOf({ episodes, steps }, this.axis);
    this.printedAt = this.clock();
    this.pace = new Pace(this.printedAt, steps, episodes);
    this.evaluation = run.evaluation;
    if (!this.quiet) this.output.write(`${opening(run, this.colours)}\n`);
  }

  update(update: Update): void {
    const now = this.clock();
    this.pace.add(now, update.steps, update.episodes);
    const place = placeOf(update, this.axis);
    const reached = Math.floor(place / this.interval) > Math.floor(this.printed / this.interval);
    if (this.quiet || !(reached || now - this.printedAt >= LONGEST_SILENCE)) return;
    this.output.write(`${progressLine(update, this.axis, this.pace.stepsPerSecond, this.evaluation?.mean)}\n`);
    this.printed = place;
    this.printedAt = now;
  }

  evaluated(evaluation: RunEvaluation): void {
    this.evaluation = evaluation;
  }

  tick(): void {}

  end(ending: Ending): void {
    const lines = closing(this.run as SavedRun, ending, this.colours);
    this.output.write(this.quiet ? `${lines[0]}\n` : `\n${lines.join("\n")}\n`);
  }

  abandon(): void {}
}

/**
 * `Episode   250 | Avg Reward    96.40 | Loss  -0.0132 | Entropy 0.5913 | 81,000 steps/s`, with `Step    10,240 | ` in
 * front of it for a run that counts steps, and `Evaluated    98.10 | ` in it for a policy that was evaluated.
 */
export function progressLine(update: Update, axis: Axis, stepsPerSecond: number, evaluated?: number): string {
  const { episodes, steps, averageReturn, diagnostics } = update;
  const columns = [
    ...(axis === "step" ? [`Step ${steps.toLocaleString("en-GB").padStart(9)}`] : []),
    `Episode ${String(episodes).padStart(5)}`,
    `Avg Reward ${(Number.isNaN(averageReturn) ? "-" : averageReturn.toFixed(2)).padStart(8)}`,
    ...(evaluated === undefined ? [] : [`Evaluated ${evaluated.toFixed(2).padStart(8)}`]),
    `Loss ${figure(diagnostics.loss).padStart(8)}`,
    `Entropy ${figure(diagnostics.entropy).padStart(7)}`,
    `${stepsPerSecond === 0 ? "-" : figure(Number(stepsPerSecond.toPrecision(3)))} steps/s`,
  ];
  return columns.join(" | ");
}

/** The next of 1, 2, 5, 10, 20, 50 … */
export function roundInterval(value: number): number {
  for (let power = 1; ; power *= 10) for (const digit of [1, 2, 5]) if (digit * power >= value) return digit * power;
}
