/** Plays episodes with a policy. It does not step the environment: the caller asks for actions and tells the results. */

import type { StepResult } from "../envs/env.js";
import type { Policy } from "../policies/policy.js";
import { defaultRng, type Entropy, type Generator, SeedSequence } from "../random/index.js";

/** Separates these random numbers from those of training with the same seed. */
export const EVALUATION = 0xe7a1;

export interface PlayOptions {
  /** The seed of the environment and of the actions. Default: 0. */
  readonly seed?: number | bigint | undefined;
  /** Take the most likely action in every state instead of drawing one. */
  readonly deterministic?: boolean | undefined;
  /** The number of steps after which an episode is cut, even without a time limit. Default: 100,000. */
  readonly maxSteps?: number | undefined;
}

/** One step of an episode. */
export interface Step {
  /** 1 for the first episode. */
  readonly episode: number;
  /** 1 for the first of its episode. */
  readonly step: number;
  readonly reward: number;
  /** Sum of rewards so far, undiscounted. */
  readonly return: number;
  /** Whether this step ended the episode: a terminal state, a time limit, or `maxSteps`. */
  readonly last: boolean;
}

/** Plays one episode after another: call `begin`, then `ask` and `tell` in turn until the last step. */
export class Player {
  /** The seed of the first reset. */
  readonly seed: bigint;
  private readonly policy: Policy;
  private readonly rng: Generator;
  private readonly deterministic: boolean;
  private readonly maxSteps: number;
  private memory: ReturnType<Policy["initialMemory"]>;
  private observation: unknown;
  private episode = 0;
  private step = 0;
  private total = 0;

  constructor(policy: Policy, { seed = 0, deterministic = false, maxSteps = 100_000 }: PlayOptions = {}) {
    const [forEnv, forActing] = new SeedSequence([EVALUATION, seed] as Entropy).spawn(2);
    this.seed = (forEnv.generateState(1, "uint64") as BigUint64Array)[0];
    this.policy = policy;
    this.rng = defaultRng(forActing);
    this.deterministic = deterministic;
    this.maxSteps = maxSteps;
    this.memory = policy.initialMemory();
  }

  /** Begins an episode with this observation. */
  begin(observation: unknown): void {
    this.observation = observation;
    this.memory = this.policy.initialMemory();
    this.episode++;
    this.step = 0;
    this.total = 0;
  }

  /** The next action. */
  ask(mask: ArrayLike<number> | undefined): ReturnType<Policy["act"]> {
    const { deterministic, rng, memory } = this;
    return this.policy.act(this.observation, { deterministic, rng, mask, memory });
  }

  /** Records the result of the action. */
  tell({ observation, reward, terminated, truncated }: StepResult<unknown>): Step {
    this.observation = observation;
    this.step++;
    this.total += reward;
    const last = terminated || truncated || this.step >= this.maxSteps;
    return { episode: this.episode, step: this.step, reward, return: this.total, last };
  }
}
