/** What a hand-written loop shows the doctor. */

import type { Optimizer } from "../../optim/index.js";
import type { Segment } from "../../rollout/batch.js";
import type { Space } from "../../spaces/space.js";
import type { Tensor } from "../../tensor/index.js";
import type { Finding } from "../finding.js";

/** A tensor, a list of tensors, such as one for each step, or plain numbers. */
export type Numbers = Tensor | readonly Tensor[] | ArrayLike<number>;
/** One flag for each step. */
export type Flags = ArrayLike<boolean | number>;
/** A network, a policy, or the tensors to learn. */
export type Learned = { parameters(): readonly Tensor[] } | readonly Tensor[];

/** What stays the same over a loop. Each field opens some checks; none is required. */
export interface InspectOptions {
  readonly policy?: Learned | undefined;
  /** Parameters that it shares with the policy count as the policy's. */
  readonly valueNetwork?: Learned | undefined;
  readonly optimizer?: Optimizer | readonly Optimizer[] | undefined;
  readonly actionSpace?: Space<unknown> | undefined;
  /** The discount. With it, the doctor computes returns and advantages itself and compares. */
  readonly gamma?: number | undefined;
  /** λ of GAE. Default: 1, 0.95 and 0 are tried. */
  readonly lambda?: number | undefined;
}

/** What a loop has before `loss.backward()`. Each field opens some checks; none is required. */
export interface LoopUpdate {
  /** The loss that moves the policy, alone or together with other terms. */
  readonly loss?: Tensor | number | undefined;
  /** In nats. */
  readonly entropy?: Numbers | number | undefined;
  /** log π of the actions, those that the loss is made of. */
  readonly logProbs?: Numbers | undefined;
  /** log π of the same actions when they were taken. */
  readonly oldLogProbs?: Numbers | undefined;
  /** The numbers that log π, or the ratio, is multiplied by. */
  readonly advantages?: Numbers | undefined;
  /** The actions that `logProbs` are of. */
  readonly actions?: Numbers | undefined;

  /**
   * The rewards of all steps of the batch, in order: one episode after the other. Updates with the same array are taken for
   * gradient steps on one batch.
   */
  readonly rewards?: ArrayLike<number> | undefined;
  /** For each step, whether it reached a terminal state, and whether a time limit cut the episode after it. */
  readonly terminated?: Flags | undefined;
  readonly truncated?: Flags | undefined;
  /** In place of the flags, where the steps of several copies of the environment follow each other. */
  readonly segments?: readonly Segment[] | undefined;
  /** V of the state of each step. */
  readonly values?: Numbers | undefined;
  /** V of the last observation of each episode or part of one, in order. Terminal states need none: any number will do. */
  readonly finalValues?: ArrayLike<number> | undefined;
  /** The targets of the value network. */
  readonly returns?: Numbers | undefined;
}

/** The doctor beside a loop. */
export interface Inspection {
  /** Looks at one update, just before `loss.backward()`. Returns what it found for the first time since the last call. */
  update(given: LoopUpdate): Finding[];
  /** All findings so far, the gravest first, each code once. */
  findings(): Finding[];
}
