/** A run: it collects batches, learns from them, and keeps the counters. */

import { isAsync } from "../envs/async-env.js";
import { envEntry } from "../envs/entries.js";
import type { Json } from "../envs/env.js";
import type { NamedArray } from "../formats/safetensors.js";
import { architectureOf } from "../policies/architecture.js";
import type { Policy } from "../policies/policy.js";
import { releaseBatch } from "../rollout/batch.js";
import { collect, collectAsync } from "../rollout/collect.js";
import { meanInfo } from "../rollout/episode-info.js";
import { BestPolicy } from "./best-policy.js";
import { nearestLimit } from "./budget.js";
import { type Checkpoint, encodeCheckpoint } from "./checkpoint.js";
import { extendedConfig, type ResumeOptions } from "./extended-config.js";
import { hadGradient } from "./gradient.js";
import { GradientNoise } from "./gradient-noise.js";
import { learning } from "./learning.js";
import { macrotask } from "./macrotask.js";
import { requireFinite } from "./not-finite.js";
import { build, type Parts, policyWith } from "./parts.js";
import { continuousDimensions, Progress } from "./progress.js";
import { promptEnv } from "./prompt-env.js";
import { resultOf } from "./run-result.js";
import { partsState, type RunState, restoreParts } from "./run-state.js";
import type { Setup } from "./setup.js";
import { momentsOf, weightsOf } from "./state-arrays.js";
import { watchCredit } from "./step-credit.js";
import type { TrainParts } from "./train-parts.js";
import { Turn } from "./turn.js";
import type { ResolvedConfig, RunResult, Training, Update } from "./types.js";
import { noGradientOf, warningOf } from "./warning.js";

/** Steps of a slice of work in `for await`: few enough that a page stays responsive before its code is compiled well. */
const SLICE_STEPS = 16;

/** What `train` and `resume` return; callers see it as a `Training`. */
export class Run implements Training {
  readonly rewardThreshold: number | undefined;
  readonly warning: string | undefined;
  /** Why the settings leave no gradient, if they do. */
  private readonly noGradient: string | undefined;
  private setup: Setup;
  private readonly parts: Parts;
  private readonly noise: GradientNoise | undefined;
  private readonly explained: NonNullable<TrainParts["explain"]>;
  private progress: Progress;
  readonly valuesOf: Training["valuesOf"];
  updates = 0;
  /** Steps that updates have learned from: what the collector is gathering now does not count yet. */
  private learnedSteps = 0;
  private readonly kept: BestPolicy = new BestPolicy();
  /** The update under way, between two of its gradient steps. */
  private learning: Iterator<void, Update> | undefined;
  /** An update that `checkpoint` or `weights` completed. The next `advance` returns it. */
  private completed: Update | undefined;
  private readonly turn: Turn = new Turn();

  constructor(setup: Setup, { environments, gradientNoise, explain = () => false }: TrainParts = {}) {
    this.setup = { ...setup, weights: undefined, held: undefined };
    this.rewardThreshold = typeof setup.env === "string" ? envEntry(setup.env).rewardThreshold : undefined;
    this.noGradient = noGradientOf(setup);
    this.parts = build(setup, environments);
    this.warning = warningOf(setup, this.parts.env);
    if (gradientNoise !== undefined) this.noise = new GradientNoise(setup, this.parts, gradientNoise);
    this.explained = explain;
    this.valuesOf = this.parts.learner.valuesOf;
    this.progress = new Progress(this.rewardThreshold, continuousDimensions(this.policy));
  }

  get config(): ResolvedConfig {
    return this.setup.config;
  }

  get policy(): Policy {
    return this.parts.learner.policy;
  }

  get resumable(): boolean {
    return this.parts.env.snapshot !== undefined;
  }

  get asynchronous(): boolean {
    return isAsync(this.parts.env);
  }

  get finished(): boolean {
    return this.learning === undefined && this.completed === undefined && this.endsAt(this.learnedSteps);
  }

  private endsAt(steps: number): boolean {
    return (this.config.stopWhenSolved && this.progress.solvedAtEpisode !== null) || this.usedAt(steps) >= 1;
  }

  /** The share of the budget that is used up when so many steps have been learned from. */
  private usedAt(steps: number): number {
    return nearestLimit(this.config, { episodes: this.progress.episodes, steps }).share;
  }

  [Symbol.iterator](): Iterator<Update> {
    return {
      next: () => {
        const value = this.finished ? undefined : this.advance();
        return value === undefined ? { done: true, value } : { done: false, value };
      },
    };
  }

  [Symbol.asyncIterator](): AsyncIterator<Update> {
    return {
      next: async () => {
        while (!this.finished) {
          const value = await this.advanceAsync(SLICE_STEPS);
          if (value !== undefined) return { done: false, value };
        }
        return { done: true, value: undefined };
      },
    };
  }

  advance(steps = Number.POSITIVE_INFINITY): Update | undefined {
    this.turn.requireSteps("advance", steps);
    return this.turn.take("advance", () => {
      const completed = this.takeCompleted();
      if (completed !== undefined || this.finished || steps === 0) return completed;
      if (this.learning === undefined) promptEnv(this.parts.env);
      return this.turn.risk(() => this.work(steps));
    });
  }

  async advanceAsync(steps = Number.POSITIVE_INFINITY): Promise<Update | undefined> {
    this.turn.requireSteps("advanceAsync", steps);
    return this.turn.takeAsync("advanceAsync", async () => {
      const completed = this.takeCompleted();
      if (completed !== undefined || this.finished || steps === 0) return completed;
      return this.turn.riskAsync(() => this.workAsync(steps));
    });
  }

  private takeCompleted(): Update | undefined {
    const { completed } = this;
    this.completed = undefined;
    return completed;
  }

  /**
   * Collects, or learns from what was collected. With a limit, a piece of work is so many steps or what lies between two pauses
   * of an update; without one, it goes on to the end of the update.
   */
  private work(steps: number): Update | undefined {
    const { collector, env, seeds } = this.parts;
    if (this.learning === undefined) {
      if (!collect(collector, promptEnv(env), seeds, steps)) return undefined;
      this.learning = this.learn();
      if (Number.isFinite(steps)) return undefined;
    }
    let update = this.learnOn();
    while (update === undefined && !Number.isFinite(steps)) update = this.learnOn();
    return update;
  }

  /** The same for environments of both kinds. Other tasks of the event loop run before each piece of work. */
  private async workAsync(steps: number): Promise<Update | undefined> {
    const { collector, env, seeds } = this.parts;
    await macrotask();
    if (this.learning === undefined) {
      const complete = isAsync(env)
        ? await collectAsync(collector, env, seeds, steps)
        : collect(collector, env, seeds, steps);
      if (!complete) return undefined;
      this.learning = this.learn();
      await macrotask();
    }
    let update = this.learnOn();
    while (update === undefined && !Number.isFinite(steps)) {
      await macrotask();
      update = this.learnOn();
    }
    return update;
  }

  /** Learns up to the next pause of the update, and returns the update where it is complete. */
  private learnOn(): Update | undefined {
    const { done, value } = (this.learning as Iterator<void, Update>).next();
    if (!done) return undefined;
    this.learning = undefined;
    return value;
  }

  /** An update from a complete batch. */
  private *learn(): Generator<void, Update> {
    const { collector, learner, contest } = this.parts;
    const { batch, episodes } = collector.take();
    const returns = episodes.map((episode) => episode.return);
    const used = this.usedAt(this.learnedSteps);
    // The weights that played these episodes, before the update changes them. Returns against itself tell no better ones.
    if (this.progress.add(returns) && contest === undefined) this.kept.keep(learner.policy);
    // Putting a large batch in order takes as long as a gradient step.
    yield;
    const update = this.updates + 1;
    const noise = this.noise && (yield* this.noise.measured(batch, update));
    const watch = this.explained(update, this.endsAt(collector.steps)) ? watchCredit(batch, learner) : undefined;
    const learned = yield* learning(this.setup.algorithm, learner, { batch, used, update, explain: watch?.explain });
    const credit = watch?.credit();
    this.learnedSteps = collector.steps;
    releaseBatch(batch);
    requireFinite(learner, learned, update);
    this.progress.learned(learned.entropy, hadGradient(learner.policy, learned.gradientNorm));
    this.updates = update;
    const played = contest?.updated(update);
    return {
      update,
      episodes: this.progress.episodes,
      steps: collector.steps,
      returns,
      lengths: episodes.map((episode) => episode.length),
      lastSteps: episodes.map((episode) => episode.lastStep),
      averageReturn: this.progress.average,
      info: meanInfo(episodes),
      diagnostics: noise === undefined && played === undefined ? learned : { ...learned, ...played, ...noise },
      ...(credit && { credit }),
    };
  }

  /** Completes the update under way, if there is one: optimisers and generators can't be saved in the middle of it. */
  private complete(): void {
    if (this.learning !== undefined) this.completed = this.turn.risk(() => this.work(Number.POSITIVE_INFINITY));
  }

  checkpoint(): Uint8Array {
    return this.turn.take("checkpoint", () => this.saved());
  }

  private saved(): Uint8Array {
    this.complete();
    const { plain, arrays } = partsState(this.parts);
    const state: RunState = {
      updates: this.updates,
      learnedSteps: this.learnedSteps,
      progress: this.progress.snapshot(),
      ...plain,
    };
    return this.encoded("run", [...arrays, ...this.kept.saved()], state as unknown as Json);
  }

  /** Gives the run another end; what it has done stays. @throws ConfigError where that end is passed already */
  extend(options: ResumeOptions): void {
    const { progress, parts, setup } = this;
    const done = { episodes: progress.episodes, steps: parts.collector.steps };
    this.setup = { ...setup, config: extendedConfig(setup.config, options, done) };
  }

  restore(state: RunState, arrays: ReadonlyMap<string, NamedArray>): void {
    restoreParts(this.parts, state, arrays);
    this.kept.restore(arrays, this.policy);
    this.progress = new Progress(this.rewardThreshold, continuousDimensions(this.policy), state.progress);
    if (!Number.isSafeInteger(state.updates)) throw new RangeError(`updates can't be ${state.updates}`);
    if (!Number.isSafeInteger(state.learnedSteps)) throw new RangeError(`learnedSteps can't be ${state.learnedSteps}`);
    this.updates = state.updates;
    this.learnedSteps = state.learnedSteps;
  }

  bestPolicy(): Uint8Array | undefined {
    const { arrays } = this.kept;
    return arrays && this.encoded("policy", arrays);
  }

  best(): Policy {
    return this.kept.made((arrays) => policyWith(this.setup, this.parts.env, arrays)) ?? this.policy;
  }

  weights(): Uint8Array {
    return this.turn.take("weights", () => {
      this.complete();
      return this.encoded("learner", [...weightsOf(this.parts.learner.weights), ...momentsOf(this.parts.learner)]);
    });
  }

  private encoded(
    kind: Checkpoint["kind"],
    arrays: Iterable<readonly [string, NamedArray]>,
    state: Json = null,
  ): Uint8Array {
    const { config } = this;
    return encodeCheckpoint({ kind, config, policy: architectureOf(this.policy), state, arrays: new Map(arrays) });
  }

  result(): RunResult {
    const { config, updates, learnedSteps: steps, noGradient } = this;
    return resultOf(this.parts, this.progress, { config, updates, steps, noGradient });
  }
}
