import { describe, expect, it } from "vitest";
import type { Env } from "../../envs/env.js";
import { make } from "../../envs/registry.js";
import { box, discrete } from "../../spaces/index.js";
import { envFindings } from "./env-findings.js";
import { playAtRandom } from "./random-play.js";

const how = { episodes: 5, seed: 0, maxSteps: 100 };

/** Episodes of `length` steps, with a reward and an observation of one number. */
function counting({ length = 20, ending = "terminated", reward = (t: number) => t % 3, size = 1 } = {}): Env {
  let t = 0;
  return {
    observationSpace: box({ low: -1e6, high: 1e6, shape: [1] }),
    actionSpace: discrete(2),
    reset: () => {
      t = 0;
      return { observation: Float32Array.of(0), info: {} };
    },
    step: () => {
      t++;
      const last = t === length;
      const ends = { terminated: last && ending === "terminated", truncated: last && ending === "truncated" };
      return { observation: Float32Array.of(size * t), reward: reward(t), ...ends, info: {} };
    },
  };
}
const codes = (env: Env): string[] => envFindings(playAtRandom(env, how), "Counting-v0", true).map(({ code }) => code);

describe("a random policy", () => {
  it("plays whole episodes, and says how they ended", () => {
    const play = playAtRandom(make("Pendulum-v1"), { episodes: 2, seed: 1, maxSteps: 1000 });
    expect(play.episodes.map(({ length, ending }) => [length, ending])).toEqual([
      [200, "truncated"],
      [200, "truncated"],
    ]);
    expect(play.rewards.max).toBeLessThanOrEqual(0);
    expect(play.allowed).toBeUndefined();
  });

  it("is the same for the same seed, and stops where an episode does not end", () => {
    const once = () => playAtRandom(make("CartPole-v1"), { episodes: 3, seed: 2, maxSteps: 12 });
    expect(once()).toEqual(once());
    expect(once().episodes.some(({ length, ending }) => length === 12 && ending === "stopped")).toBe(true);
  });

  it("obeys masks, and says how much they allow", () => {
    const env: Env = { ...counting(), actionMask: () => [1, 0] };
    const actions: unknown[] = [];
    const { step } = env;
    env.step = (action) => {
      actions.push(action);
      return step(action);
    };
    expect(playAtRandom(env, how).allowed).toBe(0.5);
    expect(new Set(actions)).toEqual(new Set([0]));
  });
});

describe("findings about an environment", () => {
  it("are none for one that is as it should be", () => {
    expect(codes(make("CartPole-v1") as Env)).toEqual([]);
    expect(codes(counting({ length: 20, ending: "truncated" }))).toEqual([]);
  });

  it("name a time limit that is reported as death, but not episodes of a few steps", () => {
    expect(codes(counting())).toEqual(["limit-as-death"]);
    expect(codes(counting({ length: 5 }))).toEqual([]);
  });

  it("name returns that are all equal, and numbers that want scaling", () => {
    expect(codes(counting({ ending: "truncated", reward: () => 1 }))).toEqual(["returns-equal"]);
    expect(codes(counting({ ending: "truncated", reward: (t) => 100 * t }))).toEqual(["rewards-unscaled"]);
    expect(codes(counting({ ending: "truncated", size: 50 }))).toEqual(["observations-unscaled"]);
    expect(codes(counting({ ending: "truncated", reward: () => Number.NaN }))).toEqual([]);
  });

  it("name one that returns the next episode's first observation at an end, but not one that ends where it begins", () => {
    const lost = counting({ length: 12, ending: "truncated" });
    const { step } = lost;
    lost.step = (action) => {
      const result = step(action);
      return result.truncated ? { ...result, observation: Float32Array.of(0) } : result;
    };
    expect(codes(lost)).toEqual(["last-observation-lost"]);
    expect(codes(counting({ length: 12, ending: "truncated", size: 0 }))).toEqual([]);
  });
});
