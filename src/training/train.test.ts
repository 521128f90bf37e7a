import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AnyEnv } from "../envs/env.js";
import { make, register } from "../envs/registry.js";
import { ConfigError, NotFiniteError } from "../errors.js";
import { CorruptFileError, readArrays, writeArrays } from "../formats/safetensors.js";
import type { Policy } from "../policies/policy.js";
import { EnvironmentError } from "../rollout/guard.js";
import { box, discrete } from "../spaces/index.js";
import { loadPolicy, restart, resume, train, trainNamed } from "./train.js";
import type { TrainConfig, Training, Update } from "./types.js";

/** A small and quick config that does not solve its environment. */
const small = { episodes: 30, stopWhenSolved: false, options: { hidden: [8], episodesPerUpdate: 2 } };

function updatesOf(run: Training, count = Number.POSITIVE_INFINITY): Update[] {
  const updates: Update[] = [];
  while (updates.length < count && !run.finished) {
    const update = run.advance();
    if (update !== undefined) updates.push(update);
  }
  return updates;
}

function advanceBy(run: Training, steps: number): void {
  const target = Math.min(run.result().steps + steps, 1e9);
  while (!run.finished && run.result().steps < target) run.advance(target - run.result().steps);
}

/** A fast replacement for `toEqual`, which takes a second here. */
function expectSameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): void {
  expect(a?.length).toBe(b?.length);
  if (a !== undefined && b !== undefined) expect(Buffer.compare(a, b)).toBe(0);
}

const hash = (run: Training): string => run.result().weightsSha256;

describe("a seed", () => {
  it("gives the same run to the last bit, and another seed another run", () => {
    const a = train({ ...small, seed: 5 });
    const b = train({ ...small, seed: 5 });
    const c = train({ ...small, seed: 6 });
    expect(updatesOf(a)).toEqual(updatesOf(b));
    updatesOf(c);
    expectSameBytes(a.checkpoint(), b.checkpoint());
    expect(hash(a)).toBe(hash(b));
    expect(hash(a)).not.toBe(hash(c));
  });
  it("may be any whole number below 2^128, as a number or a bigint", () => {
    const huge = 2n ** 127n + 3n;
    const run = train({ ...small, seed: huge, episodes: 4 });
    expect(run.config.seed).toBe("170141183460469231731687303715884105731");
    updatesOf(run, 1);
    const again = resume(run.checkpoint());
    expect([updatesOf(run), hash(run)]).toEqual([updatesOf(again), hash(again)]);
    expect(hash(train({ ...small, seed: 7n }))).toBe(hash(train({ ...small, seed: 7 })));
    expect(hash(train({ ...small, seed: 2n ** 64n }))).not.toBe(hash(train({ ...small, seed: 0 })));
  });
  it("gives the same run even if another run is trained, or the policy acts, at the same time", () => {
    const alone = train({ ...small, seed: 1 });
    updatesOf(alone);
    const a = train({ ...small, seed: 1 });
    const b = train({ ...small, seed: 2, env: "Acrobot-v1", envOptions: { maxEpisodeSteps: 30 } });
    while (!a.finished) {
      a.advance(13);
      b.advance(7);
      a.policy.act(new Float32Array(4));
    }
    expect(hash(a)).toBe(hash(alone));
  });
});

describe("resume", () => {
  it("after N of 2N updates gives the weights, the updates and the file of the uninterrupted run", () => {
    for (const preset of ["default", "exercise", "lecture"] as const) {
      const whole = train({ preset, seed: 3, episodes: 24 });
      const first = train({ preset, seed: 3, episodes: 24 });
      updatesOf(whole, 6);
      updatesOf(first, 6);
      const second = resume(first.checkpoint());
      expect(updatesOf(second, 6)).toEqual(updatesOf(whole, 6));
      expect(hash(second)).toBe(hash(whole));
      expectSameBytes(second.checkpoint(), whole.checkpoint());
      expectSameBytes(second.bestPolicy(), whole.bestPolicy());
      expect(second.result()).toEqual(whole.result());
    }
  });
  it("at any step of any episode, any number of times, gives the same bytes, for all kinds of spaces", () => {
    const worlds: TrainConfig[] = [
      { env: "CartPole-v1" },
      { env: "FrozenLake-v1" },
      { env: "Blackjack-v1" },
      { env: "Pendulum-v1", envOptions: { maxEpisodeSteps: 25 } },
    ];
    const baselines = ["none", "mean", "leave-one-out", "value"];
    fc.assert(
      fc.property(
        fc.constantFrom(...worlds),
        fc.constantFrom(...baselines),
        fc.constantFrom("relu", "tanh", "gelu"),
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 5 }),
        fc.nat(),
        (world, baseline, activation, pieces, seed) => {
          const config = {
            ...world,
            seed,
            episodes: 1000,
            options: { hidden: [5], baseline, activation, episodesPerUpdate: 3, valueSteps: 2 },
          };
          const whole = train(config);
          let stopped = train(config);
          for (const piece of pieces) {
            advanceBy(whole, piece);
            advanceBy(stopped, piece);
            stopped = resume(stopped.checkpoint());
            expectSameBytes(stopped.checkpoint(), whole.checkpoint());
          }
          expect(stopped.result()).toEqual(whole.result());
        },
      ),
      { seed: 1, numRuns: 40 },
    );
  });
  it("keeps the best policy so far", () => {
    const run = train({ ...small, episodes: 30 });
    updatesOf(run, 12);
    expect(run.bestPolicy()).toBeDefined();
    expectSameBytes(resume(run.checkpoint()).bestPolicy(), run.bestPolicy());
  });
  it("of a finished run is finished", () => {
    const run = train({ ...small, episodes: 2 });
    updatesOf(run);
    const again = resume(run.checkpoint());
    expect([again.finished, again.advance(), [...again]]).toEqual([true, undefined, []]);
  });
  it("writes no path, time or user", () => {
    const { metadata } = readArrays(train(small).checkpoint());
    expect(Object.keys(metadata)).toEqual(["format", "ascent", "kind", "config", "policy", "state"]);
    expect(Object.keys(JSON.parse(metadata.config))).toEqual([
      "algorithm",
      "env",
      "envOptions",
      "preset",
      "seed",
      "episodes",
      "steps",
      "stopWhenSolved",
      "options",
      "from",
      "ownFeatures",
    ]);
  });
  it("refuses bytes that are not the checkpoint of a run", () => {
    const run = train(small);
    updatesOf(run, 11);
    const bytes = run.checkpoint();
    expect(() => resume(run.bestPolicy()!)).toThrow("this checkpoint holds a policy, a run is needed here");
    expect(() => resume(bytes.subarray(0, 1000))).toThrow(CorruptFileError);
    const { metadata, arrays } = readArrays(bytes);
    const rewritten = (change: (state: Record<string, never>) => object): Uint8Array =>
      writeArrays({ metadata: { ...metadata, state: JSON.stringify(change(JSON.parse(metadata.state))) }, arrays });
    expectSameBytes(resume(rewritten((state) => state)).checkpoint(), bytes);
    const other = writeArrays({ metadata: { ...metadata, ascent: "0" }, arrays });
    expect(() => resume(other)).toThrow('this checkpoint has format "0", this version of Ascent reads ');
    const changes = [{ updates: "11" }, { progress: null }, { collector: {} }, { actingRng: 5 }, { extra: 1 }];
    for (const change of changes)
      expect(() => resume(rewritten((state) => ({ ...state, ...change })))).toThrow(CorruptFileError);
    const fresh = readArrays(train(small).checkpoint());
    const state = JSON.parse(fresh.metadata.state);
    const begun = JSON.stringify({ ...state, collector: { ...state.collector, started: true } });
    const unplayed = writeArrays({ metadata: { ...fresh.metadata, state: begun }, arrays: fresh.arrays });
    expect(() => resume(unplayed)).toThrow("the environments do not fit the steps");
    for (const name of arrays.keys()) {
      const fewer = new Map(arrays);
      fewer.delete(name);
      expect(() => resume(writeArrays({ metadata, arrays: fewer }))).toThrow(CorruptFileError);
    }
  });
  it("says which environment or algorithm is not registered here, and doesn't call the file corrupt", () => {
    const { metadata, arrays } = readArrays(train(small).checkpoint());
    const elsewhere = (change: (config: string) => string): Uint8Array =>
      writeArrays({ metadata: { ...metadata, config: change(metadata.config) }, arrays });
    const noEnv = elsewhere((config) => config.replace('"CartPole-v1"', '"CartPoll-v1"'));
    expect(() => resume(noEnv)).toThrow(ConfigError);
    expect(() => resume(noEnv)).toThrow(/^env: got "CartPoll-v1", allowed is one of .*Did you mean CartPole-v1\?$/);
    const noAlgorithm = elsewhere((config) => config.replace('"reinforce"', '"reinforced"'));
    expect(() => resume(noAlgorithm)).toThrow(/^algorithm: got "reinforced", allowed is .*Did you mean reinforce\?$/);
  });
  it("is read from a Uint8Array, and what is none is told from one", () => {
    const { buffer } = train(small).checkpoint();
    expect(() => resume(buffer as never)).toThrow(
      /^bytes: got "ArrayBuffer", allowed is a Uint8Array: .*; write new Uint8Array\(buffer\)$/,
    );
    expect(() => resume(train(small) as never)).toThrow(
      /^bytes: got "a run", allowed is a Uint8Array: what run\.checkpoint/,
    );
    expect(() => resume(undefined as never)).toThrow("bytes: got undefined, allowed is a Uint8Array");
  });
  it("is not needed to act: a policy is loaded where neither its environment nor its algorithm is registered", () => {
    const run = train(small);
    updatesOf(run, 11);
    for (const bytes of [run.checkpoint(), run.weights(), run.bestPolicy()!]) {
      const { metadata, arrays } = readArrays(bytes);
      const config = metadata.config.replace('"CartPole-v1"', '"Gone-v1"').replace('"reinforce"', '"gone"');
      const loaded = loadPolicy(writeArrays({ metadata: { ...metadata, config }, arrays }));
      expect([loaded.config.env, loaded.config.algorithm]).toEqual(["Gone-v1", "gone"]);
      const { policy } = loadPolicy(bytes);
      const observation = Float32Array.of(0.1, -0.2, 0.3, -0.4);
      const actions = (from: typeof policy): unknown[] => Array.from({ length: 50 }, () => from.act(observation));
      expect(actions(loaded.policy)).toEqual(actions(policy));
    }
    // Its own generator is that of the policy at the start of the run.
    const observation = new Float32Array(4);
    const drawn = ({ act }: Policy): unknown[] => Array.from({ length: 50 }, () => act(observation));
    expect(drawn(loadPolicy(train(small).checkpoint()).policy)).toEqual(drawn(train(small).policy));
  });
});

describe("working through a run", () => {
  it("in pieces of any size gives the updates of working through it at once", () => {
    const whole = updatesOf(train(small));
    for (const piece of [1, 3, 17, 1000]) {
      const run = train(small);
      const updates: Update[] = [];
      while (!run.finished) updates.push(...[run.advance(piece)].filter((update) => update !== undefined));
      expect(updates).toEqual(whole);
    }
    expect([...train(small)]).toEqual(whole);
  });
  it("lowers the learning rate by the share of the episodes that is used up", () => {
    const rates = [...train({ ...small, episodes: 8 })].map(({ diagnostics }) => diagnostics.learningRate / 0.003);
    expect(rates.map((rate) => Number(rate.toFixed(12)))).toEqual([1, 0.75, 0.5, 0.25]);
  });
  it("can be left and entered again", () => {
    const run = train(small);
    const updates: Update[] = [];
    for (const update of run) if (updates.push(update) === 4) break;
    for (const update of run) updates.push(update);
    expect(updates).toEqual([...train(small)]);
  });
  it("reports whole episodes, their returns and lengths, and the counts so far", () => {
    const run = train(small);
    const updates = [...run];
    expect(updates.map(({ update }) => update)).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
    expect(updates.map(({ episodes }) => episodes)).toEqual(Array.from({ length: 15 }, (_, i) => 2 * (i + 1)));
    const returns = updates.flatMap((update) => update.returns);
    expect(updates.flatMap(({ lengths }) => lengths)).toEqual(returns);
    let played = 0;
    expect(updates.flatMap(({ lastSteps }) => lastSteps)).toEqual(returns.map((length) => (played += length)));
    const { steps, episodes, averageReturn, bestEpisodeReturn } = run.result();
    expect(steps).toBe(returns.reduce((sum, value) => sum + value, 0));
    expect(updates.at(-1)).toMatchObject({ steps, episodes, averageReturn });
    expect(averageReturn).toBeCloseTo(steps / 30, 12);
    expect(bestEpisodeReturn).toBe(Math.max(...returns));
    expect(updates[0].diagnostics).toMatchObject({ learningRate: 0.003, entropy: expect.closeTo(Math.LN2, 2) });
  });
  it("says at which step of all environments each episode ended, wherever an update or a checkpoint lies", () => {
    const config = {
      algorithm: "a2c",
      env: "MountainCar-v0",
      envOptions: { maxEpisodeSteps: 3 },
      steps: 24,
      options: { hidden: [4], envs: 2, rolloutSteps: 4 },
    } as const;
    const ends = [
      [6, 6],
      [12, 12],
      [18, 18, 24, 24],
    ];
    const run = train(config);
    expect([...run].map(({ lastSteps }) => lastSteps)).toEqual(ends);
    const cut = train(config);
    cut.advance(10);
    cut.advance(10);
    expect([...resume(cut.checkpoint())].map(({ lastSteps }) => lastSteps)).toEqual(ends.slice(-2));
  });
  it("ends when the episodes are used up, at the end of an update", () => {
    const ended = (episodes: number, episodesPerUpdate: number): number => {
      const run = train({ ...small, episodes, options: { hidden: [8], episodesPerUpdate } });
      updatesOf(run);
      expect([run.finished, run.advance()]).toEqual([true, undefined]);
      return run.result().episodes;
    };
    expect(ended(1, 1)).toBe(1);
    expect(ended(10, 2)).toBe(10);
    expect(ended(10, 4)).toBe(12);
    expect(ended(3, 50)).toBe(50);
  });
  it("ends when the environment is solved, if stopWhenSolved is set", () => {
    const easy = { env: "Easy-v0", seed: 0, episodes: 400, options: { hidden: [] } };
    const solved = trainNamed(easy);
    updatesOf(solved);
    expect(solved.result()).toMatchObject({ verdict: { kind: "solved" }, episodes: 100, solvedAtEpisode: 100 });
    const all = trainNamed({ ...easy, stopWhenSolved: false });
    updatesOf(all);
    expect(all.result()).toMatchObject({ verdict: { kind: "solved" }, episodes: 400, solvedAtEpisode: 100 });
  });
  it("has no averages before the first episode ends", () => {
    const run = train(small);
    expect(run.result()).toMatchObject({
      episodes: 0,
      steps: 0,
      averageReturn: null,
      bestEpisodeReturn: null,
      verdict: { kind: "unfinished" },
    });
    expect(run.bestPolicy()).toBeUndefined();
  });
  it("learns with a linear policy too", () => {
    const run = train({ ...small, options: { hidden: [] } });
    expect(run.policy.describe()?.layers).toHaveLength(1);
    const before = hash(run);
    updatesOf(run);
    expect(hash(run)).not.toBe(before);
  });
});

describe("the best policy", () => {
  it("is the policy that played the best twenty episodes, not the one after learning from them", () => {
    const run = train({ ...small, episodes: 80, options: { hidden: [8], learningRate: 0.02 } });
    let found = 0;
    for (let best = run.bestPolicy(); !run.finished; ) {
      const played = run.policy.parameters().map((p) => [...p.toArray()]);
      run.advance();
      const now = run.bestPolicy();
      if (now === undefined || (best !== undefined && Buffer.compare(now, best) === 0)) continue;
      best = now;
      found++;
      expect(
        loadPolicy(now)
          .policy.parameters()
          .map((p) => [...p.toArray()]),
      ).toEqual(played);
    }
    expect(found).toBeGreaterThan(3);
  });
  it("acts when it is loaded, as the policy of a run's checkpoint does", () => {
    const run = train(small);
    updatesOf(run);
    const { policy, config } = loadPolicy(run.checkpoint());
    expect(config).toEqual(run.config);
    const env = make("CartPole-v1");
    let { observation } = env.reset({ seed: 1 });
    for (let t = 0; t < 5; t++) {
      const action = policy.act(observation, { deterministic: true }) as number;
      expect(action).toBe(run.policy.act(observation, { deterministic: true }));
      observation = env.step(action).observation;
    }
    expect([0, 1]).toContain(loadPolicy(run.bestPolicy()!).policy.act(observation));
  });
});

describe("a config that can't be", () => {
  const wrong: [string, unknown, string][] = [
    [
      "an unknown algorithm",
      { algorithm: "reinfroce" },
      'algorithm: got "reinfroce", allowed is one of reinforce, actor-critic, a2c, vpg, ppo. Did you mean reinforce?',
    ],
    ["an unknown environment", { env: "CartPol-v1" }, 'env: got "CartPol-v1", allowed is one of CartPole-v1, '],
    [
      "an unknown preset",
      { preset: "lectur" },
      'preset: got "lectur", allowed is one of default, exercise, lecture. Did you mean lecture?',
    ],
    ["an unknown option", { options: { gama: 0.9 } }, "options.gama: got 0.9, allowed is only gamma, returns, "],
    [
      "an unknown option of the environment",
      { envOptions: { suttonBarto: true } },
      "envOptions.suttonBarto: got true, allowed is only ",
    ],
    [
      "an unknown setting",
      { episode: 10 },
      "episode: got 10, allowed is only algorithm, env, envOptions, preset, seed, episodes, steps, stopWhenSolved, options, from, features. Did you mean episodes?",
    ],
    ["a number out of range", { options: { gamma: 1.5 } }, "options.gamma: got 1.5, allowed is a number from 0 to 1"],
    ["NaN", { options: { learningRate: NaN } }, "options.learningRate: got NaN, allowed is a number of at least 0"],
    [
      "Infinity",
      { options: { maxGradNorm: Infinity } },
      "options.maxGradNorm: got Infinity, allowed is a number of at least 0",
    ],
    [
      "a fraction for a whole number",
      { options: { episodesPerUpdate: 1.5 } },
      "options.episodesPerUpdate: got 1.5, allowed is a whole number from 1 to 100000",
    ],
    [
      "a wrong word",
      { options: { baseline: "vlaue" } },
      'options.baseline: got "vlaue", allowed is one of none, mean, leave-one-out, episode-mean, value. Did you mean value?',
    ],
    ["a layer of no size", { options: { hidden: [8, 0] } }, "options.hidden: got [8,0], allowed is a list of"],
    ["no episodes", { episodes: 0 }, "episodes: got 0, allowed is a whole number from 1 to 1000000000"],
    ["half an episode", { episodes: 0.5 }, "episodes: got 0.5, allowed is a whole number"],
    ["a negative seed", { seed: -1 }, "seed: got -1, allowed is a whole number from 0 to 2^128 - 1"],
    ["a seed too large", { seed: 1n << 128n }, "seed: got 340282366920938463463374607431768211456n, allowed is"],
    ["a seed beyond what a number holds", { seed: 2 ** 53 }, "seed: got 9007199254740992, allowed is"],
    ["a seed as text", { seed: "7" }, 'seed: got "7", allowed is'],
    ["stopWhenSolved as a number", { stopWhenSolved: 1 }, "stopWhenSolved: got 1, allowed is true or false"],
    [
      "an environment that is no name",
      { env: 5 },
      "env: got 5, allowed is the id of a registered environment, or a function",
    ],
    [
      "an algorithm that is no name",
      { algorithm: null, env: {} },
      "env: got {}, allowed is the id of a registered environment, or a function",
    ],
    ["a preset out of a prototype", { preset: "constructor" }, 'preset: got "constructor", allowed is one of'],
    ["options that are none", { options: 5 }, "options: got 5, allowed is an object of options by name"],
    [
      "environment options that are none",
      { envOptions: null },
      "envOptions: got null, allowed is an object of options by name",
    ],
    ["no config at all", null, "config: got null, allowed is an object of settings by name"],
    [
      "a map that is none",
      { env: "GridWorld-v0", envOptions: { map: "Q" } },
      'envOptions.map: got "Q", allowed is rows of equal length',
    ],
    [
      "a gravity that pulls upwards",
      { env: "LunarLander-v3", envOptions: { gravity: 0 } },
      "envOptions.gravity: got 0, allowed is a number between -12 and 0",
    ],
    [
      "options that do not go together",
      { options: { baseline: "leave-one-out" } },
      "options.episodesPerUpdate: got 1, allowed is at least 2",
    ],
  ];
  it.each(wrong)("%s is an error that names the field", (_, config, message) => {
    expect(() => train(config as TrainConfig)).toThrow(ConfigError);
    expect(() => train(config as TrainConfig)).toThrow(message);
  });
  it("makes no environment before all of it is checked", () => {
    const before = counting.made;
    expect(() => trainNamed({ env: "Counting-v0", options: { gamma: 2 } })).toThrow("options.gamma");
    expect(() => trainNamed({ env: "Counting-v0", envOptions: { size: 0.5 } })).toThrow("envOptions.size");
    expect(counting.made).toBe(before);
    trainNamed({ env: "Counting-v0", ...small });
    expect(counting.made).toBe(before + 1);
  });
});

describe("a resolved config", () => {
  it("has every setting filled in, as plain data, and repeats the run", () => {
    const run = train({ ...small, seed: 9, preset: "lecture" });
    expect(run.config).toEqual(JSON.parse(JSON.stringify(run.config)));
    expect(run.config).toMatchObject({
      algorithm: "reinforce",
      env: "CartPole-v1",
      preset: "lecture",
      seed: "9",
      episodes: 30,
      stopWhenSolved: false,
      envOptions: { suttonBartoReward: false, maxEpisodeSteps: 500 },
      options: { learningRate: 0.01, hidden: [8], gamma: 0.99 },
    });
    const again = restart(run.config);
    expect([updatesOf(again), hash(again)]).toEqual([updatesOf(run), hash(run)]);
  });
  it("takes undefined settings from the preset, and ignores later changes to the caller's lists", () => {
    const hidden = [8];
    const run = train({ preset: "lecture", options: { learningRate: undefined, hidden }, episodes: undefined });
    hidden.push(9);
    expect(run.config).toMatchObject({ episodes: 1000, options: { learningRate: 0.01, hidden: [8] } });
  });
});

describe("an environment of one's own", () => {
  it("is trained by its name", () => {
    const run = trainNamed({ env: "Counting-v0", envOptions: { size: 3 }, ...small });
    updatesOf(run);
    expect(run.result()).toMatchObject({ episodes: 30, steps: 90 });
  });
  it("without snapshot() is trained like any other, and only its checkpoint is refused", () => {
    const run = trainNamed({ env: "NoSnapshot-v0", ...small });
    updatesOf(run);
    expect(run.result().episodes).toBe(30);
    expect(loadPolicy(run.bestPolicy()!).policy.act(new Float32Array(2))).toBeTypeOf("number");
    expect(() => run.checkpoint()).toThrow(EnvironmentError);
    expect(() => run.checkpoint()).toThrow(
      "this environment has no snapshot() and restore(), so its runs can't be saved",
    );
  });
  it("that throws ends the run: the error says where, and the run can neither continue nor be saved", () => {
    const run = trainNamed({ env: "Breaks-v0", ...small });
    advanceBy(run, 10);
    const bytes = run.checkpoint();
    const message = "step() of the environment threw at step 13: out of paper";
    expect(() => updatesOf(run)).toThrow(new EnvironmentError(message));
    expect(() => run.advance()).toThrow(message);
    expect(() => run.checkpoint()).toThrow(message);
    expect(run.result().episodes).toBe(4);
    expect(resume(bytes).result().steps).toBe(10);
  });
});

describe("NaN and infinities", () => {
  it("stop the run with the update and the name, and the checkpoint before is good", () => {
    const run = train({ ...small, options: { ...small.options, learningRate: 1e38, maxGradNorm: 0 } });
    const before = run.checkpoint();
    expect(() => updatesOf(run)).toThrow(NotFiniteError);
    expect(() => run.advance()).toThrow(
      /^update 1: policy\.0\.weights\[0\] became -?Infinity\. The checkpoint before it is still good$/,
    );
    expect(() => run.checkpoint()).toThrow(NotFiniteError);
    expect(resume(before).result().episodes).toBe(0);
  });
  it("are found in weights too, by name and index", () => {
    const run = train(small);
    const weights = run.policy.parameters()[0];
    const values = weights.toArray();
    values[3] = NaN;
    weights.set(values);
    expect(() => updatesOf(run)).toThrow(
      /^update 1: clipGradNorm: the gradient of policy\.\d\.\w+ became NaN at element \d+\. The checkpoint before it is still/,
    );
  });
});

const counting = { made: 0 };

/** Episodes of `size` steps that pay 1 each. It calls `each` with the total number of steps. */
function walk(
  size: number,
  each: (step: number) => void = () => {},
): AnyEnv & Required<Pick<AnyEnv, "snapshot" | "restore">> {
  let t = 0;
  let steps = 0;
  return {
    observationSpace: box({ low: 0, high: 100, shape: [2] }),
    actionSpace: discrete(2),
    reset: () => {
      t = 0;
      return { observation: Float32Array.of(t, 1), info: {} };
    },
    step: () => {
      each(++steps);
      t++;
      return { observation: Float32Array.of(t, 1), reward: 1, terminated: t === size, truncated: false, info: {} };
    },
    snapshot: () => [t, steps],
    restore: (state) => {
      [t, steps] = state as [number, number];
    },
  };
}

register({
  id: "Counting-v0",
  options: { size: { kind: "int", default: 2, min: 1, max: 9, help: "steps" } },
  create: ({ size }) => {
    counting.made++;
    return walk(size as number);
  },
});
register({ id: "Easy-v0", rewardThreshold: 1, create: () => walk(1) });
register({
  id: "NoSnapshot-v0",
  create: () => {
    const { snapshot: _, restore: __, ...rest } = walk(3);
    return rest;
  },
});
register({
  id: "Breaks-v0",
  create: () =>
    walk(3, (step) => {
      if (step === 13) throw new Error("out of paper");
    }),
});
