/** Plays episodes with a policy. It does not step environments: the caller asks for actions and tells the results. */

import type { StepResult } from "../envs/env.js";
import { deciderOf } from "../policies/decide.js";
import type { Turn } from "../policies/decider.js";
import type { Action, Policy } from "../policies/policy.js";
import { defaultRng, type Entropy, SeedSequence } from "../random/index.js";
import type { resolvePlay } from "./play-options.js";

/** Separates these random numbers from those of training with the same seed. */
export const EVALUATION = 0xe7a1;

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

/** An environment, and the episode that is being played in it. */
export interface Seat<E> extends Turn {
  readonly env: E;
  /** The latest decision. */
  action: Action;
  observation: unknown;
  mask: Turn["mask"];
  memory: Float32Array;
  episode: number;
  step: number;
  total: number;
}

/** A player needs the masks of an environment, but does not step it. */
interface Masking {
  actionMask?(): Exclude<Turn["mask"], undefined>;
}

/**
 * Plays in one environment or in several side by side. Each episode has random numbers of its own, so it is the same
 * whatever is played beside it.
 */
export class Player<E extends Masking> {
  private readonly policy: Policy;
  private readonly options: ReturnType<typeof resolvePlay>;
  private readonly streams: SeedSequence;
  private readonly decideAll: (seats: readonly Seat<E>[]) => void;
  /** The number of episodes that have begun. */
  begun = 0;

  /** `most` is the number of environments. */
  constructor(policy: Policy, options: ReturnType<typeof resolvePlay>, most: number) {
    this.policy = policy;
    this.options = options;
    this.streams = new SeedSequence([EVALUATION, options.seed] as Entropy);
    this.decideAll = deciding(policy, options.deterministic, most);
  }

  /** A seat for an environment, before its first episode. */
  seat(env: E): Seat<E> {
    const memory = this.policy.initialMemory();
    const rng = defaultRng(0);
    return { env, rng, memory, action: 0, observation: undefined, mask: undefined, episode: 0, step: 0, total: 0 };
  }

  /** Begins the next episode in a seat. The caller resets the environment with this seed, and sets the observation. */
  next(seat: Seat<E>): bigint {
    const [forEnv, forActing] = this.streams.spawn(2);
    seat.rng.reseed(forActing);
    seat.memory = this.policy.initialMemory();
    seat.episode = ++this.begun;
    seat.step = 0;
    seat.total = 0;
    return (forEnv.generateState(1, "uint64") as BigUint64Array)[0];
  }

  /** Chooses the next action of each seat. */
  decide(seats: readonly Seat<E>[]): void {
    for (const seat of seats) seat.mask = seat.env.actionMask?.();
    this.decideAll(seats);
  }

  /** Records the result of the action. */
  tell(seat: Seat<E>, { observation, reward, terminated, truncated }: StepResult<unknown>): Step {
    seat.observation = observation;
    seat.step++;
    seat.total += reward;
    const last = terminated || truncated || seat.step >= this.options.maxSteps;
    return { episode: seat.episode, step: seat.step, reward, return: seat.total, last };
  }
}

/** Decides for all seats at once, or asks an `act` that somebody put in the place of the policy's own. */
function deciding(policy: Policy, deterministic: boolean, most: number): (seats: readonly Seat<unknown>[]) => void {
  const decider = deciderOf(policy, most);
  if (decider === undefined)
    return (seats) => {
      for (const seat of seats) {
        const { rng, mask, memory } = seat;
        seat.action = policy.act(seat.observation, { deterministic, rng, mask, memory });
      }
    };
  return (seats) => {
    decider.decide(seats, deterministic);
    for (let i = 0; i < seats.length; i++) seats[i].action = decider.action(i);
  };
}
