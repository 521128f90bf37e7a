/** Plays with a policy in environments side by side, and gathers what happens into batches. */

import type { Json } from "../envs/env.js";
import { Actor, type RecordedNumbers } from "../policies/actor.js";
import type { Policy } from "../policies/policy.js";
import type { Generator } from "../random/generator.js";
import { tensor } from "../tensor/index.js";
import { at } from "../tensor/tensor.js";
import type { Batch, Segment } from "./batch.js";
import type { Environments } from "./environments.js";
import { EnvironmentError } from "./guarded-env.js";
import type { RewardScaling } from "./reward-scaling.js";
import { type End, type Played, type Players, play } from "./stretch.js";
import { playTogether } from "./team.js";

/** An episode that is over. */
export interface Episode {
  /** Sum of rewards, undiscounted, in the environment's own units. */
  readonly return: number;
  readonly length: number;
}

/** What an update needs: whole episodes of one environment, or as many steps of each of several side by side. */
export type Collect = { readonly episodes: number } | { readonly steps: number; readonly envs: number };

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
  readonly env: Environments;
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
  private readonly env: Environments;
  private readonly actor: Actor;
  /** Those in this thread. */
  private readonly players: Players;
  private readonly team: Environments["team"];
  private readonly scaled: Float64Array;
  private started = false;
  private returns: Float64Array;
  private lengths: Int32Array;
  private rewards: number[] = [];
  private ends: End[] = [];
  private episodes: Episode[] = [];
  private finalFeatures: Float32Array[] = [];

  constructor(options: CollectorOptions) {
    const { env, policy, rng, collect } = options;
    this.options = options;
    this.env = env;
    // A normaliser takes in all observations of a step before the next one, and so does who waits for an episode to end.
    this.team = policy.normaliser === undefined && "steps" in collect ? env.team : undefined;
    const mine = this.team?.own ?? env;
    const own = { first: 0, count: mine.n };
    this.actor = new Actor(policy, { copies: env.n, own, masked: env.actionMasks !== undefined });
    this.players = { env: mine, policy, actor: this.actor, rng, first: 0, of: env.n };
    this.scaled = new Float64Array(env.n);
    this.returns = new Float64Array(env.n);
    this.lengths = new Int32Array(env.n);
  }

  /**
   * Takes about `limit` steps: all environments step together, so it may be a few more. Returns a batch as soon as it is
   * complete, with the episodes that ended in it.
   */
  collect(limit: number): { batch: Batch; episodes: Episode[] } | undefined {
    const { n } = this.env;
    for (let taken = 0; taken < limit; ) {
      if (!this.started) this.start();
      taken += n * this.play(Math.ceil((limit - taken) / n));
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

  /** Some steps of every environment, `most` at most and no more than the batch needs. Returns how many. */
  private play(most: number): number {
    const { team, players, options, rewards, ends, steps: taken } = this;
    const { collect } = options;
    const [steps, episodes] =
      "episodes" in collect
        ? [most, collect.episodes - ends.length]
        : [Math.min(most, collect.steps - rewards.length / this.env.n), Number.POSITIVE_INFINITY];
    const stretch = { steps, episodes, taken };
    const played = team === undefined ? play(players, stretch) : playTogether(team, players, stretch);
    if (played.failure !== undefined) throw played.failure.error;
    this.take(played);
    return played.steps;
  }

  /** Keeps account of what was played, in the order of the steps. */
  private take({ steps, rewards, ends }: Played): void {
    const { n } = this.env;
    const { returns, lengths, scaled } = this;
    const { rewardScaling } = this.options;
    const before = this.rewards.length / n;
    for (let t = 0, end = 0; t < steps; t++) {
      rewardScaling?.scale(rewards.subarray(t * n, (t + 1) * n), scaled);
      for (let i = 0; i < n; i++) {
        const reward = rewards[t * n + i];
        returns[i] += reward;
        lengths[i]++;
        this.rewards.push(rewardScaling === undefined ? reward : scaled[i]);
      }
      for (; end < ends.length && ends[end].step === t + 1; end++) {
        const { copy, final, terminated, truncated } = ends[end];
        this.episodes.push({ return: returns[copy], length: lengths[copy] });
        this.ends.push({ copy, step: before + t + 1, terminated, truncated });
        this.finalFeatures.push(final);
        rewardScaling?.end(copy);
        returns[copy] = 0;
        lengths[copy] = 0;
      }
    }
    this.steps += steps * n;
  }

  private complete(): boolean {
    const { collect } = this.options;
    if ("episodes" in collect) return this.ends.length >= collect.episodes;
    return this.rewards.length >= collect.steps * collect.envs;
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
