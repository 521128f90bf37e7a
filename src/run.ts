/** One run at work: collecting, learning, and keeping account of both. */

import type { Learner } from "./algorithms/algorithm.js";
import { arrayNamed, arraysToTensors, encodeCheckpoint, tensorsToArrays } from "./checkpoint.js";
import { algorithmNamed } from "./config.js";
import type { Env, Json } from "./envs/env.js";
import { envEntry, make } from "./envs/registry.js";
import type { Schema, Values } from "./options.js";
import type { Policy } from "./policies/policy.js";
import { defaultRng, type Generator, SeedSequence } from "./random/index.js";
import { releaseBatch } from "./rollout/batch.js";
import { Collector, type CollectorState } from "./rollout/collector.js";
import type { NamedArray } from "./safetensors.js";
import { sha256 } from "./sha256.js";
import type { Tensor } from "./tensor/index.js";
import type { ResolvedConfig, RunResult, Training, Update } from "./training.js";
import { Progress, type ProgressState } from "./verdict.js";

interface Parts {
  readonly learner: Learner;
  readonly collector: Collector;
  readonly actingRng: Generator;
  readonly learningRng: Generator;
}

/** Everything that a config describes, at its beginning. Three independent streams of random numbers come from the one seed. */
export function build(config: ResolvedConfig): Parts {
  const [forEnv, forLearning, forActing] = new SeedSequence(BigInt(config.seed)).spawn(3);
  const env = make(config.env, config.envOptions) as Env<unknown, unknown>;
  const learningRng = defaultRng(forLearning);
  const actingRng = defaultRng(forActing);
  const learner = algorithmNamed(config.algorithm).create({
    observationSpace: env.observationSpace,
    actionSpace: env.actionSpace,
    options: config.options as Values<Schema>,
    rng: learningRng,
  });
  const seed = (forEnv.generateState(1, "uint64") as BigUint64Array)[0];
  const collector = new Collector(env, learner.policy, { rng: actingRng, seed, episodes: learner.collect.episodes });
  return { learner, collector, actingRng, learningRng };
}

/** Everything of a run that is not an array. */
export interface RunState {
  readonly updates: number;
  readonly progress: ProgressState;
  readonly actingRng: Json;
  readonly learningRng: Json;
  readonly collector: CollectorState["plain"];
}

/** What `train` and `resume` return; callers see it as a `Training`. */
export class Run implements Training {
  readonly config: ResolvedConfig;
  readonly rewardThreshold: number | undefined;
  readonly warning: string | undefined;
  private readonly parts: Parts;
  private progress: Progress;
  private updates = 0;
  private best: Map<string, NamedArray> | undefined;
  /** What stopped the run. Its state is in doubt from there on: it neither goes on nor is saved. */
  private failure: unknown;

  constructor(config: ResolvedConfig) {
    this.config = config;
    this.rewardThreshold = envEntry(config.env).rewardThreshold;
    this.warning = algorithmNamed(config.algorithm).presets[config.preset]?.warning;
    this.parts = build(config);
    this.progress = new Progress(this.rewardThreshold, continuousDimensions(this.policy));
  }

  get policy(): Policy {
    return this.parts.learner.policy;
  }

  get finished(): boolean {
    const solved = this.config.stopWhenSolved && this.progress.solvedAtEpisode !== null;
    return solved || this.progress.episodes >= this.config.episodes;
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
    const used = this.progress.episodes / this.config.episodes;
    // The weights that played these episodes, before the update changes them.
    if (this.progress.add(returns)) this.best = new Map(weightsOf(learner.policy.parameters()));
    const diagnostics = learner.update(collected.batch, used);
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
      progress: this.progress.snapshot(),
      actingRng: actingRng.snapshot(),
      learningRng: learningRng.snapshot(),
      collector: plain,
    };
    const flat = (values: Float32Array | Float64Array): NamedArray => ({ shape: [values.length], values });
    const arrays = new Map<string, NamedArray>([
      ...weightsOf(learner.weights),
      ...learner.optimizers.flatMap((optimizer) => tensorsToArrays("optimizer.", optimizer.state())),
      ...Object.entries(collected).map(([name, values]): [string, NamedArray] => [`collected.${name}`, flat(values)]),
      ...Array.from(this.best ?? [], ([name, array]): [string, NamedArray] => [`best.${name}`, array]),
    ]);
    return encodeCheckpoint({ kind: "run", config: this.config, state: state as unknown as Json, arrays });
  }

  restore(state: RunState, arrays: ReadonlyMap<string, NamedArray>): void {
    const { learner, collector, actingRng, learningRng } = this.parts;
    arraysToTensors(arrays, "weights.", named(learner.weights));
    for (const optimizer of learner.optimizers) arraysToTensors(arrays, "optimizer.", optimizer.state());
    const policyWeights = weightsOf(learner.policy.parameters());
    if (arrays.has(`best.${policyWeights[0][0]}`)) {
      this.best = new Map(policyWeights.map(([name, { shape }]) => [name, arrayNamed(arrays, `best.${name}`, shape)]));
    }
    actingRng.restore(state.actingRng);
    learningRng.restore(state.learningRng);
    const collected = (name: string): Float32Array => arrayNamed(arrays, `collected.${name}`).values as Float32Array;
    collector.restore({
      plain: state.collector,
      arrays: {
        ...{ features: collected("features"), actions: collected("actions"), logProbs: collected("logProbs") },
        finalFeatures: collected("finalFeatures"),
        rewards: arrayNamed(arrays, "collected.rewards").values as Float64Array,
      },
    });
    this.progress = new Progress(this.rewardThreshold, continuousDimensions(this.policy), state.progress);
    if (!Number.isSafeInteger(state.updates)) throw new RangeError(`updates can't be ${state.updates}`);
    this.updates = state.updates;
  }

  bestPolicy(): Uint8Array | undefined {
    if (this.best === undefined) return undefined;
    return encodeCheckpoint({ kind: "policy", config: this.config, state: null, arrays: this.best });
  }

  result(): RunResult {
    const { progress } = this;
    return {
      verdict: progress.verdict(this.config.episodes),
      solvedAtEpisode: progress.solvedAtEpisode,
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
  return head.kind === "gaussian" ? head.low.length : 0;
}

function weightsOf(tensors: readonly Tensor[]): [string, NamedArray][] {
  return tensorsToArrays("weights.", named(tensors));
}

/** Tensors by name. Two of one name would be one in a checkpoint. */
export function named(tensors: readonly Tensor[]): [string, Tensor][] {
  const names = tensors.map(({ name }) => name);
  const wrong = names.findIndex((name, i) => name === undefined || names.indexOf(name) !== i);
  if (wrong >= 0)
    throw new Error(`every weight needs a name of its own, but weight ${wrong} is called ${names[wrong]}`);
  return tensors.map((tensor) => [tensor.name as string, tensor]);
}

function weightsDigest(weights: readonly Tensor[]): string {
  const bytes = new Uint8Array(weights.reduce((total, { size }) => total + size * 4, 0));
  let offset = 0;
  for (const tensor of weights) {
    const values = tensor.toArray();
    bytes.set(new Uint8Array(values.buffer), offset);
    offset += values.byteLength;
  }
  return sha256(bytes);
}
