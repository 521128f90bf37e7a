/** Action masks on their way from an environment into training and evaluation, with and without promises. */

import { describe, expect, it } from "vitest";
import { delayed } from "../../test/delayed.js";
import type { AnyEnv, Value } from "../envs/env.js";
import { makeBatch, register } from "../envs/registry.js";
import { timeLimit } from "../envs/time-limit.js";
import { EnvironmentError } from "../rollout/guard.js";
import { box, discrete, multiBinary, type Space } from "../spaces/index.js";
import { evaluate, evaluateAsync } from "./evaluate.js";
import { train, trainNamed } from "./train.js";

/** Episodes of four steps, with a mask that depends on the step. An action that is not allowed throws. */
function steps(maskAt: (step: number) => unknown, actionSpace: Space<Value> = discrete(3)): AnyEnv {
  let step = 0;
  return {
    observationSpace: box({ low: 0, high: 9, shape: [1] }),
    actionSpace,
    reset() {
      step = 0;
      return { observation: Float32Array.of(0), info: {} };
    },
    step() {
      step++;
      return { observation: Float32Array.of(step), reward: 1, terminated: step === 4, truncated: false, info: {} };
    },
    actionMask: () => maskAt(step) as number[],
  };
}

const config = {
  algorithm: "ppo",
  steps: 64,
  options: { envs: 2, rolloutSteps: 32, minibatchSize: 64, epochs: 1, hidden: [4] },
} as const;
const { policy } = train({ ...config, env: () => steps(() => [1, 1, 1]) });

describe("a mask of booleans", () => {
  it("trains with the bits of zeros and ones: what is certain has no entropy", () => {
    const only = (mask: unknown) => {
      const run = train({ ...config, env: () => steps(() => mask) });
      const updates = [...run];
      return { entropy: updates[0].diagnostics.entropy, sha256: run.result().weightsSha256 };
    };
    const numbers = only([0, 1, 0]);
    expect(numbers.entropy).toBeCloseTo(0, 12);
    expect(only([false, true, false])).toEqual(numbers);
    expect(only([1, 1, 1]).entropy).toBeCloseTo(Math.log(3), 2);
  });
});

const wrong: [string, unknown, string][] = [
  ["NaN", [1, NaN, 1], "[1] NaN"],
  ["undefined", [1, undefined, 1], "[1] undefined"],
  ["text", [1, "0", 1], '[1] "0"'],
  ["a 2", [1, 2, 1], "[1] 2"],
  ["a wrong length", [1, 1], " [1,1]"],
  ["only zeros", [0, 0, 0], " [0,0,0]"],
  ["nothing", undefined, " undefined"],
].map(([name, mask, shown]) => [name as string, mask, `returned from actionMask()${shown}`]);

describe("a mask that is wrong is an error with environment and step:", () => {
  const bad = (mask: unknown) => () => steps((step) => (step === 2 ? mask : [1, 1, 1]));

  it.each(wrong)("%s", async (_, mask, message) => {
    const env = bad(mask);
    const late = () => delayed(env(), async () => {});
    expect(() => [...train({ ...config, env })]).toThrow(`environment 0 ${message} at step 2; expected`);
    expect(() => evaluate(policy, env(), { episodes: 2 })).toThrow(`the environment ${message} at step 2; expected`);
    expect(() => evaluate(policy, env, { episodes: 2 })).toThrow(`environment 0 ${message} at step 2; expected`);
    const training = train({ ...config, env: late });
    await expect(training.advanceAsync()).rejects.toThrow(`environment 0 ${message} at step 2; expected`);
    await expect(evaluateAsync(policy, late(), { episodes: 2 })).rejects.toThrow(
      `the environment ${message} at step 2`,
    );
  });

  it("one that throws, and one after a reset", () => {
    const throwing = () =>
      steps((step) => {
        if (step === 3) throw new Error("no board");
        return [1, 1, 1];
      });
    const message = "actionMask() of environment 0 threw at step 3: no board";
    expect(() => [...train({ ...config, env: throwing })]).toThrow(message);
    expect(() => evaluate(policy, throwing, { episodes: 2 })).toThrow(EnvironmentError);
    const atOnce = () => steps(() => [0, 0, 0]);
    const reset =
      "environment 0 returned from actionMask() [0,0,0] at the reset before step 1; expected a 1 for at least";
    expect(() => [...train({ ...config, env: atOnce })]).toThrow(reset);
    expect(() => evaluate(policy, atOnce, { episodes: 2 })).toThrow(reset);
  });

  it("one for actions without choices", () => {
    const push = box({ low: -1, high: 1, shape: [3] });
    const message = "only choices among actions can be masked";
    expect(() => train({ ...config, env: () => steps(() => [1, 1, 1], push) })).toThrow(message);
    const numbers = train({
      ...config,
      env: () => ({ ...steps(() => [1], push), actionMask: undefined }) as unknown as AnyEnv,
    }).policy;
    expect(() =>
      evaluate(
        numbers,
        steps(() => [1, 1, 1], push),
      ),
    ).toThrow(message);
  });
});

it("switches are masked by two entries each, in training and in evaluation", () => {
  const seen = new Set<string>();
  const env = (): AnyEnv => {
    const inner = steps(() => [1, 1, 0, 1, true, false], multiBinary(3));
    return {
      ...inner,
      step(action) {
        seen.add(String(action));
        return inner.step(action);
      },
    };
  };
  const run = train({ ...config, env });
  const [{ diagnostics }] = [...run];
  expect(seen).toEqual(new Set(["0,1,0", "1,1,0"]));
  expect(diagnostics.entropy).toBeLessThanOrEqual(Math.LN2 + 1e-6);
  seen.clear();
  evaluate(run.policy, env, { episodes: 20 });
  expect(seen).toEqual(new Set(["0,1,0", "1,1,0"]));
});

it("copies of which only some have masks are refused, whichever comes first", () => {
  for (const masked of [0, 1]) {
    let made = 0;
    const mixed = (): AnyEnv => {
      const { actionMask, ...plain } = steps(() => [0, 1, 0]);
      return made++ === masked ? { ...plain, actionMask } : plain;
    };
    expect(() => train({ ...config, env: mixed })).toThrow(
      `create: got "copy ${masked} with actionMask and copy ${1 - masked} without", allowed is copies of one environment`,
    );
    made = 0;
    expect(() => evaluate(policy, mixed, { episodes: 2 })).toThrow(/^mask: got /);
  }
});

it("one object for all copies is refused by name, also under wrappers and behind promises", async () => {
  const one = steps(() => [1, 1, 1]);
  const message = 'create: got "one object for several copies", allowed is a new environment from each call';
  expect(() => train({ ...config, env: () => one })).toThrow(message);
  const remote = delayed(one, async () => {});
  expect(() => train({ ...config, env: () => remote })).toThrow(message);
  expect(() => train({ ...config, env: () => timeLimit(one, 5) })).toThrow(message);
  register({ id: "OneObject-v0", create: () => one as never });
  expect(() => trainNamed({ ...config, env: "OneObject-v0" })).toThrow(message);
  expect(() => makeBatch("OneObject-v0", 2)).toThrow(message);
});
