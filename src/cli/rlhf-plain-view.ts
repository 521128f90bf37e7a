import type { LanguageTraining } from "../language/run/language-training.js";
import type { StageName } from "../language/run/stages.js";
import type { SavedRun } from "../node/saved-run.js";
import type { Update } from "../training/types.js";
import { type Colours, colours } from "./colour.js";
import { duration } from "./figures.js";
import { closing, figuresOf, opening, STAGE_TEXT, verdict } from "./rlhf-text.js";
import type { RlhfEnding, RlhfView } from "./rlhf-view.js";
import type { Output } from "./run-view.js";
import { stageOf } from "./stage-place.js";

/** Lines that a stage prints, roughly, and that the last one does. */
const LINES = { texts: 4, pairs: 1, judging: 4, tuning: 16 } as const;
/** Seconds after which the next update prints a line in any case. */
const LONGEST_SILENCE = 15;

/** The view for logs: some lines for each stage, and at the end what came of it. `quiet` prints only that. */
export class RlhfPlainView implements RlhfView {
  private readonly output: Output;
  private readonly quiet: boolean;
  private readonly colours: Colours;
  private run: SavedRun<LanguageTraining> | undefined;
  private stage: StageName | undefined;
  private began = 0;
  private printedAt = 0;

  constructor(
    output: Output,
    { quiet = false, colours: style = colours(false) }: { quiet?: boolean; colours?: Colours } = {},
  ) {
    this.output = output;
    this.quiet = quiet;
    this.colours = style;
  }

  begin(run: SavedRun<LanguageTraining>): void {
    this.run = run;
    this.began = performance.now();
    if (!this.quiet) this.output.write(`${opening(run, this.colours)}\n`);
  }

  update(update: Update): void {
    if (this.quiet) return;
    const { name, done, of } = stageOf(update, (this.run as SavedRun<LanguageTraining>).training);
    if (name !== this.stage) {
      this.output.write(`${this.colours.strong(name)}${this.colours.faint(`: ${STAGE_TEXT[name]}`)}\n`);
      this.stage = name;
    }
    const interval = Math.max(1, Math.floor(of / LINES[name]));
    const now = performance.now();
    if (done % interval !== 0 && done !== of && now - this.printedAt < 1000 * LONGEST_SILENCE) return;
    this.printedAt = now;
    const figures = figuresOf(update, name).map(([what, value]) => `${what} ${value}`);
    const line = [`  ${`update ${done} of ${of}`.padEnd(20)}`, ...figures, duration((now - this.began) / 1000)];
    this.output.write(`${line.join(" | ")}\n`);
  }

  tick(): void {}

  end(ending: RlhfEnding): void {
    const lines = closing(this.run as SavedRun<LanguageTraining>, ending, this.colours);
    this.output.write(this.quiet ? `${verdict(ending)}\n` : `\n${lines.join("\n")}\n`);
  }

  abandon(): void {}
}
