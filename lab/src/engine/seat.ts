/** A person's place at an environment, with a policy that can act instead, and that plays the same seed for comparison. */

import { loadPolicy, make, type Policy } from "ascent";
import { defaultRng, type Generator } from "ascent/random";
import type { ActionMask } from "ascent/spaces";
import type { Action, SeatMoment, SeatOptions } from "../protocol.js";
import { plainObservation } from "./play-episode.js";

/** The policy's own episode is given up after so many steps: it may never end. */
const MOST_STEPS = 5000;

interface PlayedEnv {
  reset(options: { seed: number }): { observation: unknown };
  step(action: never): { observation: unknown; reward: number; terminated: boolean; truncated: boolean };
  render?(): SeatMoment["scene"];
  actionMask?(): ActionMask;
}

export class Seat {
  private readonly options: SeatOptions;
  private readonly policy: Policy;
  private readonly env: PlayedEnv;
  private rng: Generator = defaultRng(0);
  private memory: Float32Array;
  private observation: unknown;
  private seed = 0;
  private steps = 0;
  private total = 0;

  constructor(options: SeatOptions) {
    this.options = options;
    this.policy = loadPolicy(options.policy).policy;
    this.env = this.made();
    this.memory = this.policy.initialMemory();
  }

  private made(): PlayedEnv {
    return make(this.options.env, this.options.envOptions) as unknown as PlayedEnv;
  }

  deal(seed: number): SeatMoment {
    this.seed = seed;
    this.rng = defaultRng(seed);
    this.memory = this.policy.initialMemory();
    this.observation = this.env.reset({ seed }).observation;
    this.steps = 0;
    this.total = 0;
    return this.moment({});
  }

  move(asked: Action | "policy"): SeatMoment {
    // It is asked at every step, because a policy with a memory has to see what happens.
    const own = this.choose(this.env, this.observation, this.memory, this.rng);
    const action = asked === "policy" ? own : typeof asked === "number" ? asked : Float32Array.from(asked);
    const { observation, reward, terminated, truncated } = this.env.step(action as never);
    this.observation = observation;
    this.steps++;
    this.total += reward;
    const ended = terminated ? "terminated" : truncated ? "truncated" : undefined;
    const policyReturn = ended === undefined ? undefined : this.alone();
    return this.moment({
      reward,
      action: typeof action === "number" ? action : Array.from(action as ArrayLike<number>),
      ended,
      policyReturn,
    });
  }

  private choose(env: PlayedEnv, observation: unknown, memory: Float32Array, rng: Generator): unknown {
    const { deterministic } = this.options;
    return this.policy.act(observation, { deterministic, rng, memory, mask: env.actionMask?.() });
  }

  /** What the policy gets without anybody's help. */
  private alone(): number | undefined {
    const env = this.made();
    const rng = defaultRng(this.seed);
    const memory = this.policy.initialMemory();
    let { observation } = env.reset({ seed: this.seed });
    let total = 0;
    for (let t = 0; t < MOST_STEPS; t++) {
      const step = env.step(this.choose(env, observation, memory, rng) as never);
      observation = step.observation;
      total += step.reward;
      if (step.terminated || step.truncated) return total;
    }
    return undefined;
  }

  private moment(after: Partial<SeatMoment>): SeatMoment {
    return {
      scene: this.env.render?.(),
      observation: plainObservation(this.observation),
      steps: this.steps,
      reward: 0,
      return: this.total,
      action: undefined,
      ended: undefined,
      policyReturn: undefined,
      ...after,
    };
  }
}
