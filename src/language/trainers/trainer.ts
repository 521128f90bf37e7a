/** The interface between a trainer of language models and what runs it. */

import type { Diagnostics } from "../../algorithms/algorithm.js";
import type { Optimizer } from "../../optim/index.js";
import type { Schema, Values } from "../../options.js";
import type { Generator } from "../../random/index.js";
import type { Tensor } from "../../tensor/index.js";
import type { TokenCritic } from "../critic.js";
import type { TokenPolicy } from "../policy.js";

/** What a trainer of policies works with. */
export interface PolicyParts {
  readonly policy: TokenPolicy;
  /** The policy that learning starts from, which does not change. */
  readonly reference: TokenPolicy;
  /** A value function, which may share the policy's states. */
  readonly critic: TokenCritic;
}

/** The argument of a trainer's `create`: what it works with, its options, and a source of randomness for its updates. */
export type TrainerContext<S extends Schema, M> = M & {
  readonly options: Values<S>;
  readonly rng: Generator;
  /** How many updates there will be, where that is known: a learning rate warms up in steps of it. */
  readonly updates?: number | undefined;
};

/** The state of a trainer in one run. `D` is what an update learns from. */
export interface LanguageLearner<D> {
  /** All learned tensors, with distinct names, the policy's parameters first. */
  readonly weights: readonly Tensor[];
  /** Optimisers whose state checkpoints contain. */
  readonly optimizers: readonly Optimizer[];
  /** Numbers beside weights that updates change, such as an adaptive β, by name. Overwriting these tensors restores them. */
  readonly control?: ReadonlyMap<string, Tensor> | undefined;
  /** β, what a nat of divergence costs, of trainers in which it may be set between two updates. The next update has it. */
  beta?: number | undefined;
  /** Improves the policy once. `progress` is the used share of the run's budget, from 0 to 1. */
  update(data: D, progress: number): Diagnostics;
}

/**
 * A trainer: its options, and how to make a learner. `D` is what its updates learn from, such as `Rollouts`, and `M` what it works
 * with: for most a policy, for the trainer of rewards a reward model.
 */
export interface LanguageTrainer<D, S extends Schema = Schema, M = PolicyParts> {
  readonly name: string;
  readonly summary: string;
  readonly options: S;
  /** What a run gives its updates: responses that the policy wrote, or preferences between pairs. Default: responses. */
  readonly learnsFrom?: "responses" | "pairs" | undefined;
  create(context: TrainerContext<S, M>): LanguageLearner<D>;
}

/** Returns a function that returns its trainer unchanged, with types: the compiler checks the options that `create` reads. */
export function trainerOn<D, M = PolicyParts>(): <const S extends Schema>(
  trainer: LanguageTrainer<D, S, M>,
) => LanguageTrainer<D, S, M> {
  return (trainer) => trainer;
}
