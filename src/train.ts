/**
 * The one training loop. It prints nothing, writes nothing, reads no clock: the caller iterates, looks, saves and stops.
 *
 *   for (const update of train({ env: "CartPole-v1" })) console.log(update.averageReturn);
 */

import type { Algorithm, Learner } from "./algorithms/algorithm.js";
import { algorithms } from "./algorithms/registry.js";
import {
  arrayNamed,
  arraysToTensors,
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  tensorsToArrays,
} from "./checkpoint.js";
import { envEntry, make } from "./envs/registry.js";
import type { Env, Json } from "./envs/env.js";
import { ConfigError, nearest } from "./errors.js";
import { checkValue, flag, int, resolveOptions, type Schema, type Values } from "./options.js";
import type { Policy } from "./policies/policy.js";
import { defaultRng, type Generator, SeedSequence } from "./random/index.js";
import { releaseBatch } from "./rollout/batch.js";
import { Collector, type CollectorState } from "./rollout/collector.js";
import { CorruptFileError, type NamedArray } from "./safetensors.js";
import { sha256 } from "./sha256.js";
import type { Tensor } from "./tensor/index.js";
import type { ResolvedConfig, RunResult, TrainConfig, Training, Update } from "./training.js";
import { Progress, type ProgressState } from "./verdict.js";

/** Starts a run. @throws ConfigError naming the field, for anything unknown or out of range; nothing has happened then */
export function train(config: TrainConfig = {}): Training {
  return new Run(resolveConfig(config));
}

/**
 * Goes on from the bytes of `checkpoint()`, exactly as the run that made them would have.
 * @throws CorruptFileError where they are not such bytes
 */
export function resume(bytes: Uint8Array): Training {
  const checkpoint = decodeCheckpoint(bytes, "run");
  return understood(() => {
    const run = new Run(configOf(checkpoint));
    run.restore(checkpoint.state as unknown as RunState, checkpoint.arrays);
    // What was lost or bent on the way in is missing on the way out.
    const again = run.checkpoint();
    if (again.length !== bytes.length || again.some((byte, i) => byte !== bytes[i])) {
      throw new CorruptFileError("its settings or its state are not as this version of Ascent writes them");
    }
    return run;
  });
}

/** The policy of a run's checkpoint or of `bestPolicy()`, ready to act. @throws CorruptFileError */
export function loadPolicy(
  bytes: Uint8Array,
  kind: "run" | "policy" = "policy",
): { policy: Policy; config: ResolvedConfig } {
  const checkpoint = decodeCheckpoint(bytes, kind);
  return understood(() => {
    const config = configOf(checkpoint);
    const { policy } = build(config).learner;
    arraysToTensors(checkpoint.arrays, "weights.", named(policy.parameters()));
    return { policy, config };
  });
}

/** The settings of a checkpoint, checked as if they had been typed, before anything as large as they say is made. */
function configOf({ config: claimed, arrays }: Checkpoint): ResolvedConfig {
  const config = resolveConfig({ ...claimed, seed: BigInt(claimed.seed) });
  const room = Array.from(arrays.values()).reduce((total, { values }) => total + values.length, 0);
  for (const [name, option] of Object.entries(algorithmNamed(config.algorithm).options)) {
    if (option.kind !== "sizes") continue;
    const layers = config.options[name] as readonly number[];
    const weights = layers.reduce((total, size, i) => total + size * (layers[i + 1] ?? 1), 0);
    if (weights > room)
      throw new CorruptFileError(`its settings ask for ${name} ${layers}, for which it holds too few numbers`);
  }
  return config;
}

/** Runs what reads the content of a checkpoint: whatever it trips over means that the content is not what it should be. */
function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new CorruptFileError(`this is not a usable checkpoint: ${(error as Error).message}`, { cause: error });
  }
}

/** Fills in every choice that a config leaves open, and checks the rest. */
export function resolveConfig(config: TrainConfig): ResolvedConfig {
  const known = ["algorithm", "env", "envOptions", "preset", "seed", "episodes", "stopWhenSolved", "options"];
  for (const name of Object.keys(config)) {
    if (!known.includes(name)) {
      const given = config[name as keyof TrainConfig];
      throw new ConfigError({ field: name, given, allowed: `only ${known.join(", ")}`, nearest: nearest(name, known) });
    }
  }
  const {
    algorithm: name = "reinforce",
    env = "CartPole-v1",
    envOptions = {},
    preset: presetName = "default",
    seed = 0,
  } = config;
  const algorithm = algorithmNamed(name);
  if (!Object.hasOwn(algorithm.presets, presetName)) {
    const presets = Object.keys(algorithm.presets);
    throw new ConfigError({
      field: "preset",
      given: presetName,
      allowed: `one of ${presets.join(", ")}`,
      nearest: nearest(presetName, presets),
    });
  }
  if (!(typeof seed === "bigint" ? seed >= 0n && seed < 1n << 128n : Number.isSafeInteger(seed) && seed >= 0)) {
    throw new ConfigError({ field: "seed", given: seed, allowed: "a whole number from 0 to 2^128 - 1" });
  }
  const preset = algorithm.presets[presetName];
  const episodes = checkValue(
    "episodes",
    int(1, { min: 1, max: 1e9, help: "" }),
    config.episodes ?? preset.episodes,
  ) as number;
  const options = resolveOptions(algorithm.options, { ...preset.options, ...config.options });
  make(env, envOptions);
  return {
    ...{ algorithm: name, env, envOptions, preset: presetName, seed: String(seed), episodes },
    stopWhenSolved: checkValue(
      "stopWhenSolved",
      flag(false, { help: "" }),
      config.stopWhenSolved ?? preset.stopWhenSolved,
    ) as boolean,
    options,
  };
}

function algorithmNamed(name: string): Algorithm {
  if (Object.hasOwn(algorithms, name)) return algorithms[name];
  const names = Object.keys(algorithms);
  throw new ConfigError({
    field: "algorithm",
    given: name,
    allowed: `one of ${names.join(", ")}`,
    nearest: nearest(name, names),
  });
}

interface Parts {
  readonly env: Env<unknown, unknown>;
  readonly learner: Learner;
  readonly collector: Collector;
  readonly actingRng: Generator;
  readonly learningRng: Generator;
}

/** Everything that a config describes, at its beginning. Three independent streams of random numbers come from the one seed. */
function build(config: ResolvedConfig): Parts {
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
  return { env, learner, collector, actingRng, learningRng };
}

interface RunState {
  readonly updates: number;
  readonly progress: ProgressState;
  readonly actingRng: Json;
  readonly learningRng: Json;
  readonly collector: CollectorState["plain"];
}

class Run implements Training {
  readonly config: ResolvedConfig;
  readonly rewardThreshold: number | undefined;
  readonly warning: string | undefined;
  private readonly parts: Parts;
  private progress: Progress;
  private updates = 0;
  private best: Map<string, NamedArray> | undefined;

  constructor(config: ResolvedConfig) {
    this.config = config;
    this.rewardThreshold = envEntry(config.env).rewardThreshold;
    this.warning = algorithmNamed(config.algorithm).presets[config.preset]?.warning;
    this.parts = build(config);
    this.progress = new Progress(this.rewardThreshold);
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
    if (this.finished) return undefined;
    const { collector, learner } = this.parts;
    const collected = collector.collect(steps);
    if (collected === undefined) return undefined;
    const diagnostics = learner.update(collected.batch, this.progress.episodes / this.config.episodes);
    releaseBatch(collected.batch);
    requireFinite(learner, diagnostics, this.updates + 1);
    this.updates++;
    const returns = collected.episodes.map((episode) => episode.return);
    if (this.progress.add(returns, diagnostics.entropy)) {
      this.best = new Map(tensorsToArrays("weights.", named(learner.policy.parameters())));
    }
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
      ...tensorsToArrays("weights.", named(learner.weights)),
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
    const bestNames = tensorsToArrays("weights.", named(learner.policy.parameters())).map(([name]) => name);
    if (arrays.has(`best.${bestNames[0]}`)) {
      this.best = new Map(bestNames.map((name) => [name, arrayNamed(arrays, `best.${name}`)]));
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
    this.progress = new Progress(this.rewardThreshold, state.progress);
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

function named(tensors: readonly Tensor[]): [string, Tensor][] {
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
