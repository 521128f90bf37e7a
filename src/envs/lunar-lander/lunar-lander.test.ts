import { describe, expect, it } from "vitest";
import { read } from "../../../test/golden/read.js";
import { unpack } from "../../../test/golden-arrays.js";
import { ConfigError } from "../../errors.js";
import { sha256 } from "../../formats/sha256.js";
import { type AnyEnv, type Env, landerPilot, landerPilotContinuous, make } from "../index.js";
import { craft, launch } from "./craft.js";
import { setState, stateOf } from "./craft-snapshot.js";
import { step } from "./physics/world.js";

interface Case {
  readonly seed: number;
  readonly options: { readonly continuous?: boolean };
  readonly pilot: "chance" | "pilot";
  readonly heights: string;
  readonly actions: string;
  readonly observations: string;
  readonly rewards: string;
}

const golden = read<{ starts: { seeds: string[]; heights: string; observations: string }; cases: Case[] }>(
  "lunar-lander",
);
const named = golden.cases.map(
  (one) => [`${one.pilot}, seed ${one.seed}, ${JSON.stringify(one.options)}`, one] as const,
);

/** The eleven heights of the ground, read from the picture. */
function heights(env: AnyEnv): number[] {
  const moon = env.render?.().shapes[0];
  if (moon?.kind !== "polygon") throw new Error("the ground is painted first");
  return moon.points.slice(1, -1).map((point) => point[1]);
}

const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));

describe("as Gymnasium's LunarLander-v3", () => {
  it("the ground has the same bits, and the first observation is within 1e-6, in the first two episodes of any seed", () => {
    const env: AnyEnv = make("LunarLander-v3");
    const { f64: ground } = unpack(golden.starts.heights);
    const { f32: first } = unpack(golden.starts.observations);
    golden.starts.seeds.map(BigInt).forEach((seed, i) => {
      for (const [k, start] of [{ seed }, {}].entries()) {
        const { observation } = env.reset(start);
        expect(heights(env)).toEqual(Array.from(ground.subarray(11 * (2 * i + k), 11 * (2 * i + k + 1))));
        expect(farthest(observation as Float32Array, first.subarray(8 * (2 * i + k)))).toBeLessThan(1e-6);
      }
    });
  });

  it.each(named)("the first 20 steps are within 2e-4, rewards within 5e-3: %s", (_, one) => {
    const env: AnyEnv = make("LunarLander-v3", one.options);
    const observations = unpack(one.observations).f32;
    const rewards = unpack(one.rewards).f64;
    env.reset({ seed: one.seed });
    expect(heights(env)).toEqual(Array.from(unpack(one.heights).f64));
    for (let t = 0; t < 20; t++) {
      const { observation, reward } = env.step(actionOf(one, t));
      expect(farthest(observation as Float32Array, observations.subarray(8 * (t + 1)))).toBeLessThan(2e-4);
      expect(Math.abs(reward - rewards[t])).toBeLessThan(5e-3);
    }
  });

  // The two landings with seed 0 come to rest one and three steps before or after Gymnasium's.
  const isExact = ({ pilot, seed }: Case): boolean => pilot === "chance" || seed > 0;
  it.each(named.filter(([, one]) => isExact(one)))("a crash or rest comes at the same step: %s", (_, one) => {
    const env: AnyEnv = make("LunarLander-v3", one.options);
    env.reset({ seed: one.seed });
    const steps = unpack(one.rewards).f64.length;
    const ends = Array.from({ length: steps }, (__, t) => env.step(actionOf(one, t)));
    expect(ends.findIndex(({ terminated }) => terminated)).toBe(steps - 1);
    expect(ends[steps - 1].reward).toBe(unpack(one.rewards).f64[steps - 1]);
  });
});

function actionOf({ options, actions }: Case, t: number): number | Float32Array {
  return options.continuous ? unpack(actions).f32.slice(2 * t, 2 * t + 2) : unpack(actions).i16[t];
}

/** Flies until the end, and returns each observation and the sum of the rewards. */
function fly<A>(env: Env<Float32Array, A>, pilot: (observation: Float32Array) => A, from: Float32Array): Flight {
  const observations = [from];
  let total = 0;
  for (;;) {
    const { observation, reward, terminated, truncated } = env.step(pilot(observations[observations.length - 1]));
    observations.push(observation);
    total += reward;
    if (terminated || truncated) return { observations, total, lastReward: reward };
  }
}
interface Flight {
  readonly observations: Float32Array[];
  readonly total: number;
  readonly lastReward: number;
}

describe("the craft", () => {
  it("is landed by the pilot: it comes to rest on both legs between the flags, which pays 100", () => {
    const env = make("LunarLander-v3");
    const { observations, lastReward, total } = fly(env, landerPilot, env.reset({ seed: 3 }).observation);
    const [x, y, vx, vy, angle, spin, right, left] = observations[observations.length - 1];
    expect(lastReward).toBe(100);
    expect(total).toBeGreaterThan(200);
    expect(Math.abs(x)).toBeLessThan(0.2);
    expect(Math.abs(y)).toBeLessThan(0.02);
    expect([vx, vy, spin, right, left]).toEqual([0, 0, 0, 1, 1]);
    expect(Math.abs(angle)).toBeLessThan(0.01);
    expect(() => env.step(0)).toThrow("reset() first");
  });

  it("is lost when it leaves the view", () => {
    const env = make("LunarLanderContinuous-v3");
    env.reset({ seed: 3 });
    const sideways = fly(env, () => Float32Array.of(0.4, -1), new Float32Array(8));
    expect(Math.abs(sideways.observations[sideways.observations.length - 1][0])).toBeGreaterThanOrEqual(1);
    expect(sideways.lastReward).toBe(-100);
  });

  it("treats throttles beyond ±1 as ±1, and ignores a main throttle below 0 and a side throttle below a half", () => {
    const pushed = (main: number, side: number): Float32Array => {
      const env = make("LunarLanderContinuous-v3");
      env.reset({ seed: 1 });
      return env.step(Float32Array.of(main, side)).observation;
    };
    expect(pushed(3, -7)).toEqual(pushed(1, -1));
    expect(pushed(0, 0.5)).toEqual(pushed(-1, -0.5));
    expect(pushed(0.01, 0)).not.toEqual(pushed(0, 0));
    expect(pushed(0, 0.51)).not.toEqual(pushed(0, 0));
  });

  it("has the actions of both ids under the option `continuous`", () => {
    expect(String(make("LunarLander-v3", { continuous: true }).actionSpace)).toBe("Box(-1, 1, [2])");
    expect(String(make("LunarLanderContinuous-v3", { continuous: false }).actionSpace)).toBe("Discrete(4)");
  });

  it("needs a gravity between -12 and 0", () => {
    for (const gravity of [0, -12, 1]) expect(() => make("LunarLander-v3", { gravity })).toThrow(ConfigError);
  });
});

describe("a landing", () => {
  it("has the same bits in every engine", () => {
    const discrete = make("LunarLander-v3", { enableWind: true });
    const continuous = make("LunarLanderContinuous-v3");
    const flights = [
      ...fly(discrete, landerPilot, discrete.reset({ seed: 11 }).observation).observations,
      ...fly(continuous, landerPilotContinuous, continuous.reset({ seed: 12 }).observation).observations,
    ];
    const bytes = new Uint8Array(Float32Array.from(flights.flatMap((observation) => [...observation])).buffer);
    expect(sha256(bytes)).toMatchInlineSnapshot(`"40d098e21526b622348c1b13cd3b8263f75b1d84c1193f296cabdc55f4a0737d"`);
  });

  it("continues exactly from a snapshot of any step, in another environment too", () => {
    const env = make("LunarLander-v3", { enableWind: true });
    let { observation } = env.reset({ seed: 5 });
    const snapshots: string[] = [];
    const observations: Float32Array[] = [];
    for (let t = 0; t < 1000; t++) {
      snapshots.push(JSON.stringify(env.snapshot?.()));
      const result = env.step(landerPilot(observation));
      observation = result.observation;
      observations.push(observation);
      if (result.terminated) break;
    }
    expect(observation[6] + observation[7]).toBeGreaterThan(0);
    const other = make("LunarLander-v3", { enableWind: true });
    for (let t = 1; t < snapshots.length; t += 9) {
      other.restore?.(JSON.parse(snapshots[t]));
      expect(JSON.stringify(other.snapshot?.())).toBe(snapshots[t]);
      let last = observations[t - 1];
      for (let k = t; k < Math.min(t + 20, observations.length); k++) {
        last = other.step(landerPilot(last)).observation;
        expect(last).toEqual(observations[k]);
      }
    }
  });

  it("is restored with its contacts", () => {
    const one = craft(-10);
    const other = craft(-10);
    const heights = new Float64Array(11).fill(3);
    launch(one, heights);
    launch(other, heights);
    for (let t = 0; t < 110; t++) step(one.world, 0.02);
    setState(other, stateOf(one));
    const touching = [one, other].map(({ world }) => world.contacts.flat().map((contact) => contact.touching));
    expect(touching[0]).toContain(true);
    expect(touching[1]).toEqual(touching[0]);
    expect(stateOf(other)).toEqual(stateOf(one));
  });

  it("is not restored from an impossible snapshot", () => {
    const env = make("LunarLander-v3");
    env.reset({ seed: 5 });
    const before = JSON.stringify(env.snapshot?.());
    const broken = JSON.parse(before);
    broken.env.state[3][0] = 3;
    expect(() => env.restore?.(broken)).toThrow("contacts of at most 2 points");
    expect(JSON.stringify(env.snapshot?.())).toBe(before);
  });
});

it("the picture shows flames of the firing engines, and two flags", () => {
  const env = make("LunarLander-v3");
  env.reset({ seed: 0 });
  const colours = (action: number): string[] => {
    env.step(action);
    return (env.render?.().shapes ?? []).flatMap((shape) => ("fill" in shape && shape.fill ? [shape.fill] : []));
  };
  const flames = [0, 1, 2, 3].map((action) => colours(action).filter((colour) => colour === "#ff7a1a").length);
  expect(flames).toEqual([0, 1, 1, 1]);
  expect(colours(0).filter((colour) => colour === "#cccc00").length).toBe(2);
});
