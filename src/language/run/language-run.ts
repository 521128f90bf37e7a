/**
 * A run on a language task, from nothing to a tuned model, in the stages of `stages.ts`. Each update of a stage is an update of the
 * run, so a log, a checkpoint and a resumed run know no stages. Episodes are responses that the trainer has learned from; steps are
 * tokens, read or drawn, of all stages.
 */

import { ConfigError } from "../../errors.js";
import { type Checkpoint, encodeCheckpoint } from "../../training/checkpoint.js";
import { macrotask } from "../../training/macrotask.js";
import { inUpdate, requireFinite } from "../../training/not-finite.js";
import { Progress } from "../../training/progress.js";
import { weightsDigest } from "../../training/state-arrays.js";
import { Turn } from "../../training/turn.js";
import type { ResolvedConfig, RunResult, Update } from "../../training/types.js";
import { verdictOf } from "../../training/verdict.js";
import { wordsOf } from "../../training/words.js";
import type { Rollouts } from "../rollouts.js";
import type { LanguageTask } from "../tasks/task.js";
import type { Pairs } from "../trainers/pairs.js";
import type { LanguageLearner } from "../trainers/trainer.js";
import { Course } from "./course.js";
import type { LanguageSetup } from "./language-config.js";
import type { LanguageModel, Written } from "./language-model.js";
import type { LanguageState } from "./language-state.js";
import type { LanguageTraining } from "./language-training.js";
import { PairEpochs } from "./pair-epochs.js";
import { arraysOf, buildLanguage, type LanguageParts, takeArrays } from "./parts.js";
import type { Preference } from "./preferences.js";
import { askAbout, copyReference, drawPairs, learnPairs, readTexts, scaleJudge } from "./preparation.js";
import { scoresLater } from "./rewards.js";
import type { Collected, Stage, Worked } from "./stages.js";
import { type Steering, steer, steerAgain } from "./steering.js";
import { type TokenTable, tablesOf } from "./token-table.js";
import { draw, type ScoredResponse, type Tuned, type TuningPlace, tuneOnPairs, tuneOnResponses } from "./tuning.js";
import { warningOf } from "./warning.js";
import { scoreWritten, worthNow } from "./worth.js";

/** @internal What `trainLanguage` and `resumeLanguage` return. */
export class LanguageRun implements LanguageTraining {
  readonly warning: string | undefined;
  readonly resumable = true;
  readonly config: ResolvedConfig;
  /** Of language models, the last one is kept. */
  readonly bestPolicy = (): undefined => undefined;
  updates = 0;
  preferences: readonly Preference[];
  responses: readonly ScoredResponse[] = [];
  steered: readonly Steering[] = [];
  private readonly setup: LanguageSetup;
  private readonly task: LanguageTask;
  private readonly parts: LanguageParts;
  private readonly course: Course;
  private readonly epochs: PairEpochs;
  private progress: Progress = new Progress(undefined, 0);
  private steps = 0;
  private latest: Rollouts | undefined;
  private readonly turn: Turn = new Turn();

  constructor(setup: LanguageSetup) {
    this.setup = setup;
    this.config = setup.config;
    this.warning = warningOf(setup.options);
    this.task = setup.recipe.task;
    this.parts = buildLanguage(setup);
    this.epochs = new PairEpochs(this.parts);
    this.preferences = setup.preferences ?? [];
    this.course = new Course(this.parts.counts, (stage) => {
      if (stage === "texts") copyReference(this.parts);
      if (stage === "judging") scaleJudge(this.parts, this.task);
    });
  }

  get model(): LanguageModel {
    return this.parts.model;
  }
  get reference(): LanguageModel {
    return this.parts.reference;
  }
  get stage(): Stage {
    return this.course.stage;
  }
  get beta(): number | undefined {
    return this.parts.tuner.learner.beta;
  }
  get counts(): Course["counts"] {
    return this.course.counts;
  }
  get finished(): boolean {
    return this.course.finished;
  }
  get asynchronous(): boolean {
    return this.setup.reward !== undefined || this.setup.judge !== undefined;
  }

  *[Symbol.iterator](): Iterator<Update> {
    while (!this.finished) {
      const update = this.advance();
      if (update !== undefined) yield update;
    }
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Update> {
    while (!this.finished) {
      const update = await this.advanceAsync();
      if (update !== undefined) yield update;
    }
  }

  advance(steps: number = Number.POSITIVE_INFINITY): Update | undefined {
    this.turn.requireSteps("advance", steps);
    return this.turn.take("advance", () => {
      if (this.finished || steps === 0) return undefined;
      return this.turn.risk(() => this.work());
    });
  }

  async advanceAsync(steps: number = Number.POSITIVE_INFINITY): Promise<Update | undefined> {
    this.turn.requireSteps("advanceAsync", steps);
    return this.turn.takeAsync("advanceAsync", async () => {
      if (this.finished || steps === 0) return undefined;
      return this.turn.riskAsync(() => this.workLater());
    });
  }

  setBeta(beta: number): void {
    this.turn.take("setBeta", () => {
      if (this.finished)
        throw new ConfigError({ field: "setBeta", given: beta, allowed: "nothing: this run has ended" });
      this.steered = steer(this.parts.tuner.learner, this.steered, { update: this.updates + 1, beta });
    });
  }

  /** One update of the stage at hand. */
  private work(): Update {
    if (this.course.name !== "tuning") return this.prepare();
    const { parts, task, setup } = this;
    const { tuner } = parts;
    if (tuner.learnsFrom === "pairs") return this.tuneOnPairs(tuner.learner);
    const drawn = draw(parts, task);
    return this.tuned((at) =>
      tuneOnResponses(parts, task, tuner.learner, { drawn, scores: worthNow(parts, setup, drawn) }, at),
    );
  }

  private tuneOnPairs(learner: LanguageLearner<Pairs>): Update {
    return this.tuned((at) => tuneOnPairs(this.parts, this.task, learner, this.nextPairs(), at));
  }

  private async workLater(): Promise<Update | undefined> {
    await macrotask();
    const { judge, reward, rewardSeconds } = this.setup;
    if (this.course.name === "pairs" && judge !== undefined) {
      const collected = await askAbout(this.parts, this.task, judge);
      return collected && this.prepared(this.collect(collected));
    }
    if (this.course.name !== "tuning") return this.prepare();
    const { parts, task, setup } = this;
    const { tuner } = parts;
    if (tuner.learnsFrom === "pairs") return this.tuneOnPairs(tuner.learner);
    const drawn = draw(parts, task);
    await macrotask();
    const later = reward && (await scoresLater(reward, drawn.samples, rewardSeconds));
    const scores = later ?? worthNow(parts, setup, drawn);
    return this.tuned((at) => tuneOnResponses(parts, task, tuner.learner, { drawn, scores }, at));
  }

  /** An update of a stage before tuning. */
  private prepare(): Update {
    return this.prepared(
      inUpdate(this.updates + 1, () => {
        switch (this.course.name) {
          case "texts":
            return readTexts(this.parts, this.task, this.course.share);
          case "pairs":
            return this.collect(this.simulated());
          default:
            return learnPairs(this.parts, this.parts.learners.judging, this.nextPairs(), this.course.share);
        }
      }),
    );
  }

  private simulated(): Collected {
    if (this.setup.judge !== undefined)
      throw new ConfigError({ field: "advance", given: "a run with a judge", allowed: "advanceAsync, or `for await`" });
    const missing = this.parts.pipeline.pairs - this.preferences.length;
    return drawPairs(this.parts, this.task, Math.min(this.parts.pairsAtOnce, missing));
  }

  private collect({ preferences, ...worked }: Collected): Worked {
    this.preferences = [...this.preferences, ...preferences];
    return worked;
  }

  /** The preferences of the next gradient step. */
  private nextPairs(): Preference[] {
    return this.epochs.next(this.preferences, this.course.done);
  }

  /** An update in which no response was scored. */
  private prepared(worked: Worked): Update {
    return this.told({ ...worked, returns: [], lengths: [], lastSteps: [], info: {} });
  }

  /** An update of the last stage. */
  private tuned(learn: (at: TuningPlace) => Tuned): Update {
    const at = { share: this.course.share, first: this.course.done === 0 };
    const { rollouts, responses, ...told } = inUpdate(this.updates + 1, () => learn(at));
    this.latest = rollouts;
    this.responses = responses;
    this.progress.add(told.returns);
    this.progress.learned(told.learned.entropy, told.learned.gradientNorm > 0);
    return this.told({ ...told, lastSteps: rollouts.rows.segments.map(({ end }) => this.steps + end) });
  }

  /** Counts an update, and returns it. */
  private told({
    learned,
    tokens,
    ...episodes
  }: Worked & Pick<Update, "returns" | "lengths" | "lastSteps" | "info">): Update {
    const update = this.updates + 1;
    requireFinite({ weights: this.learner?.weights ?? [] }, learned, update);
    const diagnostics = { stage: this.course.at, ...learned };
    this.updates = update;
    this.steps += tokens;
    this.course.next();
    const { episodes: count, average } = this.progress;
    return { update, episodes: count, steps: this.steps, ...episodes, averageReturn: average, diagnostics };
  }

  checkpoint(): Uint8Array {
    return this.turn.take("checkpoint", () => {
      const state: LanguageState = {
        updates: this.updates,
        stage: this.course.at,
        done: this.course.done,
        steps: this.steps,
        progress: this.progress.snapshot(),
        rngs: Object.fromEntries(Object.entries(this.parts.rngs).map(([name, rng]) => [name, rng.snapshot()])),
        preferences: this.preferences,
        order: this.epochs.order,
        ...(this.steered.length === 0 ? {} : { steered: this.steered }),
      };
      const arrays = arraysOf(this.parts, this.learner);
      const plain = state as unknown as Checkpoint["state"];
      return encodeCheckpoint({ kind: "language", config: this.config, policy: null, state: plain, arrays });
    });
  }

  /** What learns in the stage at hand, if anything does. */
  private get learner(): Pick<LanguageParts["learners"]["texts"], "weights" | "optimizers"> | undefined {
    const { name } = this.course;
    if (name === "tuning") return this.parts.tuner.learner;
    return name === undefined || name === "pairs" ? undefined : this.parts.learners[name];
  }

  /** Goes on from a checkpoint. @throws CorruptFileError, RangeError or ConfigError if it does not fit */
  restore({ state: given, arrays }: Pick<Checkpoint, "state" | "arrays">): void {
    const state = given as unknown as LanguageState;
    const counters = [state.updates, state.steps];
    if (!counters.every((n) => Number.isSafeInteger(n) && n >= 0))
      throw new RangeError(`updates and steps can't be ${counters.join(" and ")}`);
    [this.updates, this.steps] = counters;
    this.course.restore(state.stage, state.done);
    this.progress = new Progress(undefined, 0, state.progress);
    this.preferences = state.preferences;
    this.epochs.order = state.order;
    for (const [name, rng] of Object.entries(this.parts.rngs)) rng.restore(state.rngs[name]);
    this.steered = steerAgain(this.parts.tuner.learner, state.steered ?? []);
    takeArrays(this.parts, this.learner, arrays);
  }

  tokenTables(count: number): TokenTable[] {
    return this.latest === undefined ? [] : tablesOf(this.latest, this.parts, this.setup.options, count);
  }

  score(written: readonly Written[]): Float64Array {
    return scoreWritten(this.parts, this.setup, written);
  }

  weights(): Uint8Array {
    return this.model.toBytes();
  }

  result(): RunResult {
    const { progress } = this;
    return {
      verdict: verdictOf(progress, { budget: this.config, steps: this.steps, words: wordsOf(this.config) }),
      solvedAtEpisode: null,
      updates: this.updates,
      episodes: progress.episodes,
      steps: this.steps,
      averageReturn: progress.episodes === 0 ? null : progress.average,
      bestEpisodeReturn: progress.bestEpisode,
      weightsSha256: weightsDigest(this.model.policy.parameters()),
    };
  }
}
