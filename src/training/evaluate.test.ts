import { expect, test } from "vitest";
import { make } from "../envs/registry.js";
import type { Policy } from "../policies/policy.js";
import { defaultRng } from "../random/index.js";
import { EnvironmentError } from "../rollout/guard.js";
import { bootstrapInterval, evaluate, play } from "./evaluate.js";
import { train } from "./train.js";

const { policy } = train({ options: { hidden: [4] } });
const cartPole = () => make("CartPole-v1");

test("the same seed plays the same episodes, another seed others", () => {
  const once = evaluate(policy, cartPole(), { episodes: 10, seed: 3 });
  expect(evaluate(policy, cartPole(), { episodes: 10, seed: 3 })).toEqual(once);
  expect(evaluate(policy, cartPole(), { episodes: 10, seed: 4 }).returns).not.toEqual(once.returns);
});

test("CartPole pays 1 a step: returns are lengths, and the figures are theirs", () => {
  const { returns, lengths, mean, interval, min, max } = evaluate(policy, cartPole(), { episodes: 30 });
  expect(returns).toHaveLength(30);
  expect(lengths).toEqual(returns);
  expect(mean).toBeCloseTo(returns.reduce((a, b) => a + b) / 30, 10);
  expect([min, max]).toEqual([Math.min(...returns), Math.max(...returns)]);
  expect(interval[0]).toBeLessThan(mean);
  expect(interval[1]).toBeGreaterThan(mean);
});

test("a deterministic policy that always pushes left falls after 8 to 11 steps", () => {
  const left = { ...policy, act: () => 0 } as Policy;
  const { min, max } = evaluate(left, cartPole(), { episodes: 50, deterministic: true });
  expect([min >= 8, max <= 11]).toEqual([true, true]);
});

test("steps count from 1 in each episode, and an episode without an end is cut", () => {
  const idle = { ...policy, act: () => 0 } as Policy;
  const seen: [number, number, boolean][] = [];
  for (const { episode, step, last } of play(idle, make("CliffWalking-v1"), { maxSteps: 3 })) {
    seen.push([episode, step, last]);
    if (seen.length === 4) break;
  }
  expect(seen).toEqual([
    [1, 1, false],
    [1, 2, false],
    [1, 3, true],
    [2, 1, false],
  ]);
});

test("an error of the environment is named as its own, with its step and its cause", () => {
  const cause = new TypeError("the pole snapped");
  const env = cartPole();
  let steps = 0;
  const step: typeof env.step = (action) => {
    if (++steps === 5) throw cause;
    return env.step(action);
  };
  const error = new EnvironmentError("step() of the environment threw at step 5: the pole snapped", { cause });
  expect(() => evaluate(policy, { ...env, step })).toThrow(error);
  const lost: typeof env.step = (action) => ({ ...env.step(action), reward: Number.NaN });
  expect(() => evaluate(policy, { ...env, step: lost })).toThrow(
    "the environment returned reward NaN at step 1; expected a finite number",
  );
});

test("a policy with memory carries it through an episode, and begins the next one with an empty memory", () => {
  const { policy } = train({ algorithm: "a2c", options: { policy: "gru", memorySize: 4, hidden: [4] } });
  const before: number[][] = [];
  const watched: typeof policy = {
    ...policy,
    initialMemory: () => policy.initialMemory(),
    act(observation, options) {
      before.push([...(options?.memory ?? [])]);
      return policy.act(observation, options);
    },
  };
  const { lengths } = evaluate(watched, cartPole(), { episodes: 2, seed: 2, deterministic: true });
  const empty = before.flatMap((memory, i) => (memory.length === 4 && memory.every((x) => x === 0) ? [i] : []));
  expect(empty).toEqual([0, lengths[0]]);
  expect(before[2]).not.toEqual(before[1]);
});

test("the interval of equal values is a point, and that of 0 and 1 covers a half", () => {
  expect(bootstrapInterval([7, 7, 7], defaultRng(0))).toEqual([7, 7]);
  const [low, high] = bootstrapInterval(
    Array.from({ length: 100 }, (_, i) => i % 2),
    defaultRng(0),
  );
  // A mean of 100 such values has a standard error of 0.05.
  expect(low).toBeGreaterThan(0.36);
  expect(low).toBeLessThan(0.44);
  expect(high).toBeGreaterThan(0.56);
  expect(high).toBeLessThan(0.64);
});

test("no episodes is an error", () => {
  expect(() => evaluate(policy, cartPole(), { episodes: 0 })).toThrow(
    "episodes: got 0, allowed is a whole number of at least 1",
  );
});
