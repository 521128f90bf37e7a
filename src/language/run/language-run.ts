/**
 * A run on a language task, from nothing to a tuned model, in stages:
 *
 *   texts     next-token prediction on texts of the task; what comes of it is the reference
 *   pairs     two responses of the reference to each prompt, and which of them is preferred   (for a learned reward)
 *   judging   a reward model from these preferences, scaled on responses of the reference     (for a learned reward)
 *   tuning    the trainer improves the policy on its own responses
 *
 * Each update of a stage is an update of the run, so a log, a checkpoint and a resumed run know no stages. Episodes are responses
 * that the trainer has learned from; steps are tokens, read or drawn, of all stages.
 */

import type { Diagnostics } from "../../algorithms/algorithm.js";
import { ConfigError } from "../../errors.js";
import { expm1 } from "../../kernels/maths.js";
import { noGrad, type Tensor } from "../../tensor/index.js";
import { arraysToTensors, type Checkpoint, encodeCheckpoint, tensorsToArrays } from "../../training/checkpoint.js";
import { macrotask } from "../../training/macrotask.js";
import { inUpdate, requireFinite } from "../../training/not-finite.js";
import { Progress, type ProgressState } from "../../training/progress.js";
import { weightsDigest } from "../../training/state-arrays.js";
import { Turn } from "../../training/turn.js";
import type { ResolvedConfig, RunResult, SavableRun, Update } from "../../training/types.js";
import { verdictOf } from "../../training/verdict.js";
import { bySequence, drawRollouts, klByToken, type Rollouts } from "../rollouts.js";
import type { Sample } from "../tasks/task.js";
import type { LanguageSetup } from "./language-config.js";
import { type LanguageModel, textOf, type Written } from "./language-model.js";
import { buildLanguage, type LanguageParts, learnedTensors } from "./parts.js";
import { type Judge, judged, type Preference, pairOf, preferring } from "./preferences.js";
import { type Scores, scoresLater, scoresNow } from "./rewards.js";
import { type TokenTable, tokenTables } from "./token-table.js";

/** The stages in their order. */
export const STAGES = ["texts", "pairs", "judging", "tuning"] as const;
export type StageName = (typeof STAGES)[number];

/** The stage that a run is in, and how far it is. */
export interface Stage {
  readonly name: StageName;
  /** Updates of this stage that are done, and how many it has. The last stage ends with the budget. */
  readonly done: number;
  readonly of: number;
}

/** A run on a language task. It is advanced, saved and resumed as a `Training` is. */
export interface LanguageTraining extends SavableRun, Iterable<Update>, AsyncIterable<Update> {
  /** What learns. */
  readonly model: LanguageModel;
  /** What it was before tuning; until then, it changes too. */
  readonly reference: LanguageModel;
  readonly stage: Stage;
  /** What a learned reward is made from; empty before it was drawn. */
  readonly preferences: readonly Preference[];
  /** The responses of the latest update, as text, with what they were worth. A run that was just resumed has none. */
  readonly responses: readonly ScoredResponse[];
  /** The first of them by their tokens. */
  tokenTables(count: number): TokenTable[];
}

/** A response with its reward. */
export interface ScoredResponse extends Sample {
  readonly score: number;
  readonly kl: number;
}

/** Responses on which a learned reward is scaled. */
const SCALED_ON = 256;
/** The worth of a response that is too short or was cut. */
const GUARD = -1;

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
  readonly warning: undefined;
  readonly resumable = true;
  readonly config: ResolvedConfig;
  private readonly setup: LanguageSetup;
  private readonly parts: LanguageParts;
  private readonly counts: readonly number[];
  private progress: Progress = new Progress(undefined, 0);
  updates = 0;
  private at = 0;
  private done = 0;
  private steps = 0;
  preferences: readonly Preference[] = [];
  responses: readonly ScoredResponse[] = [];
  private latest: Rollouts | undefined;
  /** The order in which pairs are gone through in this epoch. */
  private order: readonly number[] = [];
  private readonly turn: Turn = new Turn();

  constructor(setup: LanguageSetup) {
    this.setup = setup;
    this.config = setup.config;
    this.parts = buildLanguage(setup);
    const { pipeline, judge } = this.parts;
    this.preferences = setup.preferences ?? [];
    const given = this.config.envOptions.judge === "given";
    const drawing = judge === undefined || given ? 0 : Math.ceil(pipeline.pairs / this.pairsAtOnce);
    const judging = judge === undefined ? 0 : pipeline.pairEpochs * Math.ceil(pipeline.pairs / pipeline.pairBatch);
    const tuning = Math.ceil((this.config.episodes as number) / (pipeline.prompts * this.samplesPerPrompt));
    this.counts = [pipeline.textUpdates, drawing, judging, tuning];
    this.enter();
  }

  get model(): LanguageModel {
    return this.parts.model;
  }
  get reference(): LanguageModel {
    return this.parts.reference;
  }
  get stage(): Stage {
    const at = Math.min(this.at, STAGES.length - 1);
    return { name: STAGES[at], done: at < this.at ? this.counts[at] : this.done, of: this.counts[at] };
  }
  get finished(): boolean {
    return this.at === STAGES.length;
  }
  /** A reward or a judgement of the caller's own may come later. */
  get asynchronous(): boolean {
    return this.setup.reward !== undefined || this.setup.judge !== undefined;
  }

  /** A judge of the caller's own is asked about one pair in an update, so that no answer is lost. */
  private get pairsAtOnce(): number {
    return this.setup.judge === undefined ? this.parts.pipeline.prompts : 1;
  }

  private get samplesPerPrompt(): number {
    const { samplesPerPrompt = 1 } = this.setup.options;
    return samplesPerPrompt as number;
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
    if (STAGES[this.at] !== "tuning") return this.prepare();
    const rollouts = this.draw();
    const samples = this.samplesOf(rollouts);
    const { reward } = this.setup;
    return this.learn(
      rollouts,
      samples,
      reward === undefined ? this.worth(rollouts, samples) : scoresNow(reward, samples),
    );
  }

  private async workLater(): Promise<Update | undefined> {
    await macrotask();
    if (STAGES[this.at] === "pairs" && this.setup.judge !== undefined) return this.ask(this.setup.judge);
    if (STAGES[this.at] !== "tuning") return this.prepare();
    const rollouts = this.draw();
    const samples = this.samplesOf(rollouts);
    await macrotask();
    const { reward, rewardSeconds } = this.setup;
    const scores =
      reward === undefined ? this.worth(rollouts, samples) : await scoresLater(reward, samples, rewardSeconds);
    return this.learn(rollouts, samples, scores);
  }

  /** An update of a stage before tuning. */
  private prepare(): Update {
    const worked = inUpdate(this.updates + 1, () => {
      switch (STAGES[this.at]) {
        case "texts":
          return this.readTexts();
        case "pairs":
          return this.drawPairs();
        default:
          return this.judge();
      }
    });
    return this.prepared(worked);
  }

  /** An update in which no response was scored. */
  private prepared(worked: Worked): Update {
    return this.told({ ...worked, returns: [], lengths: [], lastSteps: [], info: {} });
  }

  private readTexts(): Worked {
    const { recipe } = this.setup;
    const { pipeline, tokenizer, rngs, learners } = this.parts;
    const sequences = Array.from({ length: pipeline.textBatch }, () => {
      const { prompt, response } = recipe.task.example(rngs.texts);
      return { prompt: tokenizer.encode(prompt), response: [...tokenizer.encode(response), tokenizer.end] };
    });
    const learned = learners.texts.update({ sequences, special: tokenizer }, this.share);
    return { learned, tokens: sequences.reduce((n, { response }) => n + response.length, 0) };
  }

  /** Two responses of the reference to each of so many prompts, one after another. */
  private twoResponses(count: number): Written[] {
    const { task } = this.setup.recipe;
    const { pipeline, reference, rngs } = this.parts;
    const prompts = Array.from({ length: count }, () => task.prompt(rngs.pairs)).flatMap((prompt) => [prompt, prompt]);
    return reference.write(prompts, { temperature: pipeline.temperature }, rngs.pairs);
  }

  /** Asks about one pair. Without an answer there is no update. */
  private async ask(judge: Judge): Promise<Update | undefined> {
    const { pairs } = this.parts.rngs;
    const before = pairs.snapshot();
    const [a, b] = this.twoResponses(1);
    const better = await judge({ prompt: a.prompt, response: a.response }, { prompt: b.prompt, response: b.response });
    if (better === undefined) {
      pairs.restore(before);
      return undefined;
    }
    if (better !== 0 && better !== 1)
      throw new ConfigError({ field: "judge", given: better, allowed: "a function that gives 0, 1 or undefined" });
    this.preferences = [...this.preferences, preferring(better, a, b)];
    return this.prepared({ learned: IDLE, tokens: a.ids.length + b.ids.length });
  }

  private drawPairs(): Worked {
    const { task } = this.setup.recipe;
    const { pipeline, rngs } = this.parts;
    if (this.setup.judge !== undefined)
      throw new ConfigError({ field: "advance", given: "a run with a judge", allowed: "advanceAsync, or `for await`" });
    const count = Math.min(this.pairsAtOnce, pipeline.pairs - this.preferences.length);
    const drawn = this.twoResponses(count);
    const choose = { gold: (sample: Sample) => task.gold(sample), noise: pipeline.labelNoise };
    const made = Array.from({ length: count }, (_, i) => judged([drawn[2 * i], drawn[2 * i + 1]], choose, rngs.pairs));
    this.preferences = [...this.preferences, ...made];
    return { learned: IDLE, tokens: drawn.reduce((n, { ids }) => n + ids.length, 0) };
  }

  private judge(): Worked {
    const { pipeline, tokenizer, reference, rngs, learners } = this.parts;
    const { context } = reference.gpt.config;
    const each = Math.ceil(pipeline.pairs / pipeline.pairBatch);
    const place = this.done % each;
    if (place === 0) this.order = [...rngs.judging.permutation(this.preferences.length)];
    const chosen = this.order.slice(place * pipeline.pairBatch, (place + 1) * pipeline.pairBatch);
    const pairs = chosen.map((i) => pairOf(this.preferences[i], tokenizer, context));
    const learned = learners.judging!.update({ pairs, special: tokenizer }, this.share);
    return { learned, tokens: pairs.reduce((n, pair) => n + pair.chosen.length + pair.rejected.length, 0) };
  }

  private draw(): Rollouts {
    const { task } = this.setup.recipe;
    const { pipeline, tokenizer, model, reference, rngs } = this.parts;
    const prompts = Array.from({ length: pipeline.prompts }, () => tokenizer.encode(task.prompt(rngs.responses)));
    const sampling = { end: tokenizer.end, pad: tokenizer.pad, temperature: pipeline.temperature };
    const parts = { policy: model.policy, reference: reference.policy, samplesPerPrompt: this.samplesPerPrompt };
    return drawRollouts(prompts, { ...parts, sampling, rng: rngs.responses }, () => 0);
  }

  private samplesOf({ sequences }: Rollouts): Sample[] {
    const { tokenizer } = this.parts;
    return sequences.map(({ prompt, response }) => ({
      prompt: tokenizer.decode(prompt),
      response: textOf(tokenizer, response),
    }));
  }

  /** What these responses are worth to the task, or to the model of preferences. */
  private worth({ sequences }: Rollouts, samples: readonly Sample[]): Scores {
    const { recipe } = this.setup;
    const { pipeline, judge } = this.parts;
    if (judge !== undefined) return { totals: judge.score(sequences), parts: {} };
    return scoresNow(recipe.rewards[pipeline.reward] ?? ((sample) => recipe.task.gold(sample)), samples);
  }

  private learn(drawn: Rollouts, samples: readonly Sample[], { totals, parts }: Scores): Update {
    const { task } = this.setup.recipe;
    const { pipeline, learners } = this.parts;
    const { segments } = drawn.rows;
    const scores = totals.map((score, i) => {
      const { start, end, terminated } = segments[i];
      const refused = pipeline.shortest > 0 && (!terminated || end - start < pipeline.shortest);
      return refused ? Math.min(score, GUARD) : score;
    });
    const kl = bySequence(drawn.rows, klByToken(drawn, "k1"));
    this.responses = samples.map((sample, i) => ({ ...sample, score: scores[i], kl: kl[i] }));
    const rollouts = { ...drawn, scores };
    this.latest = rollouts;
    const first: Readonly<Record<string, number>> = this.done === 0 ? { ratioError: this.ratioError(rollouts) } : {};
    const learned = inUpdate(this.updates + 1, () => learners.tuning.update(rollouts, this.share));
    const mean = (of: (i: number) => number): number => samples.reduce((sum, _, i) => sum + of(i), 0) / samples.length;
    const returns = [...scores];
    this.progress.add(returns);
    this.progress.learned(learned.entropy, learned.gradientNorm > 0);
    const lengths = segments.map(({ start, end }) => end - start);
    return this.told({
      learned: { ...learned, kl: mean((i) => kl[i]), ...first },
      tokens: drawn.rows.targets.length,
      returns,
      lengths,
      lastSteps: segments.map(({ end }) => this.steps + end),
      info: {
        gold: mean((i) => task.gold(samples[i])),
        valid: mean((i) => Number(task.isValid(samples[i]))),
        ended: mean((i) => Number(segments[i].terminated)),
        ...parts,
      },
    });
  }

  /** The largest distance of π(y)/π_old(y) from 1 before a step: 0, unless tokens are scored otherwise than they are drawn. */
  private ratioError({ rows, logProbs, temperature }: Rollouts): number {
    const now = noGrad(() => this.model.policy.forward(rows, temperature).logProbs.toArray());
    return logProbs.reduce((most, old, t) => Math.max(most, Math.abs(expm1(now[t] - old))), 0);
  }

  /** The used share of the stage at hand. */
  private get share(): number {
    return this.done / this.counts[this.at];
  }

  /** Counts an update, and returns it. */
  private told({
    learned,
    tokens,
    ...episodes
  }: Worked & Pick<Update, "returns" | "lengths" | "lastSteps" | "info">): Update {
    const update = this.updates + 1;
    const weights = learnedTensors(this.parts).map(([, tensor]) => tensor);
    requireFinite({ weights }, learned, update);
    const stage = this.at;
    this.updates = update;
    this.steps += tokens;
    this.done++;
    this.enter();
    return {
      update,
      episodes: this.progress.episodes,
      steps: this.steps,
      ...episodes,
      averageReturn: this.progress.average,
      diagnostics: { stage, ...learned },
    };
  }

  /** Goes to the next stage that has something to do, where the one at hand is done. */
  private enter(): void {
    while (this.at < STAGES.length && this.done >= this.counts[this.at]) {
      if (STAGES[this.at] === "texts") this.copyReference();
      if (STAGES[this.at] === "judging" && this.parts.judge !== undefined) this.scaleJudge();
      this.at++;
      this.done = 0;
    }
  }

  /** The reference is what the texts have made of the policy, and so is the trunk of the judge before it learns. */
  private copyReference(): void {
    const { model, reference, judge } = this.parts;
    const learned = new Map(model.policy.parameters().map((tensor) => [tensor.name, tensor]));
    for (const copy of [...reference.policy.parameters(), ...(judge?.parameters() ?? [])]) {
      const source = learned.get(copy.name);
      if (source !== undefined) copy.set(source.toArray());
    }
  }

  private scaleJudge(): void {
    const { task } = this.setup.recipe;
    const { pipeline, tokenizer, reference, judge, rngs } = this.parts;
    const prompts = Array.from({ length: SCALED_ON }, () => tokenizer.encode(task.prompt(rngs.pairs)));
    const sampling = { end: tokenizer.end, temperature: pipeline.temperature };
    judge?.normaliseOn(noGrad(() => reference.policy.sample(prompts, sampling, rngs.pairs)));
  }

  checkpoint(): Uint8Array {
    return this.turn.take("checkpoint", () => {
      const { rngs } = this.parts;
      const state: LanguageState = {
        updates: this.updates,
        stage: this.at,
        done: this.done,
        steps: this.steps,
        progress: this.progress.snapshot(),
        rngs: Object.fromEntries(Object.entries(rngs).map(([name, rng]) => [name, rng.snapshot()])),
        preferences: this.preferences,
        order: this.order,
      };
      const arrays = new Map([
        ...tensorsToArrays("weights.", learnedTensors(this.parts)),
        ...tensorsToArrays("state.", this.stateTensors()),
      ]);
      return encodeCheckpoint({ kind: "language", config: this.config, policy: null, state: state as never, arrays });
    });
  }

  /** What the stage at hand remembers from update to update, beside weights. */
  private stateTensors(): [string, Tensor][] {
    const { learners, judge } = this.parts;
    const active = [learners.texts, undefined, learners.judging, learners.tuning, undefined][this.at];
    return [
      ...(active?.optimizers.flatMap((optimizer) => [...optimizer.state()]) ?? []),
      ...(learners.tuning.control ?? []),
      ...(judge?.scale ?? []),
    ];
  }

  /** Goes on from a checkpoint. @throws CorruptFileError, RangeError or ConfigError if it does not fit */
  restore({ state: given, arrays }: Pick<Checkpoint, "state" | "arrays">): void {
    const state = given as unknown as LanguageState;
    const whole = [state.updates, state.stage, state.done, state.steps];
    if (!whole.every((n) => Number.isSafeInteger(n) && n >= 0) || state.stage > STAGES.length)
      throw new RangeError(`counters can't be ${whole.join(", ")}`);
    this.updates = state.updates;
    this.at = state.stage;
    this.done = state.done;
    this.steps = state.steps;
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
    const { model, critic, learners } = this.parts;
    const current = learners.tuning.control?.get("beta")?.item() ?? beta;
    return tokenTables(this.latest, model, { beta: current, gamma, lambda, critic, count });
  }

  weights(): Uint8Array {
    return this.model.toBytes();
  }

  bestPolicy(): undefined {
    return undefined;
  }

  result(): RunResult {
    const { progress } = this;
    return {
      verdict: verdictOf(progress, { budget: this.config, steps: this.steps }),
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

/** What an update learned, and the tokens that it read or drew. */
interface Worked {
  readonly learned: Diagnostics;
  readonly tokens: number;
}

/** An update that only draws. */
const IDLE: Diagnostics = { loss: 0, entropy: 0, gradientNorm: 0, learningRate: 0 };
