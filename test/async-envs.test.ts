/** Training on environments that answer later: the same bits, exact resumption, and named errors. */

import { describe, expect, it } from "vitest";
import { type AnyAsyncEnv, type AnyEnv, make, makeAsync, makeBatch, register } from "../src/envs/index.js";
import {
  ConfigError,
  EnvironmentError,
  evaluate,
  evaluateAsync,
  play,
  playAsync,
  resume,
  train,
  trainNamed,
} from "../src/index.js";
import { discrete } from "../src/spaces/index.js";
import type { Training, Update } from "../src/training/types.js";
import { atRandom, type Delay, delayed, never } from "./delayed.js";

const ppo = {
  algorithm: "ppo",
  seed: 5,
  steps: 600,
  options: { hidden: [8], envs: 4, rolloutSteps: 32, minibatchSize: 64, epochs: 2 },
} as const;
const reinforce = { algorithm: "reinforce", seed: 5, episodes: 20, options: { hidden: [8] } } as const;

const cartPole = (): AnyEnv => make("CartPole-v1", { maxEpisodeSteps: 40 });
const slowCartPole = (delay: Delay = atRandom, answerWithin?: number): AnyAsyncEnv =>
  delayed(cartPole(), delay, answerWithin);

async function finished(run: Training): Promise<{ updates: Update[]; sha256: string }> {
  const updates: Update[] = [];
  for await (const update of run) updates.push(update);
  return { updates, sha256: run.result().weightsSha256 };
}

/** Trains until the run fails, and returns the error with the checkpoint after the last complete update. */
async function failed(run: Training): Promise<{ error: unknown; saved: Uint8Array }> {
  let saved = run.checkpoint();
  try {
    for await (const _ of run) saved = run.checkpoint();
  } catch (error) {
    return { error, saved };
  }
  throw new Error("the run did not fail");
}

describe("an asynchronous environment", () => {
  it.each([ppo, reinforce])("gives $algorithm the updates and weights of the synchronous one", async (config) => {
    const expected = trainNamed({ ...config, env: cartPole });
    const updates = [...expected];
    const found = await finished(train({ ...config, env: () => slowCartPole() }));
    expect(updates.length).toBeGreaterThan(1);
    expect(found).toEqual({ updates, sha256: expected.result().weightsSha256 });
  });

  it("has all its copies at work at the same time, and it does not matter who answers first", async () => {
    const answers: number[] = [];
    let copies = 0;
    let open = 0;
    let most = 0;
    const env = (): AnyAsyncEnv => {
      const copy = copies++;
      return slowCartPole(async () => {
        most = Math.max(most, ++open);
        await atRandom();
        open--;
        answers.push(copy);
      });
    };
    await train({ ...ppo, env }).advanceAsync();
    expect([copies, most]).toEqual([4, 4]);
    const firsts = new Set(answers.filter((_, i) => i % 4 === 0));
    expect([...firsts].sort()).toEqual([0, 1, 2, 3]);
  });

  it("may mask actions", async () => {
    const masked = (): AnyEnv => {
      let place = 2;
      return {
        observationSpace: discrete(5),
        actionSpace: discrete(2),
        reset: () => ({ observation: (place = 2), info: {} }),
        step(action) {
          place += action === 1 ? 1 : -1;
          const terminated = place === 4;
          return { observation: place, reward: terminated ? 1 : -0.1, terminated, truncated: false, info: {} };
        },
        actionMask: () => [place === 0 ? 0 : 1, 1],
      };
    };
    const config = { ...ppo, envOptions: { maxEpisodeSteps: 12 } };
    const expected = trainNamed({ ...config, env: masked });
    const updates = [...expected];
    const found = await finished(train({ ...config, env: () => delayed(masked(), atRandom) }));
    expect(found).toEqual({ updates, sha256: expected.result().weightsSha256 });
  });

  it("is cut by maxEpisodeSteps", async () => {
    const config = { ...reinforce, episodes: 4, envOptions: { maxEpisodeSteps: 3 } };
    const { updates } = await finished(train({ ...config, env: () => slowCartPole() }));
    expect(updates.flatMap(({ lengths }) => lengths)).toEqual([3, 3, 3, 3]);
  });

  it("goes on to the same bits from a checkpoint between any two pieces of work", async () => {
    const env = (): AnyAsyncEnv => slowCartPole();
    const config = { ...ppo, steps: 256 };
    const whole = train({ ...config, env });
    await finished(whole);
    const run = train({ ...config, env });
    let pieces = 0;
    for (; !run.finished; pieces++) {
      await run.advanceAsync(24);
      const again = resume(run.checkpoint(), { env });
      await finished(again);
      expect(Buffer.compare(again.checkpoint(), whole.checkpoint()), `after ${pieces + 1} pieces`).toBe(0);
    }
    expect(pieces).toBeGreaterThan(10);
  });

  it("without snapshot is trained, but not saved", async () => {
    const env = (): AnyAsyncEnv => {
      const { snapshot: _s, restore: _r, ...rest } = slowCartPole();
      return rest;
    };
    const run = train({ ...ppo, steps: 128, env });
    expect((await finished(run)).updates.length).toBe(1);
    expect(() => run.checkpoint()).toThrow("this environment has no snapshot() and restore()");
  });

  it("is registered like any other, and trained by its name", async () => {
    register({ id: "SlowCartPole-v0", create: () => slowCartPole(), maxEpisodeSteps: 30 });
    const config = { ...ppo, envOptions: { maxEpisodeSteps: 30 } };
    const named = await finished(trainNamed({ ...ppo, env: "SlowCartPole-v0" }));
    expect(named).toEqual(await finished(trainNamed({ ...config, env: cartPole })));
    const env = makeAsync("SlowCartPole-v0");
    expect((await env.reset({ seed: 1 })).observation).toEqual(cartPole().reset({ seed: 1 }).observation);
    expect(() => make("SlowCartPole-v0")).toThrow(
      'make: got "SlowCartPole-v0", allowed is an environment that answers at once; makeAsync(id) makes this one',
    );
    expect(() => makeAsync("CartPole-v1")).toThrow(
      'makeAsync: got "CartPole-v1", allowed is an asynchronous environment; make(id) makes this one',
    );
    expect(() => makeBatch("SlowCartPole-v0", 2)).toThrow(
      'makeBatch: got "SlowCartPole-v0", allowed is an environment that answers at once',
    );
  });
});

describe("a loop that does not wait", () => {
  it("is an error that says which loop does, and that loop still can", async () => {
    const run = train({ ...ppo, env: () => slowCartPole() });
    expect(() => [...run]).toThrow(ConfigError);
    expect(() => run.advance(16)).toThrow(
      'advance: got "a loop that does not wait", allowed is for await (const update of run)',
    );
    const same = train({ ...ppo, env: () => slowCartPole() });
    expect(await run.advanceAsync()).toEqual(await same.advanceAsync());
  });
});

describe("an asynchronous environment that fails", () => {
  /** Copies of which the third meets `trouble` at its 70th step: in the third of five updates. */
  function unreliable(trouble: () => Promise<void>, answerWithin?: number): () => AnyAsyncEnv {
    let copies = 0;
    return () => {
      const broken = copies++ === 2;
      return broken ? slowCartPole((call) => (call === 70 ? trouble() : atRandom()), answerWithin) : slowCartPole();
    };
  }
  const connectionReset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });

  it.each<{ what: string; trouble: () => Promise<void>; message: string; cause: unknown }>([
    {
      what: "a lost connection",
      trouble: never,
      message: "step() of environment 2 gave no answer within 1000 ms at step 70",
      cause: undefined,
    },
    {
      what: "a rejection",
      trouble: () => Promise.reject(connectionReset),
      message: "step() of environment 2 threw at step 70: read ECONNRESET",
      cause: connectionReset,
    },
  ])("by $what ends the run with an error that names it, and the last checkpoint is good", async (failure) => {
    const run = train({ ...ppo, env: unreliable(failure.trouble, 1000) });
    const { error, saved } = await failed(run);
    expect(error).toBeInstanceOf(EnvironmentError);
    expect([(error as Error).message, (error as Error).cause]).toEqual([failure.message, failure.cause]);
    // The run is over.
    await expect(run.advanceAsync()).rejects.toBe(error);
    expect(() => run.checkpoint()).toThrow(error as Error);
    // What was saved before goes on as if nothing had happened.
    const again = resume(saved, { env: () => slowCartPole() });
    expect(again.result().updates).toBe(2);
    const whole = trainNamed({ ...ppo, env: cartPole });
    for (const _ of whole);
    expect((await finished(again)).sha256).toBe(whole.result().weightsSha256);
  });

  it("in its reset is named too", async () => {
    const unreachable = Object.assign(new AggregateError([], ""), { code: "ECONNREFUSED" });
    const env = (): AnyAsyncEnv => slowCartPole(() => Promise.reject(unreachable));
    await expect(train({ ...reinforce, env }).advanceAsync()).rejects.toThrow(
      "reset() of the environment threw at the reset before step 1: ECONNREFUSED",
    );
  });

  it("is told with the causes of its error, where fetch has the reason", async () => {
    const error = new TypeError("fetch failed", { cause: connectionReset });
    const env = (): AnyAsyncEnv => slowCartPole((call) => (call === 1 ? Promise.reject(error) : atRandom()));
    await expect(train({ ...reinforce, env }).advanceAsync()).rejects.toThrow(
      "at step 1: fetch failed: read ECONNRESET",
    );
  });

  it("is told where an answer is wrong", async () => {
    const env = (): AnyAsyncEnv => ({
      ...slowCartPole(),
      reset: async () => ({ observation: Float32Array.of(0, Number.NaN, 0, 0), info: {} }),
    });
    await expect(train({ ...ppo, env }).advanceAsync()).rejects.toThrow(
      "environment 0 returned observation[1] NaN at the reset before step 1; expected a finite number",
    );
  });
});

describe("a trained policy", () => {
  const { policy } = train({ algorithm: "ppo", options: { hidden: [8] } });

  it("is evaluated in an asynchronous environment over the episodes of the synchronous one", async () => {
    const options = { episodes: 5, seed: 3 };
    const expected = evaluate(policy, cartPole(), options);
    expect(await evaluateAsync(policy, slowCartPole(), options)).toEqual(expected);
    await expect(evaluateAsync(policy, slowCartPole(), { episodes: 0 })).rejects.toThrow("episodes: got 0, allowed is");
  });

  it("plays it step by step, and a lost connection is an error", async () => {
    const expected = play(policy, cartPole())[Symbol.iterator]();
    let steps = 0;
    const playing = async (): Promise<void> => {
      const env = slowCartPole((call) => (call === 60 ? never() : atRandom()), 1000);
      for await (const step of playAsync(policy, env)) {
        expect(step).toEqual(expected.next().value);
        steps++;
      }
    };
    await expect(playing()).rejects.toThrow("step() of the environment gave no answer within 1000 ms at step 60");
    expect(steps).toBe(59);
  });

  it("does not play it without waiting", () => {
    const unawaited = slowCartPole() as never;
    expect(() => evaluate(policy, unawaited)).toThrow(
      'evaluate: got "an asynchronous environment", allowed is an environment that answers at once; evaluateAsync(',
    );
    expect(() => [...play(policy, unawaited)]).toThrow("playAsync(policy, env) waits for this one");
  });
});

describe("answerWithin", () => {
  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])("can't be %s", (answerWithin) => {
    expect(() => train({ env: () => slowCartPole(atRandom, answerWithin) })).toThrow(
      "allowed is a number of milliseconds from 1 to 2147483647",
    );
  });
});
