import { describe, expect, it } from "vitest";
import { type Collecting, collecting } from "../../test/collecting.js";
import { batch as batchOf } from "../envs/batched/batch.js";
import type { AnyEnv, Env, Json, StepResult } from "../envs/env.js";
import { make } from "../envs/registry.js";
import { mlpPolicy } from "../policies/mlp-policy.js";
import { defaultRng } from "../random/index.js";
import { box, discrete, type Space, tuple } from "../spaces/index.js";
import { EnvironmentError } from "./guard.js";
import { guarded } from "./guarded-env.js";

type AnyStep = Partial<StepResult<unknown>>;

/** An environment that counts its steps, with episodes of the given lengths. The result of a step can be replaced. */
class CountingEnv implements Env<unknown, unknown> {
  readonly observationSpace: Space<unknown> = box({ low: -1000, high: 1000, shape: [2] });
  readonly actionSpace: Space<unknown> = discrete(2);
  readonly seeds: unknown[] = [];
  readonly answers = new Map<number, () => unknown>();
  private readonly lengths: readonly number[];
  private readonly cut: boolean;
  private episode = -1;
  private t = 0;
  private total = 0;

  constructor(lengths: readonly number[], { cut = false, space }: { cut?: boolean; space?: Space<unknown> } = {}) {
    this.lengths = lengths;
    this.cut = cut;
    if (space !== undefined) this.observationSpace = space;
  }

  reset(options?: { seed?: number | bigint }): { observation: unknown; info: Record<string, unknown> } {
    this.seeds.push(options?.seed);
    this.episode++;
    this.t = 0;
    return this.answer(0, { observation: this.observe(), info: {} }) as never;
  }
  step(): StepResult<unknown> {
    this.t++;
    this.total++;
    const last = this.t === this.lengths[this.episode % this.lengths.length];
    const ends = { terminated: last && !this.cut, truncated: last && this.cut };
    return this.answer(this.total, { observation: this.observe(), reward: this.t, ...ends, info: {} }) as never;
  }
  snapshot(): Json {
    return { episode: this.episode, t: this.t, total: this.total };
  }
  restore(state: Json): void {
    const { episode, t, total } = state as { episode: number; t: number; total: number };
    Object.assign(this, { episode, t, total });
  }
  private observe(): Float32Array {
    return Float32Array.of(this.episode, this.t);
  }
  private answer(step: number, usual: object): unknown {
    return this.answers.has(step) ? this.answers.get(step)!() : usual;
  }
}

function collectorOf(env: Env<unknown, unknown>, episodes = 2): Collecting {
  const { observationSpace, actionSpace } = env;
  const policy = mlpPolicy({ observationSpace, actionSpace, hidden: [8], activation: "tanh", rng: defaultRng(1) });
  const env1 = batchOf(1, () => guarded(env as AnyEnv));
  return collecting({ env: env1, policy, rng: defaultRng(2), collect: { episodes } }, [77n]);
}

describe("collecting", () => {
  it("gathers whole episodes, in the order in which they were played", () => {
    const collector = collectorOf(new CountingEnv([3, 1, 2]));
    const { batch, episodes } = collector.whole();
    expect(episodes).toEqual([
      { return: 6, length: 3, lastStep: 3 },
      { return: 1, length: 1, lastStep: 4 },
    ]);
    expect([...batch.rewards]).toEqual([1, 2, 3, 1]);
    expect(batch.segments).toEqual([
      { start: 0, end: 3, terminated: true, truncated: false },
      { start: 3, end: 4, terminated: true, truncated: false },
    ]);
    expect(batch.features.toNested()).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
    ]);
    expect(batch.finalFeatures.toNested()).toEqual([
      [0, 3],
      [1, 1],
    ]);
    expect([batch.size, batch.actions.shape, batch.logProbs.shape]).toEqual([4, [4], [4]]);
    expect(collector.collector.steps).toBe(4);
    expect(collector.whole().batch.features.toNested()).toEqual([
      [2, 0],
      [2, 1],
      [3, 0],
      [3, 1],
      [3, 2],
    ]);
  });
  it("tells truncated from terminated, also where an episode is both", () => {
    const env = new CountingEnv([1], { cut: true });
    env.answers.set(2, () => ({
      observation: new Float32Array(2),
      reward: 0,
      terminated: true,
      truncated: true,
      info: {},
    }));
    const flags = collectorOf(env)
      .whole()
      .batch.segments.map(({ terminated, truncated }) => [terminated, truncated]);
    expect(flags).toEqual([
      [false, true],
      [true, true],
    ]);
  });
  it("seeds the environment once, at the first reset, and begins each next episode at once", () => {
    const env = new CountingEnv([1]);
    const collector = collectorOf(env, 3);
    collector.collect(Infinity);
    collector.collect(Infinity);
    expect(env.seeds).toEqual([77n, ...Array(6).fill(undefined)]);
  });
  it("in pieces of any size gives what it gives at once", () => {
    const whole = collectorOf(make("CartPole-v1") as Env<unknown, unknown>, 3).whole();
    for (const piece of [1, 2, 7, 50]) {
      const collector = collectorOf(make("CartPole-v1") as Env<unknown, unknown>, 3);
      let found = collector.collect(piece);
      while (found === undefined) found = collector.collect(piece);
      expect(found.episodes).toEqual(whole.episodes);
      expect(found.batch.features.toArray()).toEqual(whole.batch.features.toArray());
      expect(found.batch.actions.toArray()).toEqual(whole.batch.actions.toArray());
    }
    expect(collectorOf(new CountingEnv([1])).collect(0)).toBeUndefined();
  });
  it("supports an environment that returns the same buffer at each step", () => {
    const env = new CountingEnv([2, 2]);
    const buffer = new Float32Array(2);
    const reused = <T extends AnyStep>(result: T): T => {
      buffer.set(result.observation as Float32Array);
      return { ...result, observation: buffer };
    };
    const aliasing: Env<unknown, unknown> = {
      observationSpace: env.observationSpace,
      actionSpace: env.actionSpace,
      reset: (options) => reused(env.reset(options as never)) as never,
      step: () => reused(env.step()),
    };
    const { batch } = collectorOf(aliasing).whole();
    expect(batch.features.toNested()).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    expect(batch.finalFeatures.toNested()).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });
});

describe("an error of an environment stops it, with the step, the field and the value", () => {
  const good: AnyStep = { observation: new Float32Array(2), reward: 1, terminated: false, truncated: false };
  const message = (at: number, answer: () => unknown, space?: Space<unknown>): string => {
    const env = new CountingEnv([5], space === undefined ? {} : { space });
    env.answers.set(at, answer);
    if (space !== undefined && at > 0) env.answers.set(0, () => ({ observation: space.sample(defaultRng(0)) }));
    try {
      collectorOf(env).collect(Infinity);
    } catch (error) {
      expect(error).toBeInstanceOf(EnvironmentError);
      return (error as Error).message;
    }
    return "went on";
  };
  const steps: [string, AnyStep | unknown, string][] = [
    ["reward NaN", { ...good, reward: NaN }, "returned reward NaN at step 3; expected a finite number"],
    ["reward Infinity", { ...good, reward: Infinity }, "returned reward Infinity at step 3; expected a finite number"],
    ["reward as text", { ...good, reward: "1" }, 'returned reward "1" at step 3; expected a finite number'],
    ["no reward", { ...good, reward: undefined }, "returned reward undefined at step 3; expected a finite number"],
    ["terminated 0", { ...good, terminated: 0 }, "returned terminated 0 at step 3; expected true or false"],
    [
      "no truncated",
      { ...good, truncated: undefined },
      "returned truncated undefined at step 3; expected true or false",
    ],
    [
      "NaN in an observation",
      { ...good, observation: Float32Array.of(0, NaN) },
      "returned observation[1] NaN at step 3; expected a finite number",
    ],
    [
      "-Infinity in an observation",
      { ...good, observation: Float32Array.of(-Infinity, 0) },
      "returned observation[0] -Infinity at step 3; expected a finite number",
    ],
    [
      "an observation too long",
      { ...good, observation: Float32Array.of(1, 2, 3) },
      "returned observation Float32Array(1,2,3) at step 3; expected a Float32Array of 2, a value of Box(-1000, 1000, [2])",
    ],
    [
      "an observation in float64",
      { ...good, observation: Float64Array.of(1, 2) },
      "returned observation Float64Array(1,2) at step 3; expected a Float32Array of 2, a value of Box(-1000, 1000, [2])",
    ],
    [
      "an observation as a list",
      { ...good, observation: [1, 2] },
      "returned observation [1,2] at step 3; expected a Float32Array of 2, a value of Box(-1000, 1000, [2])",
    ],
    [
      "null",
      null,
      "returned from step() null at step 3; expected an object with observation, reward, terminated and truncated",
    ],
    [
      "a promise",
      Promise.resolve(good),
      "returned from step() Promise {} at step 3; expected an object with observation, reward, terminated and truncated; an asynchronous environment says asynchronous: true",
    ],
  ];
  it.each(steps)("%s", (_, answer, expected) => {
    expect(message(3, () => answer)).toBe(`the environment ${expected}`);
  });
  it("also at a reset", () => {
    expect(message(0, () => ({ observation: Float32Array.of(NaN, 0) }))).toBe(
      "the environment returned observation[0] NaN at the reset before step 1; expected a finite number",
    );
    expect(message(0, () => Float32Array.of(0, 0))).toMatch(
      /returned observation undefined at the reset before step 1/,
    );
  });
  it("an error of its own", () => {
    const broken = (): never => {
      throw new TypeError("x is undefined");
    };
    expect(message(3, broken)).toBe("step() of the environment threw at step 3: x is undefined");
    expect(message(0, broken)).toBe("reset() of the environment threw at the reset before step 1: x is undefined");
  });
  it("a value of another space", () => {
    const three = discrete(3);
    expect(message(1, () => ({ ...good, observation: 3 }), three)).toBe(
      "the environment returned observation 3 at step 1; expected a value of Discrete(3)",
    );
    expect(message(1, () => ({ ...good, observation: new Float32Array(3) }), three)).toMatch(
      /expected a value of Discrete\(3\)/,
    );
    const pair = tuple([discrete(2), discrete(2)]);
    expect(message(1, () => ({ ...good, observation: [1, NaN] }), pair)).toMatch(
      /returned observation \[1,NaN\] at step 1/,
    );
  });
  it("but numbers outside of a Box are taken, as Gymnasium takes them", () => {
    const env = new CountingEnv([1]);
    env.answers.set(1, () => ({
      observation: Float32Array.of(2000, 0),
      reward: 0,
      terminated: true,
      truncated: false,
      info: {},
    }));
    expect(collectorOf(env, 1).whole().batch.finalFeatures.toNested()).toEqual([[2000, 0]]);
  });
});

describe("a snapshot", () => {
  const restored = (state: unknown, episodes = 3): Collecting => {
    const restoring = collectorOf(new CountingEnv([3, 1, 4]), episodes);
    restoring.collector.restore(state as never);
    return restoring;
  };
  const halfway = (steps: number): Collecting => {
    const collector = collectorOf(new CountingEnv([3, 1, 4]), 3);
    collector.collect(1);
    expect(collector.collector.snapshot().plain).toMatchObject({ started: true, steps: 0 });
    collector.collect(steps);
    return collector;
  };
  it("is refused if the environment has none, with the names of the missing methods", () => {
    const env = new CountingEnv([1]);
    const bare: Env<unknown, unknown> = {
      observationSpace: env.observationSpace,
      actionSpace: env.actionSpace,
      reset: () => env.reset(),
      step: () => env.step(),
    };
    const collector = collectorOf(bare);
    expect(collector.collect(Infinity)).toBeDefined();
    expect(() => collector.collector.snapshot()).toThrow(
      "this environment has no snapshot() and restore(), so its runs can't be saved and resumed exactly",
    );
  });
  it("is plain data that does not change when collecting goes on", () => {
    const collector = halfway(4);
    const snapshot = collector.collector.snapshot();
    const text = JSON.stringify(snapshot);
    collector.collect(3);
    expect(JSON.stringify(snapshot)).toBe(text);
  });
  it("restored to parts that do not belong together is refused", () => {
    const { plain, arrays } = halfway(6).collector.snapshot();
    const [first, second] = plain.ends;
    expect(restored({ plain, arrays }).whole().episodes).toHaveLength(3);
    const wrong = [
      { plain: { ...plain, ends: [first, { ...second, step: 100 }] }, arrays },
      { plain: { ...plain, ends: [first, { ...second, copy: 1 }] }, arrays },
      { plain: { ...plain, ends: [{ ...first, step: 0 }, second] }, arrays },
      { plain: { ...plain, started: false }, arrays },
      { plain: { ...plain, returns: [] }, arrays },
      { plain: { ...plain, lengths: [1, 2] }, arrays },
      { plain, arrays: { ...arrays, rewards: new Float64Array(5) } },
      { plain, arrays: { ...arrays, rewards: new Float64Array(7) } },
      { plain, arrays: { ...arrays, features: new Float32Array(5) } },
      { plain, arrays: { ...arrays, actions: new Float32Array(1e6) } },
      { plain, arrays: { ...arrays, finalObservations: new Float32Array(3) } },
    ];
    for (const state of wrong) expect(() => restored(state)).toThrow(RangeError);
    expect(() => restored({ plain, arrays }, 2)).toThrow("the batch is complete already");
  });
});
