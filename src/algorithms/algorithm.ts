/** The interface between an algorithm and the training loop. */

import type { Optimizer } from "../optim/index.js";
import type { Schema, Values } from "../options.js";
import type { FeatureLayers } from "../policies/mlp-policy.js";
import type { Policy } from "../policies/policy.js";
import type { Rows } from "../policies/rows.js";
import type { Generator } from "../random/generator.js";
import type { Batch } from "../rollout/batch.js";
import type { Collect } from "../rollout/collector.js";
import type { RewardScaling } from "../rollout/reward-scaling.js";
import type { Space } from "../spaces/space.js";
import type { Tensor } from "../tensor/index.js";

/** Named settings: the options that differ from the defaults, and the length of a run. */
export interface Preset {
  readonly summary: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** The budget: episodes, steps, or both. */
  readonly episodes?: number | undefined;
  readonly steps?: number | undefined;
  /** Whether training ends when the environment is solved. */
  readonly stopWhenSolved: boolean;
  /** A warning to print before training, for settings that are known to fail. */
  readonly warning?: string | undefined;
  /** Settings for single environments: options in addition to those above, and another budget. */
  readonly envs?: Readonly<Record<string, EnvPreset>> | undefined;
  /** Whether the preset is only for the environments in `envs`. */
  readonly onlyThese?: boolean | undefined;
  /** Options and their values that a sweep of this preset tries, in all combinations, if it is told nothing else. */
  readonly grid?: Readonly<Record<string, readonly unknown[]>> | undefined;
}

/** A preset's settings for one environment. */
export type EnvPreset = Pick<Preset, "options" | "episodes" | "steps"> & {
  readonly stopWhenSolved?: boolean | undefined;
};

/** The numbers that an update reports besides returns. `docs/diagnostics.md` explains them. */
export interface Diagnostics {
  readonly loss: number;
  /** Mean over the batch's steps, in nats. */
  readonly entropy: number;
  /** The norm of the policy's gradient before clipping. */
  readonly gradientNorm: number;
  readonly learningRate: number;
  readonly [name: string]: number;
}

/** One term of a loss, as it entered the sum: the loss is Σ coefficient · value. */
export interface LossPart {
  /** `policy`, `value`, `entropy`, or a name of the algorithm's own. */
  readonly name: string;
  /** With its sign: -1, c₁ and -c₂ where the loss is -gain + c₁·error - c₂·entropy. */
  readonly coefficient: number;
  /** The term without its coefficient: the gain, the squared error of V, the entropy. */
  readonly value: number;
}

/** What an update makes of its batch: of each step, one number a row, and of the loss. */
export interface Credit {
  /** What the step is said to have earned: Gₜ, or the target of V. */
  readonly returns: Float64Array;
  /** b(sₜ), where a value network is the baseline. */
  readonly baseline?: ArrayLike<number> | undefined;
  /**
   * Aₜ as it weighs ∇log π(aₜ|sₜ) in the loss. Where each minibatch normalises its own, as in the last minibatch with this
   * step that was learned from; 0 if none was.
   */
  readonly advantages: Float64Array;
  /** The parts of the loss, each the mean over the update's gradient steps. Their sum is `loss` of the diagnostics. */
  readonly lossParts?: readonly LossPart[] | undefined;
  /** ε of this update, where a ratio beyond 1 ± ε loses its gradient. Undefined where nothing is clipped. */
  readonly clipRange?: number | undefined;
}

/** The argument of an algorithm's `create`. */
export interface Context<S extends Schema> {
  readonly observationSpace: Space<unknown>;
  readonly actionSpace: Space<unknown>;
  readonly options: Values<S>;
  /** The source of randomness for initial weights and updates. */
  readonly rng: Generator;
  /** The caller's own first layers for policy and value function, if any. */
  readonly features?: FeatureLayers | undefined;
}

/** The state of an algorithm in one run. */
export interface Learner {
  readonly policy: Policy;
  /** Scales the rewards of its batches, if the learner wants that. */
  readonly rewardScaling?: RewardScaling | undefined;
  /** All learned tensors, with distinct names, the policy's parameters first. */
  readonly weights: readonly Tensor[];
  /** Optimisers whose state checkpoints contain. */
  readonly optimizers: readonly Optimizer[];
  /**
   * V(s) of each row, [m], in the units of `batch.rewards`, if the learner has a value function. Training doesn't call it:
   * `probeAlgorithm` of `ascent/doctor` does, to see whether V becomes what it has to be.
   */
  readonly valuesOf?: ((rows: Rows) => Float32Array) | undefined;
  /**
   * Improves the policy once. `progress` is the used share of the run's budget, from 0 to 1. A long update should be a
   * generator that yields before, between and after its gradient steps, and between the two passes of a long one, so that
   * a page can draw and answer in between.
   *
   * `explain` is given when somebody wants to see the update. It copies what it gets, and may be left uncalled. If it is
   * called twice, the second call counts.
   */
  update(batch: Batch, progress: number, explain?: (credit: Credit) => void): Diagnostics | Iterator<void, Diagnostics>;
}

/**
 * An algorithm: its options, its presets, and how to make a learner. `P` is the union of its presets' names. `Algorithm`
 * without parameters is any algorithm, with options that are checked at run time.
 */
export interface Algorithm<S extends Schema = Schema, P extends string = string> {
  readonly name: string;
  readonly summary: string;
  readonly options: S;
  /** Named settings. `default` is required, and should work well. */
  readonly presets: { readonly default: Preset } & { readonly [Name in P]: Preset };
  /** The size of a batch, and the number of environments. */
  collect(options: Values<S>): Collect;
  create(context: Context<S>): Learner;
  /**
   * Why the advantages cancel out with these options, and which options to set instead, as a sentence without a full stop.
   * Undefined if they don't. It is said before the run and in its verdict.
   */
  noGradient?(options: Values<S>): string | undefined;
}

/** Returns the algorithm unchanged, with types: the compiler checks the options that `create` reads. */
export function defineAlgorithm<const S extends Schema, const P extends string>(
  algorithm: Algorithm<S, P>,
): Algorithm<S, P> {
  return algorithm;
}
