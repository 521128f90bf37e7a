/** Plays episodes with a policy and gathers them into batches. The only code that resets an environment in training. */

import type { Env, Json } from "../envs/env.js";
import { Actor, type RecordedNumbers } from "../policies/actor.js";
import type { Policy } from "../policies/policy.js";
import type { Generator } from "../random/generator.js";
import { flatSize, flattenInto } from "../spaces/index.js";
import { tensor } from "../tensor/index.js";
import type { Batch, Segment } from "./batch.js";
import { GuardedEnv } from "./guarded-env.js";
import { observationFromJson, observationToJson } from "./observation-json.js";

/** An episode that is over. */
export interface Episode {
  /** Sum of rewards, undiscounted. */
  readonly return: number;
  readonly length: number;
}

/** Everything about a collection under way that its future depends on: plain data, and arrays. */
export interface CollectorState {
  readonly plain: {
    readonly env: Json;
    readonly observation: Json;
    /** False before the first reset and between episodes. */
    readonly playing: boolean;
    readonly started: boolean;
    readonly steps: number;
    readonly segments: readonly Segment[];
  };
  readonly arrays: RecordedNumbers & {
    readonly rewards: Float64Array;
    /** Those of each segment, one after another. */
    readonly finalFeatures: Float32Array;
  };
}

/** Plays episodes with a policy and gathers them into batches. */
export class Collector {
  private readonly env: GuardedEnv;
  private readonly space: Env<unknown, unknown>["observationSpace"];
  private readonly actor: Actor;
  private readonly rng: Generator;
  private readonly seed: bigint;
  private readonly episodesWanted: number;
  private observation: unknown;
  private playing = false;
  private started = false;
  private rewards: number[] = [];
  private segments: Segment[] = [];
  private finalFeatures: Float32Array[] = [];

  constructor(
    env: Env<unknown, unknown>,
    policy: Policy,
    { rng, seed, episodes }: { rng: Generator; seed: bigint; episodes: number },
  ) {
    this.env = new GuardedEnv(env);
    this.space = env.observationSpace;
    this.actor = new Actor(policy);
    this.rng = rng;
    this.seed = seed;
    this.episodesWanted = episodes;
  }

  /** Steps taken since the start of the run. */
  get steps(): number {
    return this.env.steps;
  }

  /** Takes at most `limit` steps. Returns a batch as soon as it is complete, with its episodes. */
  collect(limit: number): { batch: Batch; episodes: Episode[] } | undefined {
    for (let taken = 0; taken < limit; taken++) {
      if (!this.playing) this.reset();
      if (this.step() && this.segments.length === this.episodesWanted) return this.finish();
    }
    return undefined;
  }

  snapshot(): CollectorState {
    return {
      plain: {
        env: this.env.snapshot(),
        observation: observationToJson(this.observation),
        playing: this.playing,
        started: this.started,
        steps: this.steps,
        segments: this.segments,
      },
      arrays: {
        ...this.actor.snapshot(),
        rewards: Float64Array.from(this.rewards),
        finalFeatures: joined(this.finalFeatures),
      },
    };
  }

  /** @throws RangeError where the parts do not belong together */
  restore({ plain, arrays }: CollectorState): void {
    const size = flatSize(this.space);
    const ends = [0, ...plain.segments.map(({ end }) => end)];
    const contiguous = plain.segments.every(({ start, end }, i) => start === ends[i] && end > start);
    const rows = arrays.rewards.length;
    if (
      !contiguous ||
      arrays.logProbs.length !== rows ||
      (plain.playing ? rows < ends.at(-1)! : rows !== ends.at(-1))
    ) {
      throw new RangeError("the episodes do not cover the steps");
    }
    if (ends.length > this.episodesWanted || arrays.finalFeatures.length !== plain.segments.length * size) {
      throw new RangeError("the episodes do not fit the batch");
    }
    this.env.restore(plain.env, plain.steps);
    this.observation = observationFromJson(plain.observation);
    this.playing = plain.playing;
    this.started = plain.started;
    this.segments = [...plain.segments];
    this.finalFeatures = plain.segments.map((_, i) => arrays.finalFeatures.slice(i * size, (i + 1) * size));
    this.rewards = [...arrays.rewards];
    this.actor.restore(arrays);
  }

  private reset(): void {
    this.observation = this.env.reset(this.started ? undefined : this.seed);
    this.playing = true;
    this.started = true;
  }

  /** One step; true where it ended an episode. */
  private step(): boolean {
    const action = this.actor.act(this.observation, this.rng);
    const { observation, reward, terminated, truncated } = this.env.step(action);
    this.rewards.push(reward);
    this.observation = observation;
    if (!terminated && !truncated) return false;
    this.playing = false;
    const start = this.segments.at(-1)?.end ?? 0;
    this.segments.push({ start, end: this.rewards.length, terminated, truncated });
    const features = new Float32Array(flatSize(this.space));
    flattenInto(this.space, observation, features);
    this.finalFeatures.push(features);
    return true;
  }

  private finish(): { batch: Batch; episodes: Episode[] } {
    // Not Float64Array.from, which goes through an iterator and takes ten times as long.
    const rewards = new Float64Array(this.rewards);
    const { segments } = this;
    const batch: Batch = {
      ...this.actor.take(),
      size: rewards.length,
      rewards,
      segments,
      finalFeatures: tensor(joined(this.finalFeatures), [segments.length, flatSize(this.space)]),
    };
    const episodes = segments.map(({ start, end }) => {
      let total = 0;
      for (let t = start; t < end; t++) total += rewards[t];
      return { return: total, length: end - start };
    });
    this.rewards = [];
    this.segments = [];
    this.finalFeatures = [];
    return { batch, episodes };
  }
}

function joined(rows: readonly Float32Array[]): Float32Array {
  return Float32Array.from(rows.flatMap((row) => [...row]));
}
