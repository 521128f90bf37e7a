import { describe, expect, it } from "vitest";
import { type AnyEnv, batch, checkEnv, listEnvs, make, makeBatch, packFloats, type Value } from "../src/envs/index.js";
import { registerMujoco } from "../src/mujoco/index.js";
import { allowed } from "../src/options.js";
import { defaultRng, type Generator } from "../src/random/generator.js";
import { type ActionMask, type Discrete, flatSize, flattenInto, type Space } from "../src/spaces/index.js";

const own = listEnvs().map(({ id }) => id);
await registerMujoco();
/** Robots take longer: 0.1 to 0.4 ms a step. */
const isRobot = (id: string): boolean => !own.includes(id);

/** Warnings about properties that these environments share with Gymnasium's. */
const KNOWN_WARNINGS: Record<string, string[]> = {
  "CartPole-v0": ["observation-bounds-infinite"],
  "CartPole-v1": ["observation-bounds-infinite"],
  "Pendulum-v1": ["action-range"],
  "InvertedPendulum-v5": ["action-range", "observation-bounds-infinite"],
};

/** Actions for `steps` steps of copies with these seeds, in the layout of a batch: random ones that are allowed. */
function someRows(id: string, seeds: readonly (number | bigint)[], steps: number): (Int32Array | Float32Array)[] {
  const rng = defaultRng(77);
  const played = makeBatch(id, seeds.length);
  const { actionSpace, actionMasks } = played;
  const width = (actionMasks?.length ?? 0) / seeds.length;
  played.reset(seeds);
  return Array.from({ length: steps }, () => {
    const flat = seeds.flatMap((_, i) => {
      const value = sampled(actionSpace, rng, actionMasks?.subarray(i * width, (i + 1) * width));
      return typeof value === "number" ? [value] : Object.values(value).map(Number);
    });
    const row = actionSpace.kind === "box" ? Float32Array.from(flat) : Int32Array.from(flat);
    played.step(row);
    return row;
  });
}

/** A random action that is allowed. */
function someAction(env: AnyEnv, rng: Generator): Value {
  return sampled(env.actionSpace, rng, env.actionMask?.());
}

function sampled(space: Space<Value>, rng: Generator, mask: ActionMask | undefined): Value {
  return space.kind === "discrete" ? (space as Discrete).sample(rng, mask) : space.sample(rng);
}

describe.each(listEnvs().map((entry) => [entry.id, entry] as const))("%s", (id, entry) => {
  it("passes checkEnv", () => {
    // MuJoCo measures how long it takes to compile a model, so it reads the clock when it makes one.
    if (isRobot(id)) make(id);
    const findings = checkEnv(() => make(id), isRobot(id) ? { seeds: 2, steps: 15 } : {});
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual(
      KNOWN_WARNINGS[id] ?? (isRobot(id) ? ["observation-bounds-infinite"] : []),
    );
  });

  it("can be saved, restored and drawn", () => {
    const env = make(id);
    expect([env.snapshot, env.restore, env.render].map((part) => typeof part)).toEqual([
      "function",
      "function",
      "function",
    ]);
  });

  it("shows in its picture what state it is in", () => {
    const env: AnyEnv = make(id);
    const rng = defaultRng(5);
    const pictures = Array.from({ length: 20 }, (_, seed) => {
      env.reset({ seed });
      env.step(someAction(env, rng));
      return JSON.stringify(env.render?.());
    });
    expect(new Set(pictures).size).toBeGreaterThan(1);
  });

  it("says what it is and what each option means and allows", () => {
    expect(entry.summary).not.toBe("");
    for (const option of Object.values(entry.options)) {
      expect(option.help).not.toBe("");
      expect(allowed(option)).not.toBe("");
    }
    expect(() => make(id, { maxEpisodeStep: 3 })).toThrow("Did you mean maxEpisodeSteps?");
  });

  it("is cut after maxEpisodeSteps", () => {
    const env: AnyEnv = make(id, { maxEpisodeSteps: 2 });
    const rng = defaultRng(1);
    for (let episode = 0; episode < 20; episode++) {
      env.reset({ seed: episode });
      const first = env.step(someAction(env, rng));
      expect(first.truncated).toBe(false);
      if (!first.terminated) expect(env.step(someAction(env, rng)).truncated).toBe(true);
    }
    expect(make(id, { maxEpisodeSteps: 0 })).toBeDefined();
  });

  it("refuses an action that is not in the action space, and goes on", () => {
    const env: AnyEnv = make(id);
    env.reset({ seed: 0 });
    const wrong: unknown[] =
      env.actionSpace.kind === "box" ? [1, Float32Array.of(NaN), new Float32Array(7)] : [-1, 0.5, 99];
    for (const action of [...wrong, undefined, "0", NaN])
      expect(() => env.step(action as Value)).toThrow("action: got");
    expect(env.step(someAction(env, defaultRng(0))).terminated).toBeTypeOf("boolean");
  });

  it("does the same in a batch as alone, to the last bit", () => {
    const n = 6;
    const steps = isRobot(id) ? 25 : 450;
    const envs = Array.from({ length: n }, (): AnyEnv => make(id));
    const seeds = [3, 1, 4, 1, 5n, 2n ** 90n];
    const rows = someRows(id, seeds, steps);
    const together = makeBatch(id, n);
    const size = flatSize(together.observationSpace);
    expect(together.observationSize).toBe(size);
    const flat = (observation: Value): Float32Array => {
      const out = new Float32Array(size);
      flattenInto(together.observationSpace, observation, out);
      return out;
    };
    const row = (array: Float32Array, i: number): Float32Array => array.subarray(i * size, (i + 1) * size);
    const same = (a: Float32Array, b: Float32Array): boolean => a.every((value, k) => Object.is(value, b[k]));
    together.reset(seeds);
    envs.forEach((env, i) => {
      expect(row(together.observations, i)).toEqual(flat(env.reset({ seed: seeds[i] }).observation));
    });
    const differences: string[] = [];
    let episodes = 0;
    rows.forEach((actions, t) => {
      episodes += together.step(actions);
      envs.forEach((env, i) => {
        const own = actions.slice(i * together.actionSize, (i + 1) * together.actionSize);
        const result = env.step(env.actionSpace.kind === "discrete" ? own[0] : own);
        const over = result.terminated || result.truncated;
        if (over) episodes--;
        if (over && !same(row(together.finalObservations, i), flat(result.observation)))
          differences.push(`final observation of copy ${i} at step ${t}`);
        const next = over ? env.reset().observation : result.observation;
        if (!same(row(together.observations, i), flat(next))) differences.push(`observation of copy ${i} at step ${t}`);
        const flags = [Number(result.terminated), Number(result.truncated), result.reward];
        if (flags.some((flag, k) => flag !== [together.terminated, together.truncated, together.rewards][k][i]))
          differences.push(`reward or flags of copy ${i} at step ${t}`);
      });
    });
    expect(differences).toEqual([]);
    expect(episodes).toBe(0);
  });

  it("resumes a batch from a snapshot, to the last bit", () => {
    const n = 3;
    const together = makeBatch(id, n);
    const [before, after] = isRobot(id) ? [15, 20] : [120, 180];
    const rows = someRows(id, [1, 2, 3], before + after);
    const tell = (from: number): string =>
      JSON.stringify(
        rows.slice(from).map((actions) => {
          together.step(actions);
          const { observations, rewards, terminated, truncated } = together;
          return [observations, rewards, terminated, truncated].map(packFloats);
        }),
      );
    together.reset([1, 2, 3]);
    for (const actions of rows.slice(0, before)) together.step(actions);
    const snapshot = JSON.stringify(together.snapshot?.());
    const observations = together.observations.slice();
    const rest = tell(before);
    together.reset([7, 8, 9]);
    together.restore?.(JSON.parse(snapshot));
    expect(together.observations).toEqual(observations);
    expect(tell(before) === rest).toBe(true);
  });
});

describe("a batch", () => {
  it("refuses what does not fit: steps before reset, seeds, rows, actions, snapshots", () => {
    for (const together of [makeBatch("CartPole-v1", 2), batch(2, () => make("FrozenLake-v1"))]) {
      expect(() => together.step(new Int32Array(2))).toThrow("reset() first");
      expect(() => together.reset([1])).toThrow("seeds: got [1], allowed is 2 seeds");
      together.reset([1, 2]);
      expect(() => together.step(new Int32Array(3))).toThrow("allowed is 2 rows of 1");
      expect(() => together.step(Int32Array.of(0, 7))).toThrow("got 7");
      expect(() => together.restore?.({})).toThrow("snapshot");
    }
    expect(() => makeBatch("CartPole-v1", 0)).toThrow("n: got 0");
    expect(() => makeBatch("Pendulum-v1", 1).reset([1])).not.toThrow();
  });

  it("takes options as make does", () => {
    const together = makeBatch("CartPole-v1", 2, { suttonBartoReward: true, maxEpisodeSteps: 3 });
    together.reset([0, 1]);
    expect([1, 0, 1].map((action) => together.step(Int32Array.of(action, action)))).toEqual([0, 0, 2]);
    expect([...together.rewards, ...together.truncated]).toEqual([0, 0, 1, 1]);
  });
});
