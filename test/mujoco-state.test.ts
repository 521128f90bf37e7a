import { beforeAll, describe, expect, it } from "vitest";
import { type AnyEnv, make, type Value } from "../src/envs/index.js";
import { mujocoEnv, registerMujoco } from "../src/mujoco/index.js";
import { mujoco } from "../src/mujoco/native/load.js";
import { ROBOT_IDS } from "../src/mujoco/robots.js";
import { defaultRng } from "../src/random/generator.js";
import { oneArm } from "./one-arm.js";

beforeAll(registerMujoco);

/** Some steps as text: every observation and reward. */
function walk(env: AnyEnv, actions: readonly Value[]): string {
  return JSON.stringify(
    actions.map((action) => {
      const { observation, reward, terminated, truncated } = env.step(action);
      const next = terminated || truncated ? Object.values(env.reset().observation) : [];
      return [Object.values(observation), reward, terminated, next];
    }),
  );
}

function someActions(env: AnyEnv, n: number): Value[] {
  const rng = defaultRng(9);
  return Array.from({ length: n }, () => env.actionSpace.sample(rng));
}

describe.each(ROBOT_IDS)("%s", (id) => {
  it("goes on from a snapshot in another environment to the same bits, after JSON and after a picture", () => {
    const [one, other]: AnyEnv[] = [make(id as string), make(id as string)];
    const actions = someActions(one, 90);
    one.reset({ seed: 4 });
    walk(one, actions.slice(0, 30));
    const saved = JSON.stringify(one.snapshot?.());
    const rest = walk(one, actions.slice(30));
    other.restore?.(JSON.parse(saved));
    other.render?.();
    expect(walk(other, actions.slice(30)) === rest).toBe(true);
  });

  it("has the same bits while more environments take turns than MuJoCo holds", () => {
    const alone: AnyEnv = make(id as string);
    const actions = someActions(alone, 3);
    const crowd = Array.from({ length: 70 }, (): AnyEnv => make(id as string));
    for (const [i, env] of crowd.entries()) env.reset({ seed: i });
    const turns = actions.map((action) => crowd.map((env) => walk(env, [action])));
    for (const seed of [0, 1, 69]) {
      alone.reset({ seed });
      expect(turns.map((turn) => turn[seed])).toEqual(actions.map((action) => walk(alone, [action])));
    }
  });
});

it("a snapshot that doesn't fit is refused by field, and the environment stays as it was", () => {
  const env: AnyEnv = make("Hopper-v5" as string);
  const actions = someActions(env, 20);
  env.reset({ seed: 1 });
  const saved = env.snapshot?.() as { env: { state: number[][] } };
  const { state } = saved.env;
  for (const wrong of [
    [[1, 2], [0]],
    [state[0], []],
    [state[0].map(() => "x"), state[1]],
  ])
    expect(() => env.restore?.({ ...saved, env: { ...saved.env, state: wrong } })).toThrow("snapshot.state");
  const now = walk(env, actions);
  env.reset({ seed: 1 });
  expect(walk(env, actions)).toBe(now);
});

describe("memory", () => {
  /** The bytes of MuJoCo's memory, which never shrinks. */
  function heap(): number {
    const one = new (mujoco().DoubleBuffer)(1);
    const { byteLength } = one.GetView().buffer;
    one.delete();
    return byteLength;
  }

  it("is flat over thousands of environments that nobody closes, and over more models than are kept", () => {
    const step = (env: AnyEnv): void => {
      env.reset({ seed: 0 });
      env.step(env.actionSpace.sample(defaultRng(0)));
    };
    const some = (n: number): void => {
      for (let i = 0; i < n; i++) step(make("InvertedPendulum-v5" as string));
    };
    some(200);
    const after200 = heap();
    some(4000);
    expect(heap()).toBe(after200);
    const models = (from: number, n: number): void => {
      for (let i = from; i < from + n; i++) step(mujocoEnv(oneArm(1 + i / 1000)) as AnyEnv);
    };
    models(0, 20);
    const after20 = heap();
    models(20, 20);
    expect(heap()).toBe(after20);
  });
});
