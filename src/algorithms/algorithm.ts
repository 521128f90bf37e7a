/** The contract between an algorithm and the training loop. */

import type { Optimizer } from "../optim/index.js";
import type { Schema, Values } from "../options.js";
import type { FeatureLayers } from "../policies/mlp-policy.js";
import type { Policy } from "../policies/policy.js";
import type { Generator } from "../random/generator.js";
import type { Batch } from "../rollout/batch.js";
import type { Collect } from "../rollout/collector.js";
import type { RewardScaling } from "../rollout/reward-scaling.js";
import type { Space } from "../spaces/space.js";
import type { Tensor } from "../tensor/index.js";

/** Settings under a name: what differs from the defaults, and how long to train. */
export interface Preset {
  readonly summary: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Episodes after which training ends, or steps, whichever it names: one of the two at least. */
  readonly episodes?: number | undefined;
  readonly steps?: number | undefined;
  /** Whether training ends as soon as the environment counts as solved. */
  readonly stopWhenSolved: boolean;
  /** Said before training begins, where the settings are known to fail. */
  readonly warning?: string | undefined;
  /** What is other for an environment: options on top of those above, and its own length. */
  readonly envs?: Readonly<Record<string, EnvPreset>> | undefined;
  /** Whether the preset is for the environments of `envs` alone. */
  readonly onlyThese?: boolean | undefined;
}

/** A preset's settings for one environment. */
export type EnvPreset = Pick<Preset, "options" | "episodes" | "steps"> & {
  readonly stopWhenSolved?: boolean | undefined;
};

/** What each update reports besides returns; `docs/diagnostics.md` says how to read it. */
export interface Diagnostics {
  readonly loss: number;
  /** Mean over the batch's steps, in nats. */
  readonly entropy: number;
  /** Of the policy's gradient, before clipping. */
  readonly gradientNorm: number;
  readonly learningRate: number;
  readonly [name: string]: number;
}

/** What an algorithm is given to make a learner of. */
export interface Context<S extends Schema> {
  readonly observationSpace: Space<unknown>;
  readonly actionSpace: Space<unknown>;
  readonly options: Values<S>;
  /** For initial weights and for whatever the updates draw. */
  readonly rng: Generator;
  /** The caller's own first layers, for policy and value function, where there are any. */
  readonly features?: FeatureLayers | undefined;
}

/** An algorithm at work on one run. */
export interface Learner {
  readonly policy: Policy;
  /** What rewards are divided by before the learner sees them, where it wants that. */
  readonly rewardScaling?: RewardScaling | undefined;
  /** Everything that is learned, each tensor under its own name: the policy's parameters first. */
  readonly weights: readonly Tensor[];
  /** Optimisers whose state a checkpoint holds beside the weights. */
  readonly optimizers: readonly Optimizer[];
  /**
   * One improvement of the policy. `progress` is the share of the run's budget that is used up, from 0 to 1. An update that takes
   * long is a generator that yields before, between and after its gradient steps, so that a page can draw and answer in between.
   */
  update(batch: Batch, progress: number): Diagnostics | Iterator<void, Diagnostics>;
}

/**
 * An algorithm: its options, its settings under names, and how to make a learner. `P` are the names of its presets;
 * `Algorithm` without parameters is any algorithm, with options that are checked when the program runs.
 */
export interface Algorithm<S extends Schema = Schema, P extends string = string> {
  readonly name: string;
  readonly summary: string;
  readonly options: S;
  /** `default` is the one that works. */
  readonly presets: { readonly default: Preset } & { readonly [Name in P]: Preset };
  /** How much an update needs, and from how many environments. */
  collect(options: Values<S>): Collect;
  create(context: Context<S>): Learner;
}

/** Gives an algorithm its type: option names and values are checked where `create` uses them. */
export function defineAlgorithm<const S extends Schema, const P extends string>(
  algorithm: Algorithm<S, P>,
): Algorithm<S, P> {
  return algorithm;
}
