/** Episodes with a policy, without learning and without running the environment: asked for actions, told results. */

import type { StepResult } from "../envs/env.js";
import type { Policy } from "../policies/policy.js";
import { defaultRng, type Entropy, type Generator, SeedSequence } from "../random/index.js";

/** Sets these random numbers apart from the ones that a run with the same seed trained on. */
export const EVALUATION = 0xe7a1;

export interface PlayOptions {
  /** For the environment and for the actions; 0 unless given. */
  readonly seed?: number | bigint | undefined;
  /** The likeliest action in every state instead of a random one. */
  readonly deterministic?: boolean | undefined;
  /** Steps after which an episode is cut even where the environment has no time limit; 100,000 unless given. */
  readonly maxSteps?: number | undefined;
}

/** A step of an episode that is being played. */
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

/** Plays episodes one after another: `begin`, then `ask` and `tell` in turn until a step is the last. */
export class Player {
  /** For the first reset. */
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

  /** An episode begins with this observation. */
  begin(observation: unknown): void {
    this.observation = observation;
    this.memory = this.policy.initialMemory();
    this.episode++;
    this.step = 0;
    this.total = 0;
  }

  /** The action to take now. */
  ask(mask: ArrayLike<number> | undefined): ReturnType<Policy["act"]> {
    const { deterministic, rng, memory } = this;
    return this.policy.act(this.observation, { deterministic, rng, mask, memory });
  }

  /** Takes in what the action led to. */
  tell({ observation, reward, terminated, truncated }: StepResult<unknown>): Step {
    this.observation = observation;
    this.step++;
    this.total += reward;
    const last = terminated || truncated || this.step >= this.maxSteps;
    return { episode: this.episode, step: this.step, reward, return: this.total, last };
  }
}
