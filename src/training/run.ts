/** One run at work: collecting, learning, and keeping account of both. */

import type { Algorithm, Diagnostics, Learner } from "../algorithms/algorithm.js";
import { calling, checkDiagnostics, checkLearner } from "../algorithms/algorithm-error.js";
import { isAsync } from "../envs/async-env.js";
import type { AsyncBatchedEnv } from "../envs/batched/async-batch.js";
import type { BatchedEnv } from "../envs/batched/batched-env.js";
import type { Json } from "../envs/env.js";
import { envEntry } from "../envs/registry.js";
import { ConfigError } from "../errors.js";
import type { NamedArray } from "../formats/safetensors.js";
import type { Schema, Values } from "../options.js";
import { architectureOf } from "../policies/architecture.js";
import type { Policy } from "../policies/policy.js";
import { defaultRng, type Generator as RandomGenerator, SeedSequence } from "../random/index.js";
import { releaseBatch } from "../rollout/batch.js";
import { collect, collectAsync } from "../rollout/collect.js";
import { Collector, type CollectorState } from "../rollout/collector.js";
import { environments, type MakeEnvironments } from "../rollout/environments.js";
import { nearestLimit } from "./budget.js";
import { arrayNamed, arraysToTensors, encodeCheckpoint, tensorsToArrays } from "./checkpoint.js";
import { extendedConfig, type ResumeOptions } from "./extended-config.js";
import { macrotask } from "./macrotask.js";
import type { Setup } from "./setup.js";
import { momentsOf, named, policyArrays, restoreMoments, weightsDigest, weightsOf } from "./state-arrays.js";
import type { ResolvedConfig, RunResult, Training, Update } from "./types.js";
import { Progress, type ProgressState } from "./verdict.js";
import { warmStart } from "./warm-start.js";

interface Parts {
  readonly learner: Learner;
  readonly env: BatchedEnv | AsyncBatchedEnv;
  /** For the first reset, one a copy. */
  readonly seeds: readonly bigint[];
  readonly collector: Collector;
  readonly actingRng: RandomGenerator;
  readonly learningRng: RandomGenerator;
}

/** Steps of a slice of work in `for await`. */
const SLICE_STEPS = 256;

/** Three independent streams of random numbers come from the one seed: environments, learning, acting. */
export function streams(config: ResolvedConfig): SeedSequence[] {
  return new SeedSequence(BigInt(config.seed)).spawn(3);
}

/** Everything that a config describes, at its beginning. */
function build(
  { config, algorithm, env: source, weights, features }: Setup,
  makeEnvironments: MakeEnvironments,
): Parts {
  const [forEnv, forLearning, forActing] = streams(config);
  const options = config.options as Values<Schema>;
  const wanted = calling(algorithm, "collect", "", () => algorithm.collect(options));
  const copies = "envs" in wanted ? wanted.envs : 1;
  const env = makeEnvironments(source, copies, config.envOptions);
  const learningRng = defaultRng(forLearning);
  const actingRng = defaultRng(forActing);
  const { observationSpace, actionSpace } = env;
  const context = { observationSpace, actionSpace, options, rng: learningRng, features };
  const learner = calling(algorithm, "create", "", () => checkLearner(algorithm, algorithm.create(context)));
  if (weights !== undefined) warmStart(learner, config, weights);
  const { policy, rewardScaling } = learner;
  const seeds = [...(forEnv.generateState(copies, "uint64") as BigUint64Array)];
  const collector = new Collector({ env, policy, rng: actingRng, collect: wanted, rewardScaling });
  return { learner, env, seeds, collector, actingRng, learningRng };
}

/** Everything of a run that is not an array. */
export interface RunState {
  readonly updates: number;
  readonly learnedSteps: number;
  readonly progress: ProgressState;
  readonly actingRng: Json;
  readonly learningRng: Json;
  readonly collector: CollectorState["plain"];
}

/** What `train` and `resume` return; callers see it as a `Training`. */
export class Run implements Training {
  config: ResolvedConfig;
  readonly rewardThreshold: number | undefined;
  readonly warning: string | undefined;
  private readonly algorithm: Algorithm;
  private readonly parts: Parts;
  private progress: Progress;
  private updates = 0;
  /** Steps that updates have learned from: what the collector is gathering now does not count yet. */
  private learnedSteps = 0;
  private best: Map<string, NamedArray> | undefined;
  /** The update under way, between two of its gradient steps. */
  private learning: Iterator<void, Update> | undefined;
  /** An update that a checkpoint completed: the next `advance` hands it out. */
  private completed: Update | undefined;
  /** An `advanceAsync` that has not answered yet. */
  private pending = false;
  /** What stopped the run. Its state is in doubt from there on: it neither goes on nor is saved. */
  private failure: unknown;

  constructor(setup: Setup, makeEnvironments: MakeEnvironments = environments) {
    const { config, algorithm, env } = setup;
    this.config = config;
    this.algorithm = algorithm;
    this.rewardThreshold = typeof env === "string" ? envEntry(env).rewardThreshold : undefined;
    this.warning = algorithm.presets[config.preset]?.warning;
    this.parts = build(setup, makeEnvironments);
    this.progress = new Progress(this.rewardThreshold, continuousDimensions(this.policy));
  }

  get policy(): Policy {
    return this.parts.learner.policy;
  }

  get finished(): boolean {
    if (this.learning !== undefined || this.completed !== undefined) return false;
    const solved = this.config.stopWhenSolved && this.progress.solvedAtEpisode !== null;
    return solved || this.used >= 1;
  }

  /** The share of the budget that is used up, as of the last update. */
  private get used(): number {
    return nearestLimit(this.config, { episodes: this.progress.episodes, steps: this.learnedSteps }).share;
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
    this.requireReady();
    if (this.finished) return undefined;
    return this.takeCompleted() ?? this.guarded(() => this.work(steps));
  }

  async advanceAsync(steps = Number.POSITIVE_INFINITY): Promise<Update | undefined> {
    this.requireReady();
    if (this.finished) return undefined;
    const completed = this.takeCompleted();
    if (completed !== undefined) return completed;
    this.pending = true;
    try {
      return await this.workAsync(steps);
    } catch (error) {
      this.failure = error;
      throw error;
    } finally {
      this.pending = false;
    }
  }

  /** Whether the run may be advanced or saved now. */
  private requireReady(): void {
    if (this.failure !== undefined) throw this.failure;
    if (this.pending) throw new Error("this run is at work: wait for the promise of advanceAsync() first");
  }

  private takeCompleted(): Update | undefined {
    const { completed } = this;
    this.completed = undefined;
    return completed;
  }

  /** Remembers what stopped the run. */
  private guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  /**
   * Collects, or learns from what was collected. With a limit, a piece of work is so many steps or what lies between two pauses
   * of an update; without one, it goes on to the end of the update.
   */
  private work(steps: number): Update | undefined {
    const { collector, env, seeds } = this.parts;
    if (this.learning === undefined) {
      if (isAsync(env)) {
        const allowed = "for await (const update of run), or advanceAsync(): this environment answers later";
        throw new ConfigError({ field: "advance", given: "a loop that does not wait", allowed });
      }
      if (!collect(collector, env, seeds, steps)) return undefined;
      this.learning = this.learn();
      if (Number.isFinite(steps)) return undefined;
    }
    let update = this.learnOn();
    while (update === undefined && !Number.isFinite(steps)) update = this.learnOn();
    return update;
  }

  /** The same, waiting for environments that answer later, and letting everything else run between two pieces of an update. */
  private async workAsync(steps: number): Promise<Update | undefined> {
    const { collector, env, seeds } = this.parts;
    if (this.learning === undefined) {
      const complete = isAsync(env)
        ? await collectAsync(collector, env, seeds, steps)
        : collect(collector, env, seeds, steps);
      if (!complete) {
        await macrotask();
        return undefined;
      }
      this.learning = this.learn();
    }
    for (;;) {
      await macrotask();
      const update = this.learnOn();
      if (update !== undefined || Number.isFinite(steps)) return update;
    }
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
    const { collector, learner } = this.parts;
    const { batch, episodes } = collector.take();
    const returns = episodes.map((episode) => episode.return);
    const { used } = this;
    // The weights that played these episodes, before the update changes them.
    if (this.progress.add(returns)) this.best = new Map(policyArrays(learner.policy));
    const when = ` at update ${this.updates + 1}`;
    const call = <T>(update: () => T): T => calling(this.algorithm, "update", when, update);
    const updated = call(() => learner.update(batch, used));
    const diagnostics = isStepwise(updated) ? yield* paused(updated, call) : updated;
    checkDiagnostics(this.algorithm, when, diagnostics);
    this.learnedSteps = collector.steps;
    releaseBatch(batch);
    requireFinite(learner, diagnostics, this.updates + 1);
    this.progress.learned(diagnostics.entropy);
    this.updates++;
    return {
      update: this.updates,
      episodes: this.progress.episodes,
      steps: collector.steps,
      returns,
      lengths: episodes.map((episode) => episode.length),
      averageReturn: this.progress.average,
      diagnostics,
    };
  }

  checkpoint(): Uint8Array {
    this.requireReady();
    if (this.learning !== undefined) this.completed = this.guarded(() => this.work(Number.POSITIVE_INFINITY));
    const { learner, collector, actingRng, learningRng } = this.parts;
    const { plain, arrays: collected } = collector.snapshot();
    const state: RunState = {
      updates: this.updates,
      learnedSteps: this.learnedSteps,
      progress: this.progress.snapshot(),
      actingRng: actingRng.snapshot(),
      learningRng: learningRng.snapshot(),
      collector: plain,
    };
    const flat = (values: Float32Array | Float64Array): NamedArray => ({ shape: [values.length], values });
    const arrays = new Map<string, NamedArray>([
      ...weightsOf(learner.weights),
      ...momentsOf(learner),
      ...learner.optimizers.flatMap((optimizer) => tensorsToArrays("optimizer.", optimizer.state())),
      ...Object.entries(collected).map(([name, values]): [string, NamedArray] => [`collected.${name}`, flat(values)]),
      ...Array.from(this.best ?? [], ([name, array]): [string, NamedArray] => [`best.${name}`, array]),
    ]);
    const policy = architectureOf(learner.policy);
    return encodeCheckpoint({ kind: "run", config: this.config, policy, state: state as unknown as Json, arrays });
  }

  /** Gives the run another end; what it has done stays. @throws ConfigError where that end is passed already */
  extend(options: ResumeOptions): void {
    this.config = extendedConfig(this.config, options, this.result());
  }

  restore(state: RunState, arrays: ReadonlyMap<string, NamedArray>): void {
    const { learner, collector, actingRng, learningRng } = this.parts;
    arraysToTensors(arrays, "weights.", named(learner.weights));
    restoreMoments(arrays, learner);
    for (const optimizer of learner.optimizers) arraysToTensors(arrays, "optimizer.", optimizer.state());
    const ofPolicy = policyArrays(learner.policy);
    if (arrays.has(`best.${ofPolicy[0][0]}`)) {
      this.best = new Map(ofPolicy.map(([name, { shape }]) => [name, arrayNamed(arrays, `best.${name}`, shape)]));
    }
    actingRng.restore(state.actingRng);
    learningRng.restore(state.learningRng);
    const collected = (name: string): Float32Array => arrayNamed(arrays, `collected.${name}`).values as Float32Array;
    collector.restore({
      plain: state.collector,
      arrays: {
        features: collected("features"),
        actions: collected("actions"),
        logProbs: collected("logProbs"),
        masks: collected("masks"),
        memory: collected("memory"),
        exploration: collected("exploration"),
        finalObservations: collected("finalObservations"),
        carriedMemory: collected("carriedMemory"),
        firstMemory: collected("firstMemory"),
        rewards: arrayNamed(arrays, "collected.rewards").values as Float64Array,
      },
    });
    this.progress = new Progress(this.rewardThreshold, continuousDimensions(this.policy), state.progress);
    if (!Number.isSafeInteger(state.updates)) throw new RangeError(`updates can't be ${state.updates}`);
    if (!Number.isSafeInteger(state.learnedSteps)) throw new RangeError(`learnedSteps can't be ${state.learnedSteps}`);
    this.updates = state.updates;
    this.learnedSteps = state.learnedSteps;
  }

  bestPolicy(): Uint8Array | undefined {
    if (this.best === undefined) return undefined;
    const policy = architectureOf(this.policy);
    return encodeCheckpoint({ kind: "policy", config: this.config, policy, state: null, arrays: this.best });
  }

  result(): RunResult {
    const { progress } = this;
    return {
      verdict: progress.verdict(this.config, this.learnedSteps),
      solvedAtEpisode: progress.solvedAtEpisode,
      updates: this.updates,
      episodes: progress.episodes,
      steps: this.parts.collector.steps,
      averageReturn: progress.episodes === 0 ? null : progress.average,
      bestEpisodeReturn: progress.bestEpisode,
      weightsSha256: weightsDigest(this.parts.learner.weights),
    };
  }
}

function isStepwise(update: Diagnostics | Iterator<void, Diagnostics>): update is Iterator<void, Diagnostics> {
  return typeof update.next === "function";
}

/** Hands on the pauses of an update, and what it returns. */
function* paused(
  update: Iterator<void, Diagnostics>,
  call: (step: () => IteratorResult<void, Diagnostics>) => IteratorResult<void, Diagnostics>,
): Generator<void, Diagnostics> {
  for (;;) {
    const { done, value } = call(() => update.next());
    if (done) return value;
    yield;
  }
}

/** Weights, losses and norms that are no longer numbers stop the run where they arise. */
export class NotFiniteError extends Error {
  override readonly name = "NotFiniteError";
}

function requireFinite(learner: Learner, diagnostics: Readonly<Record<string, number>>, update: number): void {
  for (const [name, value] of Object.entries(diagnostics)) {
    if (!Number.isFinite(value))
      throw new NotFiniteError(`update ${update}: ${name} became ${value}. The checkpoint before it is still good`);
  }
  for (const weights of learner.weights) {
    const bad = weights.firstNotFinite();
    if (bad >= 0) {
      throw new NotFiniteError(
        `update ${update}: ${weights.name}[${bad}] became ${weights.toArray()[bad]}. The checkpoint before it is still good`,
      );
    }
  }
}

function continuousDimensions({ head }: Policy): number {
  return head.action.dtype === "float32" ? head.action.shape.reduce((size, length) => size * length, 1) : 0;
}
