import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type AnyEnv, listEnvs, make, randomLake, type Value } from "../src/envs/index.js";
import { ulpsApart, unpack } from "./golden-arrays.js";

interface Case {
  readonly id: string;
  readonly options: Record<string, unknown>;
  readonly resetOptions: Record<string, unknown>;
  readonly seed: number;
  readonly actions: string;
  readonly starts: string;
  readonly observations: string;
  readonly rewards: string;
  readonly ends: string;
  readonly probs?: string;
  readonly masks?: string;
}

const golden = JSON.parse(readFileSync(new URL("golden/gymnasium.json", import.meta.url), "utf8"));
const cases: readonly Case[] = golden.cases;

/** Runs Ascent's environment with the actions of a case, and returns the results in the same layout. */
function replay(one: Case) {
  const env: AnyEnv = make(one.id as string, one.options);
  const box = env.observationSpace.kind === "box";
  const starts: number[] = [];
  const observations: number[] = [];
  const rewards: number[] = [];
  const probs: unknown[] = [];
  const masks: number[] = [];
  let ends = "";
  const numbers = (value: Value): readonly number[] =>
    typeof value === "number" ? [value] : Object.values(value).map(Number);
  starts.push(...numbers(env.reset({ seed: one.seed, options: one.resetOptions }).observation));
  const actions = unpack(one.actions);
  for (let t = 0; t < one.ends.length; t++) {
    const action = env.actionSpace.kind === "box" ? Float32Array.of(actions.f32[t]) : actions.i16[t];
    const { observation, reward, terminated, truncated, info } = env.step(action);
    observations.push(...numbers(observation));
    rewards.push(reward);
    probs.push(info.prob);
    if (info.actionMask) masks.push(...(info.actionMask as Int8Array));
    ends += terminated && truncated ? "B" : terminated ? "T" : truncated ? "U" : ".";
    if (terminated || truncated) starts.push(...numbers(env.reset().observation));
  }
  const expected = (text: string): readonly number[] => Array.from(box ? unpack(text).f32 : unpack(text).i16);
  return { starts, observations, rewards, ends, probs, masks, expected };
}

/** The greatest distance of two lists, element by element. */
function worst(a: readonly number[], b: readonly number[], distance: (x: number, y: number) => number): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, distance(value, b[i])), 0);
}
const apart = (a: number, b: number): number => Math.abs(a - b);
const ofEnv = (...ids: string[]): [string, Case][] =>
  cases
    .filter((one) => ids.includes(one.id))
    .map((one) => [`${one.id} ${JSON.stringify({ ...one.options, ...one.resetOptions })} seed ${one.seed}`, one]);

describe("Gymnasium's CartPole and MountainCar, observations within 2 float32 ulps", () => {
  it.each(ofEnv("CartPole-v1", "CartPole-v0", "MountainCar-v0", "MountainCarContinuous-v0"))("%s", (_, one) => {
    const ours = replay(one);
    expect(ours.ends).toBe(one.ends);
    expect(ours.starts).toEqual(ours.expected(one.starts));
    expect(worst(ours.observations, ours.expected(one.observations), ulpsApart)).toBeLessThanOrEqual(2);
    expect(ours.rewards).toEqual(Array.from(unpack(one.rewards).f64));
  });
});

describe("Gymnasium's Acrobot and Pendulum, observations within 1e-5", () => {
  it.each(ofEnv("Acrobot-v1", "Pendulum-v1"))("%s", (_, one) => {
    const ours = replay(one);
    expect(ours.ends).toBe(one.ends);
    expect(worst(ours.starts, ours.expected(one.starts), ulpsApart)).toBeLessThanOrEqual(1);
    expect(worst(ours.observations, ours.expected(one.observations), apart)).toBeLessThanOrEqual(1e-5);
    expect(worst(ours.rewards, Array.from(unpack(one.rewards).f64), apart)).toBeLessThanOrEqual(1e-12);
  });
});

describe("Gymnasium's worlds of states and cards, exactly", () => {
  const ids = [
    "FrozenLake-v1",
    "FrozenLake8x8-v1",
    "CliffWalking-v1",
    "CliffWalkingSlippery-v1",
    "Taxi-v4",
    "Blackjack-v1",
  ];
  it.each(ofEnv(...ids))("%s", (_, one) => {
    const ours = replay(one);
    expect(ours.ends).toBe(one.ends);
    expect(ours.starts).toEqual(ours.expected(one.starts));
    expect(ours.observations).toEqual(ours.expected(one.observations));
    expect(ours.rewards).toEqual(Array.from(unpack(one.rewards).f64));
    if (one.probs) expect(ours.probs).toEqual(Array.from(unpack(one.probs).f64));
    if (one.masks) expect(ours.masks).toEqual(Array.from(unpack(one.masks).i8));
  });
});

describe("the first two episodes begin where Gymnasium's do, for seeds from 0 to 2^128 - 1", () => {
  const seeds: bigint[] = golden.resets.seeds.map(BigInt);
  const starts = (id: string): number[] => {
    const env: AnyEnv = make(id);
    return seeds.flatMap((seed) => [
      ...(env.reset({ seed }).observation as Float32Array),
      ...(env.reset().observation as Float32Array),
    ]);
  };
  it.each(["CartPole-v1", "MountainCar-v0", "MountainCarContinuous-v0", "Pendulum-v1"])("%s, to the last bit", (id) => {
    expect(starts(id)).toEqual(Array.from(unpack(golden.resets[id]).f32));
  });
  it("Acrobot-v1, within the ulp by which NumPy's float32 cosine errs", () => {
    const expected = Array.from(unpack(golden.resets["Acrobot-v1"]).f32);
    expect(worst(starts("Acrobot-v1"), expected, ulpsApart)).toBeLessThanOrEqual(1);
  });
});

it("time limits and thresholds are Gymnasium's", () => {
  const ours = listEnvs().map(({ id, maxEpisodeSteps, rewardThreshold }) => [
    id,
    [maxEpisodeSteps ?? null, rewardThreshold ?? null],
  ]);
  expect(Object.fromEntries(ours)).toMatchObject(golden.limits);
});

it("random lakes are Gymnasium's", () => {
  for (const { size, p, seed, rows } of golden.maps) expect(randomLake({ size, p, seed })).toEqual(rows);
});
