import { beforeAll, describe, expect, it } from "vitest";
import { type EnvPreset, ppo } from "../src/algorithms/index.js";
import { type AnyEnv, listEnvs, make } from "../src/envs/index.js";
import { loadMujoco, type MujocoTask, mujocoEnv, registerMujoco } from "../src/mujoco/index.js";
import { mujoco } from "../src/mujoco/native/load.js";
import { compiled } from "../src/mujoco/native/state-cache.js";
import { ROBOT_IDS, ROBOTS } from "../src/mujoco/robots.js";
import { resolveOptions } from "../src/options.js";
import { defaultRng } from "../src/random/generator.js";
import { registerBuiltIns } from "../src/training/built-ins.js";
import { resolveConfig } from "../src/training/config.js";
import { read } from "./golden/read.js";
import { unpack } from "./golden-arrays.js";

interface Case {
  readonly id: string;
  readonly seed: number;
  readonly actions: string;
  readonly starts: string;
  readonly observations: string;
  readonly rewards: string;
  readonly controls: string;
  readonly ends: string;
}

interface Golden {
  readonly mujoco: string;
  readonly limits: Record<string, [number, number | null]>;
  readonly models: Record<string, Record<string, number | number[] | string>>;
  readonly cases: readonly Case[];
  readonly returns: Record<string, string>;
}

const golden: Golden = read("mujoco");
beforeAll(registerMujoco);

function taskOf(id: string): MujocoTask {
  const spec = ROBOTS.find((one) => one.id === id);
  if (spec?.options === undefined) throw new Error(`no robot ${id}`);
  return (spec.task as (options: object) => MujocoTask)(resolveOptions(spec.options));
}

/** A number of a compiled model by its golden name, in the layout of the golden data. */
function ownField(xml: string, name: string): unknown {
  const model = compiled(xml).native as unknown as Record<string, never>;
  const [part, field] = name.split(".");
  if (part === "flags") return flagsOf(model, field);
  const own: unknown = field === undefined ? model[part] : model[part][field];
  return typeof own === "object" && own !== null ? Array.from(own as Float64Array, Number) : Number(own);
}

/** Flags that the package has no way to read: arrays of them can't be, and these are not in what describes one part. */
const UNREADABLE = ["actuator_actearly", "jnt_actfrclimited", "jnt_actgravcomp"];

/** `jnt_limited` is read joint by joint. */
function flagsOf(model: Record<string, never>, name: string): number[] {
  const [, kind, flag] = /^([a-z]+)_(.*)$/.exec(name) ?? [];
  const count = model[kind === "jnt" ? "njnt" : "nu"] as number;
  const part = (i: number) => (model[kind] as (i: number) => Record<string, boolean>).call(model, i);
  return Array.from({ length: count }, (_, i) => Number(part(i)[flag]));
}

describe("the compiled model has Gymnasium's numbers, to the last bit", () => {
  it.each(Object.keys(golden.models))("%s", (id) => {
    const { xml } = taskOf(id);
    const fields = Object.entries(golden.models[id]).filter(
      ([name]) => !UNREADABLE.includes(name.replace("flags.", "")),
    );
    const differing = fields.filter(([name, value]) => {
      const expected = typeof value === "string" ? Array.from(unpack(value).f64) : value;
      return JSON.stringify(ownField(xml, name)) !== JSON.stringify(expected);
    });
    expect(differing.map(([name]) => name)).toEqual([]);
    expect(fields.length).toBeGreaterThan(200);
  });

  it("and would not, if a leg were a millimetre longer", () => {
    const { xml } = taskOf("HalfCheetah-v5");
    const longer = compiled(xml.replace("0.046 0.145", "0.046 0.146")).native as unknown as Record<
      string,
      Float64Array
    >;
    const { body_inertia: inertia } = golden.models["HalfCheetah-v5"];
    expect(Array.from(longer.body_inertia)).not.toEqual(Array.from(unpack(inertia as string).f64));
  });
});

/** Runs a robot with the actions of a case. Observations are those before they are rounded to float32. */
function replay({ id, seed, actions, ends }: Case) {
  const task = taskOf(id);
  let seen: readonly number[] = [];
  const env = mujocoEnv({
    ...task,
    observe(robot) {
      seen = Array.from(task.observe(robot));
      return seen;
    },
  });
  const size = env.actionSpace.low.length;
  const given = unpack(actions).f32;
  env.reset({ seed });
  const starts = [...seen];
  const observations: number[] = [];
  const rewards: number[] = [];
  const controls: number[] = [];
  let ours = "";
  for (let t = 0; t < ends.length; t++) {
    const { reward, terminated, info } = env.step(given.slice(t * size, (t + 1) * size));
    if (t < 40 || t % 10 === 9) observations.push(...seen);
    rewards.push(reward);
    controls.push(info.rewardCtrl as number);
    // The time limit is not the robot's.
    const truncated = "UB".includes(ends[t]);
    ours += terminated ? (truncated ? "B" : "T") : truncated ? "U" : ".";
    if (terminated || truncated) {
      env.reset();
      starts.push(...seen);
    }
  }
  return { starts, observations, rewards, controls, ends: ours };
}

function worst(a: readonly number[], b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}

describe("Gymnasium's robots, with the same MuJoCo: observations within 1e-9", () => {
  it.each(golden.cases.map((one) => [`${one.id}, seed ${one.seed}, ${one.ends.length} steps`, one] as const))(
    "%s",
    (_, one) => {
      const ours = replay(one);
      expect(ours.ends).toBe(one.ends);
      expect(worst(ours.starts, unpack(one.starts).f64)).toBeLessThanOrEqual(1e-15);
      expect(worst(ours.observations, unpack(one.observations).f64)).toBeLessThanOrEqual(1e-9);
      expect(worst(ours.rewards, unpack(one.rewards).f64)).toBeLessThanOrEqual(1e-9);
    },
  );
});

it("the cost of an action has the bits of NumPy's float32", () => {
  const compared = golden.cases.filter(({ controls }) => unpack(controls).f64.some((cost) => cost !== 0));
  for (const one of compared) expect(replay(one).controls, one.id).toEqual(Array.from(unpack(one.controls).f64));
  expect(new Set(compared.map(({ id }) => id)).size).toBe(6);
});

it.each(Object.keys(golden.returns))(
  "%s: returns of 100 random steps are Gymnasium's, beyond what agrees exactly",
  (id) => {
    const theirs = Array.from(unpack(golden.returns[id]).f64);
    const ours = theirs.slice(0, 30).map((_, seed) => chance(id, seed, 100));
    expect(Math.abs(zOf(ours, theirs))).toBeLessThan(2.5);
  },
);

function chance(id: string, seed: number, steps: number): number {
  const env: AnyEnv = make(id as string);
  const { low, high } = env.actionSpace as unknown as { low: Float32Array; high: Float32Array };
  const rng = defaultRng(seed);
  env.reset({ seed });
  let total = 0;
  for (let t = 0; t < steps; t++) {
    const { reward, terminated } = env.step(Float32Array.from(low, (bound, i) => rng.uniform(bound, high[i])));
    total += reward;
    if (terminated) break;
  }
  return total;
}

/** The difference of two means in its standard errors. */
function zOf(a: readonly number[], b: readonly number[]): number {
  const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
  const variance = (list: readonly number[]): number => {
    const centre = mean(list);
    return mean(list.map((value) => (value - centre) ** 2)) / (list.length - 1);
  };
  return (mean(a) - mean(b)) / Math.sqrt(variance(a) + variance(b));
}

describe("PPO has presets for every robot", () => {
  beforeAll(registerBuiltIns);

  it.each(["default", "cleanrl", "zoo"] as const)("%s", (preset) => {
    const envs: Readonly<Record<string, EnvPreset>> = ppo.presets[preset].envs ?? {};
    for (const id of ROBOT_IDS) {
      const { options, steps } = resolveConfig({ algorithm: "ppo", preset, env: id as "Hopper-v5" });
      expect(Object.keys(envs)).toContain(id);
      expect(options).toMatchObject({ normaliseObservations: true, scaleRewards: true, ...envs[id]?.options });
      expect(steps).toBeGreaterThanOrEqual(100_000);
    }
  });
});

it("options say what is seen, and the space has as many numbers", () => {
  const whole = { excludeCurrentPositionsFromObservation: false };
  const seen = (id: string, options: object): number[] => {
    const env: AnyEnv = make(id as string, { ...options });
    const { observation } = env.reset({ seed: 0 });
    return [(observation as Float32Array).length, env.observationSpace.shape[0]];
  };
  expect(seen("Hopper-v5", whole)).toEqual([12, 12]);
  expect(seen("HalfCheetah-v5", whole)).toEqual([18, 18]);
  expect(seen("Ant-v5", whole)).toEqual([107, 107]);
  expect(seen("Ant-v5", { includeCfrcExtInObservation: false })).toEqual([27, 27]);
});

it("time limits and thresholds are Gymnasium's", () => {
  const ours = listEnvs().map(({ id, maxEpisodeSteps, rewardThreshold }) => [
    id,
    [maxEpisodeSteps ?? null, rewardThreshold ?? null],
  ]);
  expect(Object.fromEntries(ours)).toMatchObject(golden.limits);
});

it("MuJoCo is the release that the golden data are of", async () => {
  await loadMujoco();
  expect(mujoco().mj_versionString()).toBe(golden.mujoco);
});
