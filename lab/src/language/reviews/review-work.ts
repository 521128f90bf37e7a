/** A run from preferences to a tuned policy, in the worker: what the page is told of it. */

import { assess, type LanguageTraining, sentiment, trainLanguage } from "ascent/language";
import { messageOf } from "../message-of.js";
import type { FromLinguist, ReviewSettings, TuningPoint } from "../protocol.js";
import type { Work } from "../turns.js";
import { reviewConfig } from "./review-config.js";

/** Responses that are shown by their tokens. */
const TABLES = 4;
const EXAMPLES = 3;
/** Prompts that model and reference answer at the end. */
const ASSESSED = 256;
/** Milliseconds between two tables: to make one takes a pass of the model. */
const TABLES_MS = 500;

export class ReviewWork implements Work {
  going = true;
  /** Whether one update is wanted although it is paused. */
  owed = false;
  private readonly id: number;
  private readonly post: (message: FromLinguist) => void;
  private readonly run: LanguageTraining;
  /** What the page wants β to be. While an update is at work it can't be changed. */
  private wantedBeta: number | undefined;
  private points: TuningPoint[] = [];
  private accuracy: number[] = [];
  private spent: number[] = [];
  private tabled = 0;
  private hasNews = false;

  /** @throws ConfigError for settings that a run refuses */
  constructor(id: number, settings: ReviewSettings, model: Uint8Array, post: (message: FromLinguist) => void) {
    this.id = id;
    this.post = post;
    this.run = trainLanguage(reviewConfig(settings, model));
    post({ type: "reviewsBegun", id, begun: { counts: this.run.counts } });
  }

  get busy(): boolean {
    return (this.going || this.owed) && !this.run.finished;
  }

  /** From the next update on. */
  set beta(beta: number) {
    this.wantedBeta = beta;
  }

  async advance(): Promise<void> {
    const { run } = this;
    this.owed = false;
    if (this.wantedBeta !== undefined) run.setBeta(this.wantedBeta);
    this.wantedBeta = undefined;
    const start = performance.now();
    // Between writing and learning it lets messages in.
    const update = await run.advanceAsync();
    this.spent.push(performance.now() - start);
    if (update === undefined) return;
    const { diagnostics, info, returns } = update;
    if (diagnostics.accuracy !== undefined) this.accuracy.push(diagnostics.accuracy);
    if (returns.length === 0) return;
    this.hasNews = true;
    this.points.push({
      update: update.episodes / returns.length,
      kl: diagnostics.kl,
      proxy: returns.reduce((a, b) => a + b, 0) / returns.length,
      gold: info.gold,
      valid: info.valid,
      beta: diagnostics.beta,
    });
  }

  report(): void {
    const { run } = this;
    const now = performance.now();
    const isDue = this.hasNews && (now - this.tabled >= TABLES_MS || !this.busy);
    if (isDue) {
      this.tabled = now;
      this.hasNews = false;
    }
    this.post({
      type: "reviewsTold",
      id: this.id,
      told: {
        stage: run.stage,
        updates: run.updates,
        preferences: run.preferences.length,
        examples: run.preferences.slice(-EXAMPLES),
        accuracy: this.accuracy,
        points: this.points,
        tables: isDue ? run.tokenTables(TABLES) : undefined,
        steered: run.steered,
        milliseconds: this.spent.reduce((a, b) => a + b, 0) / this.spent.length,
      },
    });
    this.points = [];
    this.accuracy = [];
    this.spent = [];
    if (run.finished) this.end();
  }

  private end(): void {
    const { model, reference } = this.run;
    const assessment = assess({ task: sentiment, model, reference }, { prompts: ASSESSED });
    const { weightsSha256 } = this.run.result();
    this.post({ type: "reviewsEnded", id: this.id, end: { assessment, weightsSha256 } });
  }

  fail(error: unknown): void {
    this.going = false;
    this.post({ type: "failed", part: "reviews", message: messageOf(error) });
  }
}
