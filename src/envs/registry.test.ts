import { describe, expect, it } from "vitest";
import { box, discrete } from "../spaces/index.js";
import type { Env } from "./env.js";
import {
  type AnyEnv,
  choice,
  envEntry,
  listEnvs,
  make,
  makeBatch,
  ResetNeeded,
  real,
  register,
  timeLimit,
} from "./index.js";

/** An environment that counts its steps and ends after `length` of them. */
function counter({ length = 3 }: { length?: number } = {}): Env<Float32Array, number> {
  let count = 0;
  return {
    observationSpace: box({ low: 0, high: 1000 }),
    actionSpace: discrete(2),
    reset() {
      count = 0;
      return { observation: Float32Array.of(0), info: {} };
    },
    step: () => ({
      observation: Float32Array.of(++count),
      reward: 1,
      terminated: count === length,
      truncated: false,
      info: {},
    }),
    snapshot: () => ({ count }),
    restore(state) {
      count = (state as { count: number }).count;
    },
  };
}

const flags = (env: Env<Float32Array, number>): string => {
  const { terminated, truncated } = env.step(0);
  return `${terminated ? "terminated " : ""}${truncated ? "truncated" : ""}`.trim();
};

describe("make", () => {
  it("refuses an unknown id and offers the nearest", () => {
    expect(() => make("CartPole-v2")).toThrow(/env: got "CartPole-v2".*Did you mean CartPole-v1\?/);
    expect(() => makeBatch("Pendulum", 2)).toThrow("Did you mean Pendulum-v1?");
    expect(() => envEntry("toString")).toThrow("env: got");
  });
  it("checks options against their declarations", () => {
    expect(() => make("Pendulum-v1" as string, { gravity: 9.81 })).toThrow("options.gravity");
    expect(() => make("Pendulum-v1", { g: NaN })).toThrow("options.g: got NaN, allowed is a number");
    expect(() => make("FrozenLake-v1" as string, { mapName: "4x5" })).toThrow("Did you mean 4x4?");
    expect(() => make("FrozenLake-v1", { desc: "SF/F" })).toThrow("options.desc");
    expect(() => make("FrozenLake-v1", { desc: "FF/FG" })).toThrow("at least one S");
    expect(() => make("CartPole-v1", { maxEpisodeSteps: -1 })).toThrow("options.maxEpisodeSteps");
  });
  it("passes reset options to the environment, checked", () => {
    const env = make("CartPole-v1");
    const { observation } = env.reset({ seed: 1, options: { low: 0.1, high: 0.1 } });
    expect([...observation]).toEqual(new Array(4).fill(Math.fround(0.1)));
    expect(() => env.reset({ options: { low: 1, high: 0 } })).toThrow(
      "reset.options.low: got 1, allowed is at most high, 0",
    );
    expect(() => env.reset({ options: { lo: 1 } })).toThrow("Did you mean low?");
    for (const id of ["FrozenLake-v1", "Taxi-v4", "Blackjack-v1"] as const)
      expect(() => make(id).reset({ options: { start: 3 } })).toThrow("reset.options.start: got 3");
    expect(() => env.reset({ seed: -1 })).toThrow("seed");
  });
});

it("the compiler knows the types of each environment's actions and observations", () => {
  const pendulum = make("Pendulum-v1");
  const observation: Float32Array = pendulum.reset().observation;
  expect(observation.length).toBe(3);
  // @ts-expect-error: a torque is an array, not a number
  expect(() => pendulum.step(1)).toThrow("action");
  const state: number = make("Taxi-v4").reset({ seed: 0 }).observation;
  const [sum, dealer, usableAce] = make("Blackjack-v1").reset({ seed: 0 }).observation;
  expect([state, sum, dealer, usableAce].every(Number.isInteger)).toBe(true);
});

describe("register", () => {
  it("makes an environment known to make, to batches and to the list", () => {
    register({
      id: "Counter-v0",
      summary: "counts",
      options: { length: real(5, { help: "steps" }), kind: choice("up", { choices: ["up", "down"], help: "way" }) },
      create: ({ length }) => counter({ length }),
      maxEpisodeSteps: 4,
      rewardThreshold: 3,
    });
    expect(listEnvs().at(-1)).toMatchObject({
      id: "Counter-v0",
      summary: "counts",
      maxEpisodeSteps: 4,
      rewardThreshold: 3,
    });
    expect(Object.keys(envEntry("Counter-v0").options)).toEqual(["length", "kind", "maxEpisodeSteps"]);
    const env = make("Counter-v0") as AnyEnv as Env<Float32Array, number>;
    env.reset();
    expect([flags(env), flags(env), flags(env), flags(env)]).toEqual(["", "", "", "truncated"]);
    const together = makeBatch("Counter-v0", 2, { length: 2 });
    together.reset([0, 1]);
    expect([together.step(new Int32Array(2)), together.step(new Int32Array(2))]).toEqual([0, 2]);
    expect([...together.finalObservations, ...together.observations]).toEqual([2, 2, 0, 0]);
  });
  it("refuses an id that is taken or can't be typed", () => {
    expect(() => register({ id: "CartPole-v1", create: () => counter() })).toThrow("not registered yet");
    expect(() => register({ id: "my env", create: () => counter() })).toThrow("id: got");
    expect(() => register({ id: "", create: () => counter() })).toThrow("id: got");
    for (const rewardThreshold of [Number.NaN, Number.POSITIVE_INFINITY, "475", null] as unknown as number[]) {
      expect(() => register({ id: "A-v0", create: () => counter(), rewardThreshold })).toThrow(
        `rewardThreshold: got ${JSON.stringify(rewardThreshold) === "null" ? rewardThreshold : '"475"'}, allowed is a number`,
      );
    }
    expect(() => register({ id: "A-v0", create: () => counter(), framesPerSecond: 0 })).toThrow(
      "framesPerSecond: got 0",
    );
    expect(() => register({ id: "A-v0", create: () => counter(), maxEpisodeSteps: 1.5 })).toThrow(
      "maxEpisodeSteps: got 1.5",
    );
    expect(() => register({ id: "A-v0" } as never)).toThrow("create: got undefined");
  });
});

describe("timeLimit", () => {
  it("truncates the last step, which may also be terminated", () => {
    const env = timeLimit(counter(), 2);
    env.reset();
    expect([flags(env), flags(env)]).toEqual(["", "truncated"]);
    const both = timeLimit(counter(), 3);
    both.reset();
    expect([flags(both), flags(both), flags(both)]).toEqual(["", "", "terminated truncated"]);
  });
  it("throws before the first reset and after the end, whatever the environment does", () => {
    const env = timeLimit(counter(), 2);
    expect(() => env.step(0)).toThrow(ResetNeeded);
    env.reset();
    env.step(0);
    env.step(0);
    expect(() => env.step(0)).toThrow("call reset() first");
    const endless = timeLimit(counter(), Infinity);
    endless.reset();
    expect([flags(endless), flags(endless), flags(endless)]).toEqual(["", "", "terminated"]);
    expect(() => endless.step(0)).toThrow(ResetNeeded);
  });
  it("keeps the count in its snapshot", () => {
    const env = timeLimit(counter({ length: 9 }), 3);
    env.reset();
    env.step(0);
    const snapshot = JSON.parse(JSON.stringify(env.snapshot?.()));
    env.reset();
    env.restore?.(snapshot);
    expect([flags(env), flags(env)]).toEqual(["", "truncated"]);
    expect(() => env.restore?.({ steps: 4, running: true, env: { count: 0 } })).toThrow("snapshot.steps");
    expect(() => env.restore?.({ steps: 1, env: { count: 0 } })).toThrow("a snapshot with the field running");
  });
  it("offers only the optional methods that the environment has", () => {
    const { snapshot: _, ...rest } = counter();
    expect(timeLimit(rest, 2).snapshot).toBeUndefined();
    expect(timeLimit(rest, 2).render).toBeUndefined();
  });
  it("refuses an invalid limit", () => {
    for (const limit of [0, -1, 1.5, NaN]) expect(() => timeLimit(counter(), limit)).toThrow("maxEpisodeSteps");
  });
});
