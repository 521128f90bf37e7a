import { describe, expect, it, test } from "vitest";
import { delayed } from "../../test/delayed.js";
import type { AnyEnv, Env } from "../envs/env.js";
import { make, register } from "../envs/registry.js";
import type { Policy } from "../policies/policy.js";
import { defaultRng } from "../random/index.js";
import { EnvironmentError } from "../rollout/guard.js";
import { box, discrete } from "../spaces/index.js";
import { bootstrapInterval, evaluate, evaluateAsync, play, playAsync } from "./evaluate.js";
import { extremes } from "./evaluation.js";
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
  const { observationSpace, actionSpace } = make("CliffWalking-v1");
  const idle = { ...policy, observationSpace, actionSpace, act: () => 0 } as Policy;
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

describe("episodes side by side", () => {
  const alone = (): AnyEnv => ({ ...make("CartPole-v1") }) as AnyEnv; // `make` did not make this object
  const policies: [string, Policy, (id?: string) => AnyEnv][] = [
    ["choices", policy, () => make("CartPole-v1")],
    [
      "numbers",
      train({ env: "Pendulum-v1", algorithm: "ppo", options: { hidden: [4] } }).policy,
      () => make("Pendulum-v1", { maxEpisodeSteps: 30 }),
    ],
    [
      "lasting noise",
      train({ env: "Pendulum-v1", algorithm: "a2c", options: { hidden: [4], continuous: "state-dependent" } }).policy,
      () => make("Pendulum-v1", { maxEpisodeSteps: 30 }),
    ],
    [
      "memory",
      train({ algorithm: "a2c", options: { policy: "gru", memorySize: 4, hidden: [4] } }).policy,
      () => make("CartPole-v1"),
    ],
    ["random steps", train({ env: "FrozenLake-v1", options: { hidden: [4] } }).policy, () => make("FrozenLake-v1")],
  ];

  it.each(policies)("are those of one at a time, and of play: %s", (_, trained, env) => {
    for (const deterministic of [false, true]) {
      const how = { episodes: 18, seed: 3, deterministic, maxSteps: 30 };
      const together = evaluate(trained as Policy, env(), how);
      expect(evaluate(trained as Policy, () => env(), how)).toEqual(together);
      expect(evaluate(trained as Policy, { ...env() } as AnyEnv, how)).toEqual(together);
      const played: number[] = [];
      for (const step of play(trained as Policy, env(), { seed: 3, deterministic, maxSteps: 30 })) {
        if (step.last) played.push(step.return);
        if (played.length === 18) break;
      }
      expect(played).toEqual(together.returns);
    }
  });

  it("of more episodes begin with those of fewer", () => {
    const few = evaluate(policy, cartPole(), { episodes: 5 }).returns;
    expect(evaluate(policy, cartPole(), { episodes: 40 }).returns.slice(0, 5)).toEqual(few);
  });

  it("use as many environments as can be made, and no more than episodes", () => {
    const made = (episodes: number): number => {
      let count = 0;
      const create = (): AnyEnv => {
        count++;
        return cartPole();
      };
      evaluate(policy, create, { episodes });
      return count;
    };
    expect([made(1), made(3), made(100)]).toEqual([1, 3, 16]);
  });

  it("are refused with one object for all copies, but play alone where `make` gives one object", () => {
    const one = alone();
    expect(() => evaluate(policy, () => one)).toThrow(
      'create: got "one object for several copies", allowed is a new environment from each call',
    );
    register({ id: "OneForAll-v0", create: () => one as Env });
    const shared = evaluate(policy, make("OneForAll-v0"), { episodes: 7 });
    expect(shared).toEqual(evaluate(policy, alone(), { episodes: 7 }));
  });

  it("of asynchronous environments are asked at the same time where a function makes them", async () => {
    let open = 0;
    let most = 0;
    const env = () =>
      delayed(cartPole(), async () => {
        most = Math.max(most, ++open);
        await Promise.resolve();
        open--;
      });
    const expected = evaluate(policy, cartPole(), { episodes: 9 });
    expect(await evaluateAsync(policy, env, { episodes: 9 })).toEqual(expected);
    expect(most).toBe(9);
    most = 0;
    expect(await evaluateAsync(policy, env(), { episodes: 9 })).toEqual(expected);
    expect(most).toBe(1);
  });
});

test("200,000 returns have a minimum and a maximum", () => {
  const returns = Array.from({ length: 200_000 }, (_, i) => i % 7);
  expect(extremes(returns)).toEqual({ min: 0, max: 6 });
});

describe("what does not fit is refused by evaluate and play", () => {
  const both = (env: unknown, options: object = {}): string[] =>
    [evaluate, play].map((call) => {
      try {
        [...(call(policy, env as AnyEnv, { ...options }) as Iterable<unknown>)];
      } catch (error) {
        return (error as Error).message;
      }
      return "went on";
    });

  it("an environment with other spaces", () => {
    expect(both(make("Acrobot-v1"))).toEqual(
      Array(2).fill('env.actionSpace: got "Discrete(3)", allowed is Discrete(2), for which the policy was made'),
    );
    const wide = { ...cartPole(), observationSpace: box({ low: -1, high: 1, shape: [5] }) };
    expect(both(wide)[0]).toMatch(/^env.observationSpace: got/);
    const shifted = { ...cartPole(), actionSpace: discrete(2, { start: 1 }) };
    expect(both(shifted)[0]).toContain('got "Discrete(2, start=1)"');
    const other = { ...cartPole(), observationSpace: box({ low: -9, high: 9, shape: [4] }) };
    expect(evaluate(policy, other as AnyEnv, { episodes: 1 }).returns).toHaveLength(1);
  });

  it("what is no policy or no environment", async () => {
    const run = train({ episodes: 1 });
    for (const call of [evaluate, play, evaluateAsync, playAsync] as ((...given: unknown[]) => unknown)[]) {
      const message = (...given: unknown[]): Promise<unknown> =>
        (async () => call(...given))().catch((error: Error) => `${error.name}: ${error.message}`);
      for (const wrong of [undefined, {}, run, { act: () => 0 }])
        await expect(message(wrong, cartPole())).resolves.toMatch(
          /^ConfigError: policy: got .*, allowed is a policy, such as/,
        );
      for (const wrong of [undefined, null, "CartPole-v1", {}, 3])
        await expect(message(policy, wrong)).resolves.toMatch(
          /^ConfigError: env: got .*, allowed is an environment, such as/,
        );
    }
  });

  it("options that do not exist, or whose values are wrong", () => {
    for (const message of both(cartPole(), { determinstic: true }))
      expect(message).toMatch(/^determinstic: got true, allowed is only seed, .*Did you mean deterministic\?$/);
    expect(both(cartPole(), { deterministic: 1 })[0]).toContain("deterministic: got 1, allowed is true or false");
    expect(both(cartPole(), { maxSteps: 0 })[1]).toContain("maxSteps: got 0");
    expect(both(cartPole(), { maxSteps: NaN })[0]).toContain("maxSteps: got NaN");
    expect(both(cartPole(), { seed: -1 })[0]).toContain("seed: got -1");
    expect(both(cartPole(), { episodes: 3 })[1]).toContain("episodes: got 3, allowed is only seed");
  });
});

describe("a wrong answer in an evaluation is an error with environment and step", () => {
  const wrong =
    (change: object, at = 3): (() => AnyEnv) =>
    () => {
      const env = cartPole();
      let steps = 0;
      return {
        ...env,
        step: (action: never) => ({ ...env.step(action), ...(++steps === at && change) }),
      } as unknown as AnyEnv;
    };
  it.each<[string, object, string]>([
    ["NaN as a reward", { reward: NaN }, "returned reward NaN at step 3; expected a finite number"],
    ["text as a reward", { reward: "1" }, 'returned reward "1" at step 3'],
    ["no reward", { reward: undefined }, "returned reward undefined at step 3"],
    ["NaN in an observation", { observation: Float32Array.of(0, NaN, 0, 0) }, "returned observation[1] NaN at step 3"],
    ["a flag that is none", { terminated: 1 }, "returned terminated 1 at step 3"],
  ])("%s", async (_, change, message) => {
    expect(() => evaluate(policy, wrong(change)(), { episodes: 2 })).toThrow(`the environment ${message}`);
    expect(() => evaluate(policy, wrong(change), { episodes: 2 })).toThrow(`environment 0 ${message}`);
    expect(() => [...play(policy, wrong(change)())]).toThrow(EnvironmentError);
    const late = () => delayed(wrong(change)(), async () => {});
    await expect(evaluateAsync(policy, late, { episodes: 2 })).rejects.toThrow(`environment 0 ${message}`);
    await expect(evaluateAsync(policy, late(), { episodes: 2 })).rejects.toThrow(`the environment ${message}`);
    const steps = playAsync(policy, late())[Symbol.asyncIterator]();
    await steps.next().then(() => steps.next());
    await expect(steps.next()).rejects.toThrow(message);
  });
});
