/** One run at work: collecting, learning, and keeping account of both. */

import type { Context, Learner } from "../algorithms/algorithm.js";
import { nearestLimit } from "./budget.js";
import { arrayNamed, arraysToTensors, encodeCheckpoint, tensorsToArrays } from "./checkpoint.js";
import { algorithmEntry } from "../algorithms/registry.js";
import type { Json } from "../envs/env.js";
import { envEntry } from "../envs/registry.js";
import { momentsOf, named, policyArrays, restoreMoments, weightsDigest, weightsOf } from "./state-arrays.js";
import type { Schema, Values } from "../options.js";
import type { Policy } from "../policies/policy.js";
import { defaultRng, type Generator, SeedSequence } from "../random/index.js";
import { releaseBatch } from "../rollout/batch.js";
import { Collector, type CollectorState } from "../rollout/collector.js";
import { environments, type MakeEnvironments } from "../rollout/environments.js";
import type { NamedArray } from "../formats/safetensors.js";
import type { ResolvedConfig, RunResult, Training, Update } from "./types.js";
import { extendedConfig, type ResumeOptions } from "./extended-config.js";
import { takeWeights } from "./take-weights.js";
import { Progress, type ProgressState } from "./verdict.js";

interface Parts {
  readonly learner: Learner;
  readonly collector: Collector;
  readonly actingRng: Generator;
  readonly learningRng: Generator;
}

/** What a run learns with, at its beginning. */
export function learnerFor(
  config: ResolvedConfig,
  { observationSpace, actionSpace }: Pick<Context<Schema>, "observationSpace" | "actionSpace">,
  rng: Generator,
): Learner {
  const { create } = algorithmEntry(config.algorithm);
  return create({ observationSpace, actionSpace, options: config.options as Values<Schema>, rng });
}

/** Three independent streams of random numbers come from the one seed: environments, learning, acting. */
export function streams(config: ResolvedConfig): SeedSequence[] {
  return new SeedSequence(BigInt(config.seed)).spawn(3);
}

/** Everything that a config describes, at its beginning. */
function build(config: ResolvedConfig, makeEnvironments: MakeEnvironments): Parts {
  const [forEnv, forLearning, forActing] = streams(config);
  const collect = algorithmEntry(config.algorithm).collect(config.options as Values<Schema>);
  const copies = "envs" in collect ? collect.envs : 1;
  const env = makeEnvironments(config.env, copies, config.envOptions);
  const [learningRng, actingRng] = [defaultRng(forLearning), defaultRng(forActing)];
  const learner = learnerFor(config, env, learningRng);
  const { policy, rewardScaling } = learner;
  const seeds = [...(forEnv.generateState(copies, "uint64") as BigUint64Array)];
  const collector = new Collector({ env, policy, rng: actingRng, seeds, collect, rewardScaling });
  return { learner, collector, actingRng, learningRng };
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
  private readonly parts: Parts;
  private progress: Progress;
  private updates = 0;
  /** Steps that updates have learned from: what the collector is gathering now does not count yet. */
  private learnedSteps = 0;
  private best: Map<string, NamedArray> | undefined;
  /** What stopped the run. Its state is in doubt from there on: it neither goes on nor is saved. */
  private failure: unknown;

  constructor(config: ResolvedConfig, makeEnvironments: MakeEnvironments = environments) {
    this.config = config;
    this.rewardThreshold = envEntry(config.env).rewardThreshold;
    this.warning = algorithmEntry(config.algorithm).presets[config.preset]?.warning;
    this.parts = build(config, makeEnvironments);
    this.progress = new Progress(this.rewardThreshold, continuousDimensions(this.policy));
  }

  get policy(): Policy {
    return this.parts.learner.policy;
  }

  get finished(): boolean {
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

  advance(steps = Number.POSITIVE_INFINITY): Update | undefined {
    if (this.failure !== undefined) throw this.failure;
    if (this.finished) return undefined;
    try {
      return this.work(steps);
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  private work(steps: number): Update | undefined {
    const { collector, learner } = this.parts;
    const collected = collector.collect(steps);
    if (collected === undefined) return undefined;
    const returns = collected.episodes.map((episode) => episode.return);
    const { used } = this;
    // The weights that played these episodes, before the update changes them.
    if (this.progress.add(returns)) this.best = new Map(policyArrays(learner.policy));
    const diagnostics = learner.update(collected.batch, used);
    this.learnedSteps = collector.steps;
    releaseBatch(collected.batch);
    requireFinite(learner, diagnostics, this.updates + 1);
    this.progress.learned(diagnostics.entropy);
    this.updates++;
    return {
      update: this.updates,
      episodes: this.progress.episodes,
      steps: collector.steps,
      returns,
      lengths: collected.episodes.map((episode) => episode.length),
      averageReturn: this.progress.average,
      diagnostics,
    };
  }

  checkpoint(): Uint8Array {
    if (this.failure !== undefined) throw this.failure;
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
    return encodeCheckpoint({ kind: "run", config: this.config, state: state as unknown as Json, arrays });
  }

  /** Takes over the weights of a checkpoint. @throws CorruptFileError @throws ConfigError where they don't fit */
  startFrom(bytes: Uint8Array): void {
    takeWeights(bytes, this.parts.learner);
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
        ...{ features: collected("features"), actions: collected("actions"), logProbs: collected("logProbs") },
        ...{ masks: collected("masks"), exploration: collected("exploration") },
        finalFeatures: collected("finalFeatures"),
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
    return encodeCheckpoint({ kind: "policy", config: this.config, state: null, arrays: this.best });
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
