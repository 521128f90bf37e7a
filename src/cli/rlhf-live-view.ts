import { join } from "node:path";
import type { LanguageTraining } from "../language/run/language-training.js";
import type { Stage } from "../language/run/stages.js";
import { STAGES } from "../language/run/stages.js";
import type { ScoredResponse } from "../language/run/tuning.js";
import { streamMetrics } from "../node/metrics.js";
import { METRICS } from "../node/run-folder.js";
import type { SavedRun } from "../node/saved-run.js";
import { chart } from "../plot/chart.js";
import type { Series } from "../plot/series.js";
import type { ColourDepth } from "../scene/index.js";
import type { Update } from "../training/types.js";
import { type Colours, colours, cut } from "./colour.js";
import { count, duration, figure } from "./figures.js";
import { fittingFigures } from "./fitting-figures.js";
import { Painting, type Terminal } from "./painting.js";
import { progressBar } from "./progress-bar.js";
import { closing, figuresOf, opening, STAGE_TEXT } from "./rlhf-text.js";
import type { RlhfEnding, RlhfView } from "./rlhf-view.js";
import { stageOf } from "./stage-place.js";
import { tokenStrip } from "./token-strip.js";

/** The least time between two frames. */
const FRAME_MS = 100;
const CHART_ROWS = 10;
const WIDEST_CHART = 110;
/** Responses that are shown. */
const SHOWN = 3;

/** The curve of a stage: what it is about, and its values by update. */
interface Curve {
  readonly label: string;
  readonly colour: `#${string}`;
  readonly of: (update: Update) => number | undefined;
}

const CURVES: Readonly<Record<(typeof STAGES)[number], readonly Curve[]>> = {
  texts: [{ label: "nats a token", colour: "#3b82c4", of: ({ diagnostics }) => diagnostics.loss }],
  pairs: [],
  judging: [{ label: "accuracy", colour: "#3b82c4", of: ({ diagnostics }) => diagnostics.accuracy }],
  tuning: [
    // A trainer on preferences has no reward: the margin is its own measure.
    {
      label: "reward or margin",
      colour: "#3b82c4",
      of: ({ averageReturn, diagnostics: { margin } }) => margin ?? averageReturn,
    },
    { label: "gold", colour: "#c2571a", of: ({ info }) => info.gold },
  ],
};

/** The view for a terminal: the stage at hand with its curve, its figures, some of the latest responses, and a progress bar. */
export class RlhfLiveView implements RlhfView {
  private readonly terminal: Terminal;
  private readonly depth: ColourDepth;
  private readonly colours: Colours;
  private painting: Painting | undefined;
  private run: SavedRun<LanguageTraining> | undefined;
  private last: Update | undefined;
  private stage = -1;
  /** The first response of an update by its tokens. To score it takes a pass of the model, which not every frame needs. */
  private strip: readonly string[] = [];
  private stripOf: Update | undefined;
  private updates: Update[] = [];
  private began = 0;
  private stageBegan = 0;
  private drawnAt = 0;

  constructor(terminal: Terminal, depth: ColourDepth) {
    this.terminal = terminal;
    this.depth = depth;
    this.colours = colours(depth !== "none");
  }

  begin(run: SavedRun<LanguageTraining>): void {
    this.run = run;
    this.began = performance.now();
    this.stageBegan = this.began;
    if (run.training.updates > 0) for (const update of streamMetrics(join(run.folder, METRICS))) this.update(update);
    this.terminal.write(`${opening(run, this.colours)}\n`);
    this.painting = new Painting(this.terminal);
  }

  update(update: Update): void {
    const { stage } = update.diagnostics;
    if (stage !== this.stage) {
      this.updates = [];
      this.stage = stage;
      this.stageBegan = performance.now();
    }
    this.last = update;
    this.updates.push(update);
  }

  tick(): void {
    const now = performance.now();
    if (now - this.drawnAt < FRAME_MS) return;
    this.drawnAt = now;
    this.draw();
  }

  end(ending: RlhfEnding): void {
    this.draw();
    this.painting?.end();
    this.terminal.write(`\n${closing(this.run as SavedRun<LanguageTraining>, ending, this.colours).join("\n")}\n`);
  }

  abandon(): void {
    this.draw();
    this.painting?.end();
  }

  private draw(): void {
    const { painting, last, run } = this;
    if (painting === undefined || last === undefined || run === undefined) return;
    const { columns, rows } = painting;
    const { strong, faint } = this.colours;
    const name = STAGES[this.stage];
    const { responses } = run.training;
    const stage = stageOf(last, run.training);
    if (this.stripOf !== last) {
      this.stripOf = last;
      const tables = run.training.tokenTables(1);
      this.strip = tables.flatMap((table) => tokenStrip(table, this.depth, columns, this.colours));
    }
    const samples =
      name === "tuning" ? [...responses.slice(1, SHOWN).map((one) => this.response(one, columns)), ...this.strip] : [];
    const picture = this.chart(columns, Math.max(3, Math.min(CHART_ROWS, rows - 7 - samples.length)));
    const head = `${strong(`${this.stage + 1} ${name}`)}  ${faint(STAGE_TEXT[name])}`;
    painting.draw([
      head,
      ...picture,
      fittingFigures(figuresOf(last, name), columns, this.colours),
      ...samples,
      this.progress(stage, columns),
    ]);
  }

  private chart(columns: number, rows: number): string[] {
    const curves = CURVES[STAGES[this.stage]];
    const series = curves.map(({ label, colour, of }): Series => {
      const values = this.updates.map(of);
      return { label, colour, x: this.updates.map((_, i) => i + 1), y: values.map((value) => value ?? Number.NaN) };
    });
    if (series.length === 0) return [];
    const options = { columns: Math.min(columns, WIDEST_CHART), rows, colour: this.depth, xLabel: "update" };
    return [...chart(series, options).split("\n"), ""];
  }

  private response({ prompt, response, score, kl }: ScoredResponse, columns: number): string {
    const { faint, good, bad } = this.colours;
    const paint = score > 0 ? good : score < 0 ? bad : faint;
    const line = `${faint(figure(Number(score.toFixed(2))).padStart(6))} ${faint(`KL ${kl.toFixed(1)}`.padEnd(8))} ${prompt}${paint(response)}`;
    return cut(line, columns);
  }

  /** `━━━━━━━━──────────  update 214 of 800  12 s in this stage, 33 s left, 41,000 tokens`. */
  private progress({ done, of }: Stage, columns: number): string {
    const now = performance.now();
    const seconds = (now - this.stageBegan) / 1000;
    const left = this.updates.length > 1 && done < of ? (seconds / this.updates.length) * (of - done) : undefined;
    const parts = [
      `update ${done} of ${of}`,
      ...(left === undefined ? [] : [`${duration(left)} left in this stage`]),
      `${duration((now - this.began) / 1000)} so far`,
      count(this.last?.steps ?? 0, "token"),
    ];
    return progressBar(done / of, parts, { columns, colours: this.colours });
  }
}
