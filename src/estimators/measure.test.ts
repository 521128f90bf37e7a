import { describe, expect, it } from "vitest";
import { rejected, twoSided } from "../significance.js";
import type { Estimator } from "./estimator.js";
import { ESTIMATORS } from "./estimators.js";
import { measure, openMeasurement } from "./measure.js";
import { policyFor } from "./parametrisation.js";
import { randomWorld } from "./random-world.js";
import { settingOf } from "./setting.js";
import { worldNamed } from "./world-options.js";

const named = (...names: string[]): Estimator[] => ESTIMATORS.filter(({ name }) => names.includes(name));
const failing = (measured: ReturnType<typeof measure>): string[] =>
  measured.filter(({ agreement }) => agreement === "fails").map(({ estimator }) => estimator.name);

describe("predictions", () => {
  it.each(["bandit", "one-step", "two-step", "chain", "duel", "refund", "repeated-bandit"])(
    "of mean and variance are those of enumeration on %s, for every estimator with a formula",
    (name) => {
      const measured = measure(ESTIMATORS, settingOf(worldNamed(name)), { episodes: 3 });
      expect(failing(measured)).toEqual([]);
      expect(measured.filter(({ agreement }) => agreement === "agrees")).toHaveLength(25);
    },
  );
  it("hold for a network too, whose gradient mixes the states", () => {
    const world = worldNamed("chain");
    expect(failing(measure(ESTIMATORS, settingOf(world, policyFor(world, "network")), { episodes: 2 }))).toEqual([]);
  });
  it("a wrong prediction fails by enumeration: of a bias that isn't there, or a variance", () => {
    const right = settingOf(worldNamed("chain"));
    const wrong = { ...right, field: right.field.map((slope) => slope * 1.00001) };
    expect(failing(measure(ESTIMATORS, wrong, { episodes: 2 }))).toContain("to-go");
    expect(failing(measure(ESTIMATORS, right, { episodes: 2 }))).toEqual([]);
  });
});

describe("sampling", () => {
  it("agrees with theory on loop and a random world, and gives the same numbers for the same seed", () => {
    for (const world of [worldNamed("loop"), randomWorld({ seed: 5 })]) {
      const once = measure(ESTIMATORS, settingOf(world), { episodes: 4, batches: 1000, seed: 1 });
      expect(failing(once)).toEqual([]);
      expect(once.filter(({ agreement }) => agreement === "agrees")).toHaveLength(22);
    }
    const few = { episodes: 4, batches: 20, seed: 1 };
    const setting = settingOf(worldNamed("loop"));
    expect(measure(ESTIMATORS, setting, few)).toEqual(measure(ESTIMATORS, setting, few));
  });
  it("finds a gradient that is a fifth too large", () => {
    const right = settingOf(worldNamed("loop"));
    const wrong = { ...right, field: right.field.map((slope) => slope * 1.2) };
    const measured = measure(named("value", "td"), wrong, { episodes: 4, batches: 3000, seed: 2 });
    expect(failing(measured)).toEqual(["value", "td"]);
  });
  it("finds that an estimator without variance is where theory has it, and nowhere else", () => {
    const right = settingOf(worldNamed("two-step"));
    const wrong = { ...right, field: right.field.map((slope) => slope + 1e-6) };
    const agreements = [right, wrong].map(
      (setting) => measure(named("best-value"), setting, { episodes: 4, batches: 2000, seed: 1 })[0],
    );
    expect(agreements.map(({ agreement }) => agreement)).toEqual(["agrees", "fails"]);
    expect(agreements[0].sampled?.probabilities).toEqual([1, 1]);
  });
  it("gives no verdict for too few batches", () => {
    const [one] = measure(named("to-go"), settingOf(worldNamed("loop")), { episodes: 4, batches: 100 });
    expect(one.agreement).toBe("too few");
  });
  it("measures what enumeration says, within its errors", () => {
    const [{ exact, sampled }] = measure(named("to-go-mean"), settingOf(worldNamed("chain")), {
      episodes: 4,
      batches: 4000,
    });
    expect(exact?.variance).toBeCloseTo(0.599015, 6);
    expect(Math.abs((sampled?.variance ?? 0) - 0.599015)).toBeLessThan(4 * (sampled?.varianceError ?? 0));
  });
});

describe("significance", () => {
  it("tails of the normal distribution are those of the tables", () => {
    expect(twoSided(0)).toBeCloseTo(1, 6);
    expect(twoSided(1.959964)).toBeCloseTo(0.05, 6);
    expect(twoSided(-4.44) / 8.996e-6).toBeCloseTo(1, 3);
    expect(twoSided(Number.POSITIVE_INFINITY)).toBe(0);
  });
  it("Holm's correction goes from the smallest probability to the first that passes", () => {
    expect(rejected([0.01, 0.04, 0.03, 0.005], 0.05)).toEqual([true, false, false, true]);
    expect(rejected([0.02, 0.02], 0.05)).toEqual([true, true]);
    expect(rejected([], 0.05)).toEqual([]);
  });
});

it("errors name what may be asked for", () => {
  const setting = settingOf(worldNamed("loop"));
  expect(() => measure(ESTIMATORS, setting, { episodes: 1 })).toThrow(
    "episodes: got 1, allowed is a whole number of at least 2",
  );
  expect(() => measure(ESTIMATORS, setting, { episodes: 2, batches: 1 })).toThrow("batches: got 1, allowed is 0, or");
  expect(() => measure(ESTIMATORS, setting, { episodes: 2, batches: 0 })).toThrow(
    "batches: got 0, allowed is at least 2",
  );
});

describe("an open measurement", () => {
  it("is at any time what measure() says of so many batches", () => {
    const setting = settingOf(worldNamed("loop"));
    const estimators = named("to-go", "td-wrong");
    const open = openMeasurement(estimators, setting, { episodes: 4, seed: 1 });
    expect(() => open.result()).toThrow("batches: got 0");
    for (const batches of [2, 20]) {
      while (open.batches < batches) open.draw();
      expect(open.result()).toEqual(measure(estimators, setting, { episodes: 4, batches, seed: 1 }));
    }
  });
  it("returns the estimates of the batch that it draws, and begins with what can be enumerated", () => {
    const setting = settingOf(worldNamed("two-step"));
    const open = openMeasurement(named("to-go"), setting, { episodes: 4 });
    const [{ exact, sampled }] = open.result();
    expect([exact?.mean[1].toFixed(4), sampled]).toEqual(["0.2115", undefined]);
    const [first] = [...open.draw(), ...open.draw()];
    expect(open.batches).toBe(2);
    expect(first).toHaveLength(setting.parameters.size);
    expect(open.result()[0].sampled?.batches).toBe(2);
  });
  it("needs batches of at least two episodes, and options that there are", () => {
    const setting = settingOf(worldNamed("two-step"));
    expect(() => openMeasurement(named("to-go"), setting, { episodes: 1 })).toThrow("episodes");
    const unknown = { episodes: 4, batches: 20 };
    expect(() => openMeasurement(named("to-go"), setting, unknown)).toThrow("batches");
  });
});
