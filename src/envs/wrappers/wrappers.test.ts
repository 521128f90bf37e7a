import { describe, expect, it } from "vitest";
import { RunningMoments } from "../../running-moments.js";
import { checkEnv } from "../check-env.js";
import type { AnyEnv, Env, StepResult } from "../env.js";
import { make } from "../registry.js";
import { clipActions, scaleActions } from "./actions.js";
import { frameStack } from "./frame-stack.js";
import { normaliseObservations, normaliseRewards } from "./normalise.js";
import { type RecordedEpisode, recordEpisodes } from "./record-episodes.js";
import { timeFeature } from "./time-feature.js";

const pendulum = (): Env<Float32Array, Float32Array> => make("Pendulum-v1");
const cartPole = (): Env<Float32Array, number> => make("CartPole-v1");

describe("a wrapped environment", () => {
  const wrapped: Record<string, () => unknown> = {
    scaleActions: () => scaleActions(pendulum()),
    clipActions: () => clipActions(pendulum()),
    frameStack: () => frameStack(cartPole(), 3),
    timeFeature: () => timeFeature(cartPole(), 500),
    normaliseObservations: () => normaliseObservations(pendulum(), { update: false }),
    normaliseRewards: () => normaliseRewards(pendulum(), { update: false }),
    recordEpisodes: () => recordEpisodes(make("Taxi-v4"), () => {}),
  };
  it.each(Object.keys(wrapped))("%s keeps the contract, with snapshots and pictures", (name) => {
    // Some wrappers are for unbounded actions and observations, about which the check only warns.
    expect(checkEnv(wrapped[name] as () => AnyEnv).filter(({ severity }) => severity === "error")).toEqual([]);
    const env = wrapped[name]() as AnyEnv;
    expect([typeof env.snapshot, typeof env.restore, typeof env.render]).toEqual(["function", "function", "function"]);
  });
});

describe("actions", () => {
  /** The action that the wrapped environment receives. */
  const given = (wrap: (env: Env<Float32Array, Float32Array>) => Env<Float32Array, Float32Array>, action: number) => {
    const inside = pendulum();
    let seen = Number.NaN;
    const env = wrap({
      ...inside,
      step(a) {
        seen = a[0];
        return inside.step(a);
      },
    });
    env.reset({ seed: 0 });
    env.step(Float32Array.of(action));
    return seen;
  };
  it("are scaled from the given bounds to those of the environment, and clipped", () => {
    expect([-1, 0, 0.5, 1, 3].map((a) => given(scaleActions, a))).toEqual([-2, 0, 1, 2, 2]);
    expect(given((env) => scaleActions(env, { low: 0, high: 4 }), 1)).toBe(-1);
  });
  it("are clipped to the bounds by clipActions", () => {
    expect([-7, -1, 2.5].map((a) => given(clipActions, a))).toEqual([-2, -1, 2]);
  });
  it("that are not numbers can't be scaled", () => {
    expect(() => scaleActions(make("CartPole-v1") as AnyEnv)).toThrow("scaleActions: got");
  });
});

describe("observations", () => {
  it("are stacked, the oldest first, and begin with the first one in every place", () => {
    const env = frameStack(cartPole(), 2);
    const plain = cartPole();
    const first = [...plain.reset({ seed: 3 }).observation];
    expect([...env.reset({ seed: 3 }).observation]).toEqual([...first, ...first]);
    const second = [...plain.step(1).observation];
    expect([...env.step(1).observation]).toEqual([...first, ...second]);
    expect(env.observationSpace.shape).toEqual([2, 4]);
  });
  it("end with the remaining share of the time", () => {
    const env = timeFeature(cartPole(), 4);
    expect(env.reset({ seed: 3 }).observation[4]).toBe(1);
    expect([0, 1, 0, 1, 0].map((action) => env.step(action).observation[4])).toEqual([0.75, 0.5, 0.25, 0, 0]);
  });
  it("go on after a restore as if nothing had happened", () => {
    for (const env of [frameStack(cartPole(), 3), timeFeature(cartPole(), 9)]) {
      env.reset({ seed: 3 });
      env.step(1);
      const saved = env.snapshot!();
      const next = [...env.step(0).observation];
      env.reset({ seed: 8 });
      env.restore!(JSON.parse(JSON.stringify(saved)));
      expect([...env.step(0).observation]).toEqual(next);
    }
  });
});

describe("a recorded episode", () => {
  it("has an observation and a scene more than actions, and how it ended", () => {
    const episodes: RecordedEpisode<Float32Array, number>[] = [];
    const env = recordEpisodes(cartPole(), (episode) => void episodes.push(episode), { scenes: true });
    env.reset({ seed: 0 });
    while (!env.step(1).terminated);
    env.reset();
    env.step(0);
    env.reset();
    const counts = episodes.map((e) => [e.observations.length, e.scenes.length, e.actions.length, e.rewards.length]);
    const steps = episodes[0].actions.length;
    expect(steps).toBeGreaterThan(5);
    expect(counts).toEqual([
      [steps + 1, steps + 1, steps, steps],
      [2, 2, 1, 1],
    ]);
    expect(episodes.map((e) => [e.terminated, e.truncated])).toEqual([
      [true, false],
      [false, false],
    ]);
  });
});

describe("normalised", () => {
  const play = (env: Env<Float32Array, Float32Array>, steps: number) =>
    Array.from({ length: steps }, () => env.step(Float32Array.of(1)));

  it("observations have mean 0 and deviation 1 in the long run, and frozen statistics do not change", () => {
    const moments = new RunningMoments(3);
    const env = normaliseObservations(pendulum(), { moments });
    env.reset({ seed: 1 });
    play(env, 150);
    const mean = moments.mean.slice();
    const variance = moments.variance.slice();
    const frozen = normaliseObservations(pendulum(), { moments, update: false });
    const { observation } = frozen.reset({ seed: 1 });
    const raw = pendulum().reset({ seed: 1 }).observation;
    raw.forEach((x, j) => void expect(observation[j]).toBeCloseTo((x - mean[j]) / Math.sqrt(variance[j] + 1e-8), 5));
    play(frozen, 20);
    expect([moments.mean, moments.variance]).toEqual([mean, variance]);
  });

  it("rewards are divided by the deviation of the discounted return, never shifted", () => {
    const env = normaliseRewards(pendulum(), { gamma: 0.5 });
    const plain = pendulum();
    env.reset({ seed: 1 });
    plain.reset({ seed: 1 });
    const figures = new RunningMoments(1);
    let running = 0;
    play(env, 30).forEach(({ reward }) => {
      const raw = plain.step(Float32Array.of(1)).reward;
      running = 0.5 * running + raw;
      figures.update([running], 1);
      expect(reward).toBe(Math.max(-10, Math.min(10, raw / Math.sqrt(figures.variance[0] + 1e-8))));
    });
  });

  it("the discounted return begins at 0 in each episode, after a time limit too, as in Stable-Baselines3", () => {
    const rewards = [1, 2, 4, 8];
    const ends: Partial<StepResult<Float32Array>>[] = [{}, { truncated: true }, { terminated: true }, {}];
    let step = 0;
    const scripted: Env<Float32Array, Float32Array> = {
      ...pendulum(),
      step: () => {
        const observation = new Float32Array(3);
        const end = ends[step];
        return { observation, reward: rewards[step++], terminated: false, truncated: false, info: {}, ...end };
      },
    };
    const env = normaliseRewards(scripted, { gamma: 0.5 });
    const returns = new RunningMoments(1);
    // 1, then 0.5 · 1 + 2 and the end, 4 and the end, 8. With Gymnasium's rule: 1, 2.5, 4, 10.
    const expected = [1, 2.5, 4, 8].map((R, i) => {
      returns.update([R], 1);
      return Math.min(10, rewards[i] / Math.sqrt(returns.variance[0] + 1e-8));
    });
    env.reset();
    const scaled = rewards.map((_, i) => {
      const { reward, terminated, truncated } = env.step(Float32Array.of(0));
      if (terminated || truncated) env.reset({ seed: i });
      return reward;
    });
    expect(scaled).toEqual(expected);
  });

  it("continues from a snapshot with the statistics of that moment", () => {
    const env = normaliseRewards(normaliseObservations(pendulum()));
    env.reset({ seed: 1 });
    play(env, 10);
    const saved = JSON.parse(JSON.stringify(env.snapshot?.()));
    const first = play(env, 10);
    env.restore?.(saved);
    expect(play(env, 10)).toEqual(first);
  });

  it("refuses other spaces, with the reason", () => {
    expect(() => normaliseRewards(pendulum(), { gamma: 2 })).toThrow("gamma: got 2, allowed is a number from 0 to 1");
    expect(() => normaliseObservations(pendulum(), { moments: new RunningMoments(2) })).toThrow("moments of 3 numbers");
    expect(() => normaliseObservations(make("Taxi-v4") as AnyEnv)).toThrow("observations of a Box");
  });
});
