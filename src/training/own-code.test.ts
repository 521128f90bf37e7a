/** Unregistered environments and algorithms: training, saving and resuming. */

import { describe, expect, it } from "vitest";
import { type Algorithm, type Diagnostics, defineAlgorithm } from "../algorithms/algorithm.js";
import { AlgorithmError } from "../algorithms/algorithm-error.js";
import { algorithmEntry, listAlgorithms, registerAlgorithm } from "../algorithms/registry.js";
import { checkEnv } from "../envs/check-env.js";
import type { AnyEnv, Env } from "../envs/env.js";
import { make, register } from "../envs/registry.js";
import { ConfigError } from "../errors.js";
import { int } from "../options.js";
import { mlpPolicy } from "../policies/mlp-policy.js";
import { EnvironmentError } from "../rollout/guard.js";
import { dict, discrete, multiBinary } from "../spaces/index.js";
import { loadPolicy, resume, train, trainNamed } from "./train.js";
import type { Training } from "./types.js";

/** The walk of the documentation: reach +3 before -3. */
function walk({ breaksAt = Number.POSITIVE_INFINITY } = {}): Env<number, number> {
  let place = 3;
  let steps = 0;
  return {
    observationSpace: discrete(7),
    actionSpace: discrete(2),
    reset() {
      place = 3;
      return { observation: place, info: {} };
    },
    step(action) {
      steps++;
      if (steps === breaksAt) throw new TypeError("the floor gave way");
      place += action === 1 ? 1 : -1;
      return {
        observation: place,
        reward: place === 6 ? 1 : 0,
        terminated: place % 6 === 0,
        truncated: false,
        info: {},
      };
    },
    snapshot: () => ({ place, steps }),
    restore(saved) {
      ({ place, steps } = saved as { place: number; steps: number });
    },
  };
}

const short = { episodes: 12, options: { hidden: [4], episodesPerUpdate: 2 } };
const hash = (run: Training): string => run.result().weightsSha256;

function finish(run: Training): Training {
  for (const _ of run);
  return run;
}

describe("an environment made by a function", () => {
  it("is trained without a name, with the bits of the registered one", () => {
    register({ id: "WalkByName-v0", create: () => walk() });
    const named = finish(trainNamed({ ...short, env: "WalkByName-v0" }));
    const nameless = finish(train({ ...short, env: () => walk() }));
    expect(nameless.config.env).toBeNull();
    expect(nameless.config.envOptions).toEqual({ maxEpisodeSteps: 0 });
    expect(hash(nameless)).toBe(hash(named));
  });
  it("whose snapshot is not what JSON holds is refused at the first save, by name, and trains on", () => {
    const saved = (state: unknown): string => {
      const run = train({ ...short, env: () => ({ ...walk(), snapshot: () => state as never }) });
      run.advance(1); // resets the environment
      run.advance(3);
      try {
        run.checkpoint();
      } catch (error) {
        expect(error).toBeInstanceOf(EnvironmentError);
        finish(run);
        return (error as Error).message;
      }
      return "was saved";
    };
    const loop: Record<string, unknown> = {};
    loop.own = loop;
    const refused = (place: string, value: string): string =>
      `snapshot() of the environment threw at step 3: ${place}: got ${value}, allowed is what JSON holds: `;
    expect(saved(undefined)).toContain(refused("snapshot()", "undefined"));
    expect(saved({ place: Number.NaN })).toContain(refused("snapshot().place", "NaN"));
    expect(saved({ seen: new Map() })).toContain(refused("snapshot().seen", "Map {}"));
    expect(saved(loop)).toMatch(/threw at step 3: snapshot\(\)\.own: got \{.*\}, allowed is what JSON holds: /);
    expect(saved({ place: 3, steps: 3 })).toBe("was saved");
  });
  it("is cut where maxEpisodeSteps says, and takes no other option", () => {
    const run = finish(train({ ...short, env: () => walk(), envOptions: { maxEpisodeSteps: 2 } }));
    expect(run.result().steps).toBe(24);
    expect(() => trainNamed({ env: () => walk(), envOptions: { wind: 1 } })).toThrow(
      "envOptions.wind: got 1, allowed is only maxEpisodeSteps",
    );
  });
  it("is stepped in as many copies as the algorithm asks for", () => {
    let made = 0;
    const env = (): Env<number, number> => {
      made++;
      return walk();
    };
    train({ algorithm: "a2c", env, options: { envs: 5 } }).advance(10);
    expect(made).toBe(5);
  });
  it("is resumed to the same bits with the same function", () => {
    const env = (): Env<number, number> => walk();
    const whole = finish(train({ ...short, env }));
    const first = train({ ...short, env });
    first.advance(7);
    const bytes = first.checkpoint();
    expect(hash(finish(resume(bytes, { env })))).toBe(hash(whole));
    expect(() => resume(bytes)).toThrow(/^env: got undefined, allowed is env: \(\) => …, as this run's environment/);
    expect(() => resume(bytes, { env: "CartPole-v1" })).toThrow('env: got "CartPole-v1", allowed is env: () => …');
    expect(loadPolicy(bytes).policy.act(3)).toBeTypeOf("number");
    const named = train(short).checkpoint();
    expect(() => resume(named, { env })).toThrow("allowed is nothing, or CartPole-v1");
  });
  it("as an instance is an error that says what to write", () => {
    expect(() => trainNamed({ env: walk() as never })).toThrow(
      'env: got "an environment", allowed is the id of a registered environment, or a function that makes a fresh one ' +
        "each time: env: () => …",
    );
  });
  it("gets a preset's general settings, and is refused by presets for particular environments", () => {
    const { config } = train({ algorithm: "ppo", env: () => walk() });
    expect(config.options).toEqual(train({ algorithm: "ppo", env: "TwoStep-v0" }).config.options);
    expect(() => train({ algorithm: "ppo", preset: "zoo", env: () => walk() })).toThrow(
      /^env: got "a function", allowed is one of CartPole-v1.* with the preset zoo of ppo/,
    );
  });
  it("that throws or returns nothing is named in the error, and the best policy is kept", () => {
    const broken = (): Env<number, number> => {
      throw new RangeError("no more rooms");
    };
    expect(() => train({ env: broken })).toThrow(EnvironmentError);
    expect(() => train({ env: broken })).toThrow("create() of the environment threw: no more rooms");
    expect(() => train({ env: (() => undefined) as never })).toThrow(
      "create: got undefined, allowed is a function that",
    );
    expect(() => train({ env: (async () => walk()) as never })).toThrow(
      /^create: got "a function that returns a promise", allowed is .*asynchronous: true/,
    );
    const silent = (): Env<number, number> => ({ ...walk(), step: () => undefined as never });
    expect(() => train({ env: silent, envOptions: { maxEpisodeSteps: 5 } }).advance()).toThrow(
      "the environment returned from step() undefined at step 1; expected an object with observation, reward, " +
        "terminated and truncated",
    );
    const env = (): Env<number, number> => walk({ breaksAt: 400 });
    const run = train({ ...short, episodes: 1000, env });
    let bytes = run.checkpoint();
    const all = (): void => {
      for (const _ of run) bytes = run.checkpoint();
    };
    expect(all).toThrow("step() of the environment threw at step 400: the floor gave way");
    expect(loadPolicy(run.bestPolicy()!).policy.act(3)).toBeTypeOf("number");
    expect(resume(bytes, { env }).result().updates).toBeGreaterThan(2);
  });
});

/** An algorithm that learns nothing and calls `at` in its updates. */
function idle(name: string, at: (update: number) => Diagnostics | undefined = () => undefined) {
  return defineAlgorithm({
    name,
    summary: "learns nothing",
    options: { size: int(4, { min: 1, help: "of its one hidden layer" }) },
    presets: { default: { summary: "all there is", options: {}, episodes: 24, stopWhenSolved: false } },
    collect: () => ({ episodes: 1 }),
    create({ observationSpace, actionSpace, options, rng }) {
      const policy = mlpPolicy({ observationSpace, actionSpace, hidden: [options.size], activation: "relu", rng });
      let updates = 0;
      return {
        policy,
        weights: policy.parameters(),
        optimizers: [],
        update() {
          updates++;
          return at(updates) ?? { loss: 0, entropy: 0.5, gradientNorm: 0, learningRate: 0 };
        },
      };
    },
  });
}

describe("your own algorithm", () => {
  const failing = (update: number): undefined => {
    if (update === 21) throw new TypeError("no such tensor");
  };
  it("is trained as an object, and resumed if it is passed in again", () => {
    const algorithm = idle("idle");
    const run = train({ algorithm, options: { size: 3 } });
    expect([run.config.algorithm, run.config.options]).toEqual(["idle", { size: 3 }]);
    run.advance();
    const bytes = run.checkpoint();
    expect(hash(finish(resume(bytes, { algorithm })))).toBe(hash(finish(run)));
    expect(() => resume(bytes)).toThrow(
      'algorithm: got "idle", allowed is one of reinforce, actor-critic, a2c, vpg, ppo',
    );
    expect(() => resume(bytes, { algorithm: idle("other") })).toThrow('algorithm: got "other", allowed is idle');
    expect(loadPolicy(bytes).policy.act(new Float32Array(4))).toBeTypeOf("number");
  });
  it("is found by its name after registration, and the name is then taken", () => {
    const algorithm = idle("idle-by-name");
    registerAlgorithm(algorithm);
    expect(listAlgorithms().at(-1)).toBe(algorithm);
    expect(algorithmEntry("idle-by-name")).toBe(algorithm);
    const bytes = trainNamed({ algorithm: "idle-by-name" }).checkpoint();
    expect(resume(bytes).config.algorithm).toBe("idle-by-name");
    const message = 'algorithm.name: got "idle-by-name", allowed is a name that';
    expect(() => registerAlgorithm(idle("idle-by-name"))).toThrow(message);
    expect(() => train({ algorithm: idle("idle-by-name") })).toThrow(message);
    expect(() => train({ algorithm: idle("ppo") })).toThrow(ConfigError);
  });
  it.each<[string, object, string]>([
    ["nothing", { collect: undefined }, "algorithm.collect: got undefined, allowed is a function"],
    ["a name with spaces", { name: "my own" }, 'algorithm.name: got "my own", allowed is a letter'],
    ["a preset without a length", { presets: { default: { options: {} } } }, "algorithm.presets.default: got"],
    ["no default", { presets: {} }, "algorithm.presets: got {}, allowed is presets by name, default among them"],
    [
      "a preset of another's options",
      { presets: { default: { options: { sise: 3 }, episodes: 1 } } },
      "algorithm.presets.default.options.sise: got 3, allowed is only size. Did you mean size?",
    ],
  ])("with %s is refused before anything is made", (_, change, message) => {
    const wrong = { ...idle("wrong"), ...change } as Algorithm;
    expect(() => registerAlgorithm(wrong)).toThrow(message);
    expect(() => train({ algorithm: wrong })).toThrow(message);
  });
  it("that throws is named with the update and the cause, and the best policy is kept", () => {
    const algorithm = idle("failing", failing);
    const run = train({ algorithm });
    let bytes = run.checkpoint();
    let error: unknown;
    try {
      for (const _ of run) bytes = run.checkpoint();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(AlgorithmError);
    expect((error as Error).message).toBe("update() of the algorithm failing threw at update 21: no such tensor");
    expect((error as Error).cause).toBeInstanceOf(TypeError);
    expect(resume(bytes, { algorithm }).result().updates).toBe(20);
    expect(loadPolicy(run.bestPolicy()!).policy.act(new Float32Array(4))).toBeTypeOf("number");
    expect(() => run.checkpoint()).toThrow(AlgorithmError);
  });
  it("that returns what training can't use is named", () => {
    const returning = (diagnostics: unknown): Training =>
      train({ algorithm: idle("odd", () => diagnostics as Diagnostics) });
    expect(() => returning(5).advance()).toThrow(
      "update() of the algorithm odd returned 5 at update 1; expected an object",
    );
    expect(() => returning({ loss: 1 }).advance()).toThrow('returned {"entropy":undefined} at update 1');
    const whole = { loss: 1, entropy: 0, gradientNorm: 0, learningRate: 0 };
    expect(() => returning({ ...whole, note: "hm" }).advance()).toThrow('returned {"note":"hm"} at update 1');
    const creating = (create: () => never): Algorithm => ({ ...idle("odd"), create }) as Algorithm;
    expect(() => train({ algorithm: creating(() => ({}) as never) })).toThrow(
      'create() of the algorithm odd returned {"policy"',
    );
    const throwing = creating(() => {
      throw new Error("no room");
    });
    expect(() => train({ algorithm: throwing })).toThrow("create() of the algorithm odd threw: no room");
  });
});

describe("the settings of a run", () => {
  it("are frozen all the way down", () => {
    const { config } = train({ options: { hidden: [8] } });
    const change = config as unknown as { seed: string; options: { gamma: number; hidden: number[] } };
    expect(() => (change.seed = "1")).toThrow(TypeError);
    expect(() => (change.options.gamma = 0)).toThrow(TypeError);
    expect(() => change.options.hidden.push(9)).toThrow(TypeError);
    expect(Object.isFrozen(loadPolicy(train().checkpoint()).config.options)).toBe(true);
    expect(Object.isFrozen(make("CartPole-v1"))).toBe(false);
  });
});

describe("an environment whose spaces changed since the checkpoint", () => {
  const env =
    (actionStart: number, observationStart = 0) =>
    (): Env<number, number> => {
      const { step, reset, ...rest } = walk();
      const shift = <T extends { observation: number }>(result: T): T => ({
        ...result,
        observation: result.observation + observationStart,
      });
      return {
        ...rest,
        observationSpace: discrete(7, { start: observationStart }),
        actionSpace: discrete(2, { start: actionStart }),
        reset: () => shift(reset()),
        step: (action) => shift(step(action - actionStart)),
      };
    };

  it("is refused by name: with another start, the same outputs would mean other actions", () => {
    const bytes = train({ ...short, env: env(0) }).checkpoint();
    expect(() => resume(bytes, { env: env(1) })).toThrow(
      new ConfigError({
        field: "env",
        given: "one with the actionSpace Discrete(2, start=1)",
        allowed: "one with Discrete(2), as this run began",
      }),
    );
    expect(() => resume(bytes, { env: env(0, 5) })).toThrow("the observationSpace Discrete(7, start=5)");
    expect(resume(bytes, { env: env(0) }).finished).toBe(false);
  });

  it("is refused also where the policy has no description", () => {
    const undescribed: Algorithm = {
      ...algorithmEntry("reinforce"),
      name: "undescribed",
      create(context) {
        const learner = algorithmEntry("reinforce").create(context);
        return { ...learner, policy: { ...learner.policy, describe: () => undefined } };
      },
    };
    const bytes = train({ ...short, algorithm: undescribed, env: env(0) }).checkpoint();
    const again = (changed: () => Env<number, number>): Training =>
      resume(bytes, { algorithm: undescribed, env: changed });
    expect(() => again(env(1))).toThrow('env: got "one with the actionSpace Discrete(2, start=1)"');
    expect(again(env(0)).finished).toBe(false);
  });
});

it("actions beyond 32 bits are refused before the run, not cut off", () => {
  const far = (start: number) => (): Env<number, number> => ({ ...walk(), actionSpace: discrete(3, { start }) });
  for (const start of [2 ** 31 - 2, 3e9, -3e9])
    expect(() => train({ env: far(start) })).toThrow(
      `actionSpace: got "Discrete(3, start=${start})", allowed is actions from -2147483648 to 2147483647`,
    );
  for (const start of [2 ** 31 - 3, -(2 ** 31)]) expect(train({ env: far(start) }).finished).toBe(false);
});

describe("an environment with a Dict of observations and a board of switches", () => {
  type Seen = { readonly lamp: number; readonly board: Int8Array };
  /** Copies the board that it shows, while the lamp is on. */
  const copying = (): Env<Seen, Int8Array> => {
    let t = 0;
    const seen = (): Seen => ({ lamp: t % 2, board: Int8Array.of(1, 0, t % 2, 1, 0, 0) });
    return {
      observationSpace: dict({ lamp: discrete(2), board: multiBinary([2, 3]) }),
      actionSpace: multiBinary([3, 2]),
      reset() {
        t = 0;
        return { observation: seen(), info: {} };
      },
      step(action) {
        const { lamp, board } = seen();
        const right = action.filter((bit, i) => bit === board[i]).length;
        t++;
        return { observation: seen(), reward: lamp * right, terminated: t === 8, truncated: false, info: {} };
      },
      snapshot: () => ({ t }),
      restore(saved) {
        t = (saved as { t: number }).t;
      },
    };
  };

  it("has values that checkEnv finds sound, trains, is saved and resumed with the same bits, and its policy acts", () => {
    const aboutValues = checkEnv(copying as () => AnyEnv).filter(({ check }) => /space|observation|action/.test(check));
    expect(aboutValues).toEqual([]);
    const settings = {
      algorithm: "ppo",
      env: copying,
      steps: 1024,
      options: { hidden: [8], rolloutSteps: 32 },
    } as const;
    const whole = finish(train(settings));
    const half = train(settings);
    half.advance();
    half.advance();
    expect(hash(finish(resume(half.checkpoint(), { env: copying })))).toBe(hash(whole));
    const { policy } = loadPolicy(half.weights());
    const action = policy.act({ board: Int8Array.of(1, 0, 1, 1, 0, 0), lamp: 1 });
    expect([action.constructor, (action as Int8Array).length]).toEqual([Int8Array, 6]);
  });

  it("is told apart where a name is missing, or too much", () => {
    const shown = (observation: unknown) => (): AnyEnv => ({
      ...(copying() as AnyEnv),
      reset: () => ({ observation: observation as never, info: {} }),
    });
    const board = new Int8Array(6);
    const message = (observation: unknown): string => checkEnv(shown(observation))[0].message;
    expect(message({ board })).toContain("at lamp is missing");
    expect(message({ board, lamp: 2 })).toContain("at lamp is 2, which is not in Discrete(2)");
    expect(message({ board, lamp: 0, door: 1 })).toContain(
      "which is not in Dict(board: MultiBinary([2, 3]), lamp: Discrete(2))",
    );
  });
});
