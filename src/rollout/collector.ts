/** Plays with a policy in environments side by side, and gathers what happens into batches. */

import type { BatchedEnv } from "../envs/batched/batched-env.js";
import type { Json } from "../envs/env.js";
import { Actor, type RecordedNumbers } from "../policies/actor.js";
import type { Policy } from "../policies/policy.js";
import type { Generator } from "../random/generator.js";
import { tensor } from "../tensor/index.js";
import { at } from "../tensor/tensor.js";
import type { Batch, Segment } from "./batch.js";
import { EnvironmentError } from "./guarded-env.js";
import type { RewardScaling } from "./reward-scaling.js";

/** An episode that is over. */
export interface Episode {
  /** Sum of rewards, undiscounted, in the environment's own units. */
  readonly return: number;
  readonly length: number;
}

/** What an update needs: whole episodes of one environment, or as many steps of each of several side by side. */
export type Collect = { readonly episodes: number } | { readonly steps: number; readonly envs: number };

/** The end of an episode in the batch under way. */
interface End {
  readonly copy: number;
  /** Steps of the batch that this copy had taken then. */
  readonly step: number;
  readonly terminated: boolean;
  readonly truncated: boolean;
}

/** Everything about a collection under way that its future depends on: plain data, and arrays. */
export interface CollectorState {
  readonly plain: {
    readonly env: Json;
    /** False before the first reset. */
    readonly started: boolean;
    readonly steps: number;
    readonly ends: readonly End[];
    readonly episodes: readonly Episode[];
    /** Of each copy's episode so far. */
    readonly returns: readonly number[];
    readonly lengths: readonly number[];
  };
  readonly arrays: RecordedNumbers & {
    readonly rewards: Float64Array;
    /** Those of each end, one after another, as the environment gave them. */
    readonly finalFeatures: Float32Array;
  };
}

/** What a collector plays with. */
export interface CollectorOptions {
  readonly env: BatchedEnv;
  readonly policy: Policy;
  /** For the actions. */
  readonly rng: Generator;
  /** For the first reset, one a copy. */
  readonly seeds: readonly bigint[];
  readonly collect: Collect;
  readonly rewardScaling?: RewardScaling | undefined;
}

/** Plays with a policy and gathers batches. The only code that resets an environment in training. */
export class Collector {
  /** Steps of all environments taken since the start of the run. */
  steps = 0;
  private readonly options: CollectorOptions;
  private readonly env: BatchedEnv;
  private readonly actor: Actor;
  private readonly actions: Int32Array | Float32Array;
  private readonly scaled: Float64Array;
  private started = false;
  private returns: Float64Array;
  private lengths: Int32Array;
  private rewards: number[] = [];
  private ends: End[] = [];
  private episodes: Episode[] = [];
  private finalFeatures: Float32Array[] = [];

  constructor(options: CollectorOptions) {
    const { env, policy } = options;
    this.options = options;
    this.env = env;
    this.actor = new Actor(policy, { copies: env.n, masked: env.actionMasks !== undefined });
    const numbers = env.n * env.actionSize;
    this.actions = policy.actionSpace.kind === "box" ? new Float32Array(numbers) : new Int32Array(numbers);
    this.scaled = new Float64Array(env.n);
    this.returns = new Float64Array(env.n);
    this.lengths = new Int32Array(env.n);
  }

  /**
   * Takes about `limit` steps: all environments step together, so it may be a few more. Returns a batch as soon as it is
   * complete, with the episodes that ended in it.
   */
  collect(limit: number): { batch: Batch; episodes: Episode[] } | undefined {
    for (let taken = 0; taken < limit; taken += this.env.n) {
      if (!this.started) this.start();
      this.step();
      if (this.complete()) return this.finish();
    }
    return undefined;
  }

  snapshot(): CollectorState {
    const { env } = this;
    if (env.snapshot === undefined) {
      throw new EnvironmentError(
        "this environment has no snapshot() and restore(), so its runs can't be saved and resumed exactly",
      );
    }
    return {
      plain: {
        env: env.snapshot(),
        started: this.started,
        steps: this.steps,
        ends: [...this.ends],
        episodes: [...this.episodes],
        returns: [...this.returns],
        lengths: [...this.lengths],
      },
      arrays: {
        ...this.actor.snapshot(),
        rewards: new Float64Array(this.rewards),
        finalFeatures: joined(this.finalFeatures),
      },
    };
  }

  /** @throws RangeError where the parts do not belong together */
  restore({ plain, arrays }: CollectorState): void {
    const { n, observationSize: size } = this.env;
    const rows = arrays.rewards.length;
    const steps = rows / n;
    const { ends, returns, lengths, episodes } = plain;
    if (arrays.logProbs.length !== rows || !Number.isSafeInteger(steps)) {
      throw new RangeError("the rewards do not fit the steps");
    }
    for (const { copy, step } of ends) {
      const known = Number.isSafeInteger(copy) && copy >= 0 && copy < n;
      if (!known || !(Number.isSafeInteger(step) && step > 0 && step <= steps))
        throw new RangeError("the episodes do not fit the steps");
    }
    if (arrays.finalFeatures.length !== ends.length * size || returns.length !== n || lengths.length !== n) {
      throw new RangeError("the episodes do not fit the batch");
    }
    // The environments begin with the first step: one that says otherwise would refuse to go on, or begin twice.
    const { running = plain.started } = plain.env as { running?: Json };
    if (plain.started !== plain.steps > 0 || running !== plain.started) {
      throw new RangeError("the environments do not fit the steps");
    }
    this.env.restore?.(plain.env);
    this.started = plain.started;
    this.steps = plain.steps;
    this.ends = [...ends];
    this.episodes = [...episodes];
    this.returns = Float64Array.from(returns);
    this.lengths = Int32Array.from(lengths);
    this.finalFeatures = ends.map((_, i) => arrays.finalFeatures.slice(i * size, (i + 1) * size));
    this.rewards = [...arrays.rewards];
    this.actor.restore(arrays);
    if (this.complete()) throw new RangeError("the batch is complete already");
  }

  private start(): void {
    this.env.reset(this.options.seeds);
    this.started = true;
    this.options.policy.normaliser?.update(this.env.observations, this.env.n);
  }

  /** One step of every environment. */
  private step(): void {
    const { env, options, returns, lengths, scaled } = this;
    this.actor.act(env.observations, options.rng, this.actions, env.actionMasks);
    const ended = env.step(this.actions);
    this.steps += env.n;
    this.requireFinite();
    options.policy.normaliser?.update(env.observations, env.n);
    options.rewardScaling?.scale(env.rewards, scaled);
    const learned = options.rewardScaling === undefined ? env.rewards : scaled;
    for (let i = 0; i < env.n; i++) {
      returns[i] += env.rewards[i];
      lengths[i]++;
      this.rewards.push(learned[i]);
    }
    if (ended > 0) for (let i = 0; i < env.n; i++) if (env.terminated[i] + env.truncated[i] > 0) this.end(i);
  }

  /** The episode of copy i is over; the environment has begun the next one. */
  private end(i: number): void {
    const { env, returns, lengths } = this;
    const size = env.observationSize;
    this.episodes.push({ return: returns[i], length: lengths[i] });
    this.ends.push({
      copy: i,
      step: this.rewards.length / env.n,
      terminated: env.terminated[i] === 1,
      truncated: env.truncated[i] === 1,
    });
    this.finalFeatures.push(env.finalObservations.slice(i * size, (i + 1) * size));
    this.options.rewardScaling?.end(i);
    returns[i] = 0;
    lengths[i] = 0;
  }

  private complete(): boolean {
    const { collect } = this.options;
    if ("episodes" in collect) return this.ends.length >= collect.episodes;
    return this.rewards.length >= collect.steps * collect.envs;
  }

  /** Equations overflow where their settings are extreme. */
  private requireFinite(): void {
    const { observations, rewards, n } = this.env;
    let sum = 0;
    for (let k = 0; k < observations.length; k++) sum += observations[k] - observations[k];
    for (let i = 0; i < n; i++) sum += rewards[i] - rewards[i];
    if (sum === 0) return;
    const which = rewards.findIndex((reward) => !Number.isFinite(reward));
    const place = observations.findIndex((value) => !Number.isFinite(value));
    const [field, value] =
      which >= 0
        ? ["reward", rewards[which]]
        : [`observation[${place % this.env.observationSize}]`, observations[place]];
    throw new EnvironmentError(
      `the environment returned ${field} ${value} at step ${this.steps}; expected a finite number`,
    );
  }

  private finish(): { batch: Batch; episodes: Episode[] } {
    const { n, observations, observationSize: size } = this.env;
    const steps = this.rewards.length / n;
    const rewards = new Float64Array(this.rewards.length);
    for (let t = 0, k = 0; t < steps; t++) for (let i = 0; i < n; i++, k++) rewards[i * steps + t] = this.rewards[k];
    const segments: Segment[] = [];
    const finals: Float32Array[] = [];
    for (let i = 0; i < n; i++) {
      let start = i * steps;
      this.ends.forEach(({ copy, step, terminated, truncated }, k) => {
        if (copy !== i) return;
        segments.push({ start, end: i * steps + step, terminated, truncated });
        finals.push(this.finalFeatures[k]);
        start = i * steps + step;
      });
      if (start === (i + 1) * steps) continue;
      segments.push({ start, end: (i + 1) * steps, terminated: false, truncated: false });
      finals.push(observations.slice(i * size, (i + 1) * size));
    }
    const recorded = this.actor.take();
    const finalFeatures = tensor(joined(finals), [segments.length, size]);
    this.options.policy.normaliser?.apply(at(finalFeatures) >>> 2, segments.length);
    const { episodes } = this;
    this.rewards = [];
    this.ends = [];
    this.episodes = [];
    this.finalFeatures = [];
    return { batch: { ...recorded, size: rewards.length, rewards, segments, finalFeatures }, episodes };
  }
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const size = rows.length === 0 ? 0 : rows[0].length;
  const all = new Float32Array(rows.length * size);
  rows.forEach((row, i) => void all.set(row, i * size));
  return all;
}
