import { expect, test } from "vitest";
import { evaluate } from "../../training/evaluate.js";
import { train } from "../../training/train.js";
import type { AnyEnv } from "../env.js";
import { make } from "../registry.js";
import { batch } from "./batch.js";

const message = /^create: got "copies that share state: a step of another copy changed the snapshot of copy 1"/;
const wrapped = (env: AnyEnv): AnyEnv => ({ ...env, step: (action) => env.step(action) });
const one = make("CartPole-v1");
const options = { envs: 2, rolloutSteps: 8, minibatchSize: 16, hidden: [4] };

test("wrappers of one's own round one environment are refused at the first step, in training and evaluation", () => {
  const run = train({ algorithm: "ppo", env: () => wrapped(one), steps: 16, options });
  expect(() => run.advance()).toThrow(message);
  expect(() => evaluate(run.policy, () => wrapped(one), { episodes: 2 })).toThrow(message);
});

test("wrappers round an environment each have the bits of that environment", () => {
  const hash = (env: () => AnyEnv): string => {
    const run = train({ algorithm: "ppo", env, steps: 16, options });
    for (const _ of run);
    return run.result().weightsSha256;
  };
  expect(hash(() => wrapped(make("CartPole-v1")))).toBe(hash(() => make("CartPole-v1")));
});

test("a snapshot that is the shared state itself shows it too", () => {
  const state = { steps: 0 };
  const counting = (): AnyEnv => ({
    ...one,
    step: (action) => {
      state.steps++;
      return one.step(action as number);
    },
    snapshot: () => state,
  });
  const copies = batch(2, counting);
  copies.reset([1, 2]);
  expect(() => copies.step(Int32Array.of(0, 1))).toThrow(message);
});
