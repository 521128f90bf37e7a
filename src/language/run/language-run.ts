/**
 * A run on a language task, from nothing to a tuned model, in the stages of `stages.ts`. Each update of a stage is an update of the
 * run, so a log, a checkpoint and a resumed run know no stages. Episodes are responses that the trainer has learned from; steps are
 * tokens, read or drawn, of all stages.
 */

import type { Diagnostics } from "../../algorithms/algorithm.js";
import { ConfigError } from "../../errors.js";
import { noGrad, type Tensor } from "../../tensor/index.js";
import { arraysToTensors, type Checkpoint, encodeCheckpoint, tensorsToArrays } from "../../training/checkpoint.js";
import { macrotask } from "../../training/macrotask.js";
import { inUpdate, requireFinite } from "../../training/not-finite.js";
import { Progress, type ProgressState } from "../../training/progress.js";
import { weightsDigest } from "../../training/state-arrays.js";
import { Turn } from "../../training/turn.js";
import type { ResolvedConfig, RunResult, Update } from "../../training/types.js";
import { verdictOf } from "../../training/verdict.js";
import { wordsOf } from "../../training/words.js";
import { bySequence, type Rollouts } from "../rollouts.js";
import { type Sequence, tokenRows } from "../sequences.js";
import type { LanguageTask, Sample } from "../tasks/task.js";
import type { Pairs } from "../trainers/pairs.js";
import type { LanguageLearner } from "../trainers/trainer.js";
import { Course } from "./course.js";
import type { LanguageSetup } from "./language-config.js";
import type { LanguageModel, Written } from "./language-model.js";
import type { LanguageTraining } from "./language-training.js";
import { buildLanguage, type LanguageParts, learnedTensors } from "./parts.js";
import type { Preference } from "./preferences.js";
import { askAbout, copyReference, drawPairs, learnPairs, readTexts, scaleJudge } from "./preparation.js";
import { type Scores, scoresLater, scoresNow } from "./rewards.js";
import type { Collected, Stage, Worked } from "./stages.js";
import { type TokenTable, tokenTables } from "./token-table.js";
import { type Drawn, draw, guarded, type ScoredResponse, tune, worth } from "./tuning.js";
import { warningOf } from "./warning.js";

/** Everything of a run that is not an array. */
interface LanguageState {
  readonly updates: number;
  readonly stage: number;
  readonly done: number;
  readonly steps: number;
  readonly progress: ProgressState;
  readonly rngs: Readonly<Record<string, unknown>>;
  readonly preferences: readonly Preference[];
  readonly order: readonly number[];
}

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
  private readonly setup: LanguageSetup;
  private readonly task: LanguageTask;
  private readonly parts: LanguageParts;
  private readonly course: Course;
  private progress: Progress = new Progress(undefined, 0);
  private steps = 0;
  /** The order in which pairs are gone through in this epoch. */
  private order: readonly number[] = [];
  private latest: Rollouts | undefined;
  private readonly turn: Turn = new Turn();

  constructor(setup: LanguageSetup) {
    this.setup = setup;
    this.config = setup.config;
    this.warning = warningOf(setup.options);
    this.task = setup.recipe.task;
    this.parts = buildLanguage(setup);
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

  /** One update of the stage at hand. */
  private work(): Update {
    if (this.course.name !== "tuning") return this.prepare();
    if (this.parts.tuner.learnsFrom === "pairs") return this.learnFromPairs(this.parts.tuner.learner);
    const drawn = draw(this.parts, this.task);
    return this.learnFromResponses(this.parts.tuner.learner, drawn, this.worthNow({ ...drawn.rollouts, ...drawn }));
  }

  private async workLater(): Promise<Update | undefined> {
    await macrotask();
    const { judge, reward, rewardSeconds } = this.setup;
    if (this.course.name === "pairs" && judge !== undefined) {
      const collected = await askAbout(this.parts, this.task, judge);
      return collected && this.prepared(this.collect(collected));
    }
    if (this.course.name !== "tuning") return this.prepare();
    const { tuner } = this.parts;
    if (tuner.learnsFrom === "pairs") return this.learnFromPairs(tuner.learner);
    const drawn = draw(this.parts, this.task);
    await macrotask();
    const later = reward && (await scoresLater(reward, drawn.samples, rewardSeconds));
    return this.learnFromResponses(tuner.learner, drawn, later ?? this.worthNow({ ...drawn.rollouts, ...drawn }));
  }

  /** What responses are worth, if that can be said at once. */
  private worthNow(of: { readonly sequences: readonly Sequence[]; readonly samples: readonly Sample[] }): Scores {
    const { reward } = this.setup;
    return reward === undefined ? worth(this.parts, this.setup, of) : scoresNow(reward, of.samples);
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

  /** The preferences of the next gradient step: each epoch goes through all of them in an order of its own. */
  private nextPairs(): Preference[] {
    const { pipeline, rngs, partsOfPairs } = this.parts;
    const place = this.course.done % partsOfPairs;
    if (place === 0) this.order = [...rngs.judging.permutation(this.preferences.length)];
    const chosen = this.order.slice(place * pipeline.pairBatch, (place + 1) * pipeline.pairBatch);
    return chosen.map((i) => this.preferences[i]);
  }

  /** An update in which no response was scored. */
  private prepared(worked: Worked): Update {
    return this.told({ ...worked, returns: [], lengths: [], lastSteps: [], info: {} });
  }

  private learnFromResponses(learner: LanguageLearner<Rollouts>, drawn: Drawn, scores: Scores): Update {
    const { share } = this.course;
    const worth = guarded(scores, drawn.rollouts.rows, this.parts.pipeline);
    return this.learn(drawn, worth, (rollouts) => learner.update(rollouts, share));
  }

  /**
   * The trainer learns from pairs. Beside them the policy writes as many responses as it learns from, so that one sees what becomes of
   * it: learning never sees them, nor their gold scores, which are the returns.
   */
  private learnFromPairs(learner: LanguageLearner<Pairs>): Update {
    const pairs = this.nextPairs();
    const drawn = draw(this.parts, this.task, 2 * pairs.length);
    const totals = Float64Array.from(drawn.samples, (sample) => this.task.gold(sample));
    let read = 0;
    return this.learn(
      drawn,
      { totals, parts: {} },
      () => {
        const { learned, tokens } = learnPairs(this.parts, learner, pairs, this.course.share);
        read = tokens;
        return learned;
      },
      () => read,
    );
  }

  /** Learns, and counts responses. `read` is the number of tokens that were read beside those that were drawn. */
  private learn(
    drawn: Drawn,
    scores: Scores,
    learn: (rollouts: Rollouts) => Diagnostics,
    read: () => number = () => 0,
  ): Update {
    const how = { first: this.course.done === 0, learn };
    const tuned = inUpdate(this.updates + 1, () => tune(this.parts, this.task, drawn, scores, how));
    const { rollouts, responses, ...told } = tuned;
    this.latest = rollouts;
    this.responses = responses;
    this.progress.add(told.returns);
    this.progress.learned(told.learned.entropy, told.learned.gradientNorm > 0);
    const tokens = told.tokens + read();
    return this.told({ ...told, tokens, lastSteps: rollouts.rows.segments.map(({ end }) => this.steps + end) });
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
      const rngs = Object.entries(this.parts.rngs).map(([name, rng]) => [name, rng.snapshot()] as const);
      const state: LanguageState = {
        updates: this.updates,
        stage: this.course.at,
        done: this.course.done,
        steps: this.steps,
        progress: this.progress.snapshot(),
        rngs: Object.fromEntries(rngs),
        preferences: this.preferences,
        order: this.order,
      };
      const arrays = new Map([
        ...tensorsToArrays("weights.", learnedTensors(this.parts)),
        ...tensorsToArrays("state.", this.stateTensors()),
      ]);
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

  /** What the stage at hand remembers from update to update, beside weights. */
  private stateTensors(): [string, Tensor][] {
    const { tuner, judge } = this.parts;
    return [
      ...(this.learner?.optimizers.flatMap((optimizer) => [...optimizer.state()]) ?? []),
      ...(tuner.learner.control ?? []),
      ...(judge?.scale ?? []),
    ];
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
    this.order = state.order;
    for (const [name, rng] of Object.entries(this.parts.rngs)) rng.restore(state.rngs[name]);
    arraysToTensors(arrays, "weights.", learnedTensors(this.parts));
    arraysToTensors(arrays, "state.", this.stateTensors());
  }

  tokenTables(count: number): TokenTable[] {
    if (this.latest === undefined) return [];
    const { beta = 0, gamma = 1, lambda = 0.95 } = this.setup.options as Readonly<Record<string, number>>;
    const { model, critic, tuner } = this.parts;
    const current = tuner.learner.control?.get("beta")?.item() ?? beta;
    const advantages = tuner.learnsFrom === "responses" ? { beta: current, gamma, lambda } : undefined;
    return tokenTables(this.latest, model, { advantages, critic, count });
  }

  score(samples: readonly Written[]): Float64Array {
    const { tokenizer, model, reference, tuner, pipeline } = this.parts;
    const sequences = samples.map(({ prompt, ids }) => ({ prompt: tokenizer.encode(prompt), response: ids }));
    const rows = tokenRows(sequences, tokenizer);
    if (tuner.learnsFrom === "responses") return guarded(this.worthNow({ sequences, samples }), rows, pipeline).totals;
    const { beta = 1 } = this.setup.options as { readonly beta?: number };
    const said = ({ policy }: LanguageModel): Float32Array => noGrad(() => policy.forward(rows).logProbs.toArray());
    const [now, before] = [said(model), said(reference)];
    return bySequence(
      rows,
      now.map((l, t) => beta * (l - before[t])),
    );
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
