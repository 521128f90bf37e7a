/** Plays episodes with a policy and gathers them into batches. The only code that resets an environment in training. */

import type { Env, Json } from "../envs/env.js";
import { show } from "../errors.js";
import { Actor } from "../policies/actor.js";
import type { Policy } from "../policies/policy.js";
import type { Generator } from "../random/generator.js";
import { flatSize, flattenInto } from "../spaces/index.js";
import { tensor } from "../tensor/index.js";
import type { Batch, Segment } from "./batch.js";

/** What an environment did wrong, with the step, the field and the value. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

export interface Episode {
  /** Sum of rewards, undiscounted. */
  readonly return: number;
  readonly length: number;
}

/** Everything about a collection under way that its future depends on. */
export interface CollectorState {
  readonly env: Json;
  readonly observation: Json;
  /** False before the first reset and between episodes. */
  readonly playing: boolean;
  readonly started: boolean;
  readonly steps: number;
  readonly segments: readonly Segment[];
  readonly finalFeatures: readonly (readonly number[])[];
  readonly rewards: Float64Array;
  readonly recorded: { readonly features: Float32Array; readonly actions: Float32Array; readonly logProbs: Float32Array };
}

export class Collector {
  /** Steps taken since the start of the run. */
  steps = 0;
  private readonly env: Env<unknown, unknown>;
  private readonly actor: Actor;
  private readonly rng: Generator;
  private readonly seed: bigint;
  private readonly episodesWanted: number;
  private observation: unknown;
  private playing = false;
  private started = false;
  private rewards: number[] = [];
  private segments: Segment[] = [];
  private finalFeatures: number[][] = [];

  constructor(env: Env<unknown, unknown>, policy: Policy, { rng, seed, episodes }: { rng: Generator; seed: bigint; episodes: number }) {
    this.env = env;
    this.actor = new Actor(policy);
    this.rng = rng;
    this.seed = seed;
    this.episodesWanted = episodes;
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
    if (this.env.snapshot === undefined) {
      throw new EnvironmentError("this environment has no snapshot(), so its runs can't be saved and resumed exactly");
    }
    return {
      env: this.env.snapshot(),
      observation: observationToJson(this.observation),
      playing: this.playing,
      started: this.started,
      steps: this.steps,
      segments: this.segments,
      finalFeatures: this.finalFeatures,
      rewards: Float64Array.from(this.rewards),
      recorded: this.actor.snapshot(),
    };
  }

  restore(state: CollectorState): void {
    if (this.env.restore === undefined) throw new EnvironmentError("this environment has no restore(), so its runs can't be resumed");
    this.env.restore(state.env);
    this.observation = observationFromJson(state.observation);
    this.playing = state.playing;
    this.started = state.started;
    this.steps = state.steps;
    this.segments = [...state.segments];
    this.finalFeatures = state.finalFeatures.map((row) => [...row]);
    this.rewards = [...state.rewards];
    this.actor.restore(state.recorded);
  }

  private reset(): void {
    const { observation } = this.guard("reset()", () => this.env.reset(this.started ? {} : { seed: this.seed }));
    this.checkObservation(observation, "after reset()");
    this.observation = observation;
    this.playing = true;
    this.started = true;
  }

  /** One step; true where it ended an episode. */
  private step(): boolean {
    const action = this.actor.act(this.observation, this.rng);
    const { observation, reward, terminated, truncated } = this.guard("step()", () => this.env.step(action));
    this.steps++;
    if (typeof reward !== "number" || !Number.isFinite(reward)) this.refuse("reward", reward, "a finite number");
    if (typeof terminated !== "boolean") this.refuse("terminated", terminated, "true or false");
    if (typeof truncated !== "boolean") this.refuse("truncated", truncated, "true or false");
    this.checkObservation(observation, `at step ${this.steps}`);
    this.rewards.push(reward);
    this.observation = observation;
    if (!terminated && !truncated) return false;
    this.playing = false;
    const start = this.segments.at(-1)?.end ?? 0;
    this.segments.push({ start, end: this.rewards.length, terminated, truncated });
    const features = new Float32Array(flatSize(this.env.observationSpace));
    flattenInto(this.env.observationSpace, observation, features);
    this.finalFeatures.push(Array.from(features));
    return true;
  }

  private finish(): { batch: Batch; episodes: Episode[] } {
    const rewards = Float64Array.from(this.rewards);
    const { segments } = this;
    const batch: Batch = {
      ...this.actor.take(),
      size: rewards.length,
      rewards,
      segments,
      finalFeatures: tensor(Float32Array.from(this.finalFeatures.flat()), [segments.length, flatSize(this.env.observationSpace)]),
    };
    const episodes = segments.map(({ start, end }) => ({
      return: rewards.subarray(start, end).reduce((total, reward) => total + reward, 0),
      length: end - start,
    }));
    this.rewards = [];
    this.segments = [];
    this.finalFeatures = [];
    return { batch, episodes };
  }

  private guard<T>(call: string, run: () => T): T {
    try {
      return run();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new EnvironmentError(`${call} of the environment threw at step ${this.steps + 1}: ${reason}`, { cause: error });
    }
  }

  private checkObservation(observation: unknown, when: string): void {
    if (observation instanceof Float32Array) {
      const size = flatSize(this.env.observationSpace);
      if (observation.length !== size) this.refuse("observation", observation, `${size} numbers, as ${this.env.observationSpace}`, when);
      for (let i = 0; i < size; i++) {
        if (!Number.isFinite(observation[i])) this.refuse(`observation[${i}]`, observation[i], "a finite number", when);
      }
    } else if (!this.env.observationSpace.contains(observation)) {
      this.refuse("observation", observation, `a value of ${this.env.observationSpace}`, when);
    }
  }

  private refuse(field: string, given: unknown, allowed: string, when = `at step ${this.steps}`): never {
    throw new EnvironmentError(`the environment returned ${field} ${show(given)} ${when}; expected ${allowed}`);
  }
}

/** Observations are numbers, arrays of numbers, or tuples of these; JSON has to remember which array was typed. */
function observationToJson(observation: unknown): Json {
  if (observation instanceof Float32Array) return { float32: Array.from(observation) };
  if (ArrayBuffer.isView(observation)) return { int32: Array.from(observation as Int32Array) };
  return (observation ?? null) as Json;
}

function observationFromJson(json: Json): unknown {
  if (json !== null && typeof json === "object" && "float32" in json) return Float32Array.from(json.float32 as number[]);
  if (json !== null && typeof json === "object" && "int32" in json) return Int32Array.from(json.int32 as number[]);
  return json;
}
