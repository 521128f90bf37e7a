import { expect, test } from "vitest";
import { runsOf } from "./plan.js";
import { planSweep } from "./plan-sweep.js";
import { log } from "./range.js";
import { parseSeeds } from "./seeds.js";
import { shapeOf } from "./shape.js";

const settingsOf = (config: Parameters<typeof planSweep>[0]): unknown[] =>
  planSweep(config).cells.map(({ settings }) => settings);

test("a grid is every combination, resolved, in the order given; only what differs is named", () => {
  const plan = planSweep({
    grid: { learningRate: [1e-3, 1e-2], gamma: [0.9, 0.99], hidden: [[8]] },
    seeds: [3, 12n ** 20n],
    until: 100,
  });
  expect(plan.varied).toEqual(["learningRate", "gamma"]);
  expect(plan.cells.map(({ settings }) => settings)).toEqual([
    { learningRate: 1e-3, gamma: 0.9 },
    { learningRate: 1e-3, gamma: 0.99 },
    { learningRate: 1e-2, gamma: 0.9 },
    { learningRate: 1e-2, gamma: 0.99 },
  ]);
  expect(plan.cells[2].config).toMatchObject({
    env: "CartPole-v1",
    options: { learningRate: 1e-2, gamma: 0.9, hidden: [8] },
  });
  expect(plan.seeds).toEqual(["3", "3833759992447475122176"]);
  expect(runsOf(plan).map(({ cell, config }) => [cell, config.seed])).toEqual([
    ...[0, 1, 2, 3].map((cell) => [cell, "3"]),
    ...[0, 1, 2, 3].map((cell) => [cell, "3833759992447475122176"]),
  ]);
});

test("algorithms, environments and presets may differ, and options of environments", () => {
  const grid = { env: ["Pendulum-v1", "CartPole-v1"], algorithm: ["a2c", "ppo"], preset: ["default", "zoo"] };
  expect(
    planSweep({ grid }).cells.map(({ config: { env, algorithm, preset } }) => [env, algorithm, preset]),
  ).toHaveLength(8);
  expect(settingsOf({ env: "Pendulum-v1", algorithm: "ppo", grid: { "env.g": [9, 10] } })).toEqual([
    { "env.g": 9 },
    { "env.g": 10 },
  ]);
});

test("a setting with a condition is varied only where it holds, and equal configs are one cell", () => {
  const grid = { policy: ["mlp", "gru"], memorySize: [16, 32], learningRate: [1e-3, 1e-3] };
  expect(settingsOf({ algorithm: "ppo", grid, when: { memorySize: { policy: "gru" } } })).toEqual([
    { policy: "mlp" },
    { policy: "gru", memorySize: 16 },
    { policy: "gru", memorySize: 32 },
  ]);
  expect(
    settingsOf({
      grid: { algorithm: ["reinforce", "ppo"], clipRange: [0.1, 0.2] },
      when: { clipRange: { algorithm: "ppo" } },
    }),
  ).toHaveLength(3);
  expect(settingsOf({ algorithm: "ppo", grid, when: { memorySize: { policy: ["mlp", "gru"] } } })).toHaveLength(4);
});

test("draws are the same whatever is drawn after them, and each is combined with the grid", () => {
  const draw = { learningRate: log(1e-5, 1e-1), gamma: "one-minus-log(0.9, 0.999)", hidden: [[8], [16]] };
  const five = settingsOf({ draw, sample: 5, grid: { baseline: ["none", "value"] } });
  const eight = settingsOf({ draw, sample: 8 });
  expect(five).toHaveLength(10);
  expect(five.slice(0, 5).map((one) => ({ ...(one as object), baseline: undefined }))).toEqual(
    eight.slice(0, 5).map((one) => ({ ...(one as object), baseline: undefined })),
  );
  expect(settingsOf({ draw, sample: 2, sampling: "random" })).not.toEqual(eight.slice(0, 2));
  expect(settingsOf({ draw, sample: 2, sampleSeed: 1 })).not.toEqual(eight.slice(0, 2));
});

test("the lecture's preset has the lecture's own grid, unless another is given", () => {
  const plan = planSweep({ preset: "lecture", seeds: 10 });
  expect([plan.varied, plan.cells.length, runsOf(plan).length]).toEqual([["learningRate", "gamma"], 12, 120]);
  expect(planSweep({ preset: "lecture", grid: {} }).cells).toHaveLength(1);
  expect(planSweep({ preset: "lecture", grid: { gamma: [0.9, 1] } }).cells).toHaveLength(2);
});

test.each<[Parameters<typeof planSweep>[0], RegExp]>([
  [{ grid: { learningRat: [1] } }, /^grid\.learningRat: got \[1\], allowed is only .*Did you mean learningRate\?$/],
  [{ draw: { gama: "linear(0, 1)" }, sample: 2 }, /^draw\.gama: .*Did you mean gamma\?$/],
  [{ grid: { learningRate: [0.1, -1] } }, /^grid\.learningRate: got -1, allowed is a number of at least 0/],
  [
    { grid: { learningRate: [0.1], gamma: [0.9, 2] } },
    /^grid\.gamma: got 2, allowed is a number from 0 to 1 \(where learningRate = 0\.1\)$/,
  ],
  [
    { grid: { algorithm: ["reinforce", "ppo"], clipRange: [0.1] } },
    /^grid\.clipRange: got 0\.1, allowed is only .* \(where algorithm = reinforce\)$/,
  ],
  [
    { grid: { baseline: ["leave-one-out"] } },
    /episodesPerUpdate: got 1, allowed is at least 2.*\(where baseline = leave-one-out\)$/,
  ],
  [{ grid: { gamma: [] } }, /^grid\.gamma: got \[\], allowed is a list of values$/],
  [
    { grid: { gamma: [0.9] }, draw: { gamma: [0.9] }, sample: 1 },
    /^draw\.gamma: got \[0\.9\], allowed is a setting that is not in grid/,
  ],
  [{ draw: { gamma: "log(0.1, 1)" } }, /^sample: got undefined/],
  [{ draw: { gamma: 0.9 as never }, sample: 2 }, /^draw\.gamma: got 0\.9, allowed is a range/],
  [{ seeds: 0 }, /^seeds: got 0, allowed is how many seeds/],
  [{ seeds: [1, 1] }, /^seeds: got \[1,1\]/],
  [{ seeds: [-1] }, /^seeds\[0\]: got -1/],
  [
    { seeds: 10_000, grid: { gamma: Array.from({ length: 11 }, (_, i) => i / 20) } },
    /^sweep: got "110000 runs", allowed is at most 100000 runs/,
  ],
  [{ grid: { gamma: [0.9] }, when: { lambda: { gamma: 1 } } }, /^when\.lambda: /],
  [{ grid: { gamma: [0.9] }, when: { gamma: { baselin: 1 } } }, /^when\.gamma\.baselin: .*Did you mean baseline\?/],
  [
    { grid: { gamma: [0.9, 1] }, when: { gamma: { baseline: "mean" } } },
    /^when\.gamma: got {"baseline":"mean"}, allowed is a condition that holds in some cell$/,
  ],
  [{ sample: 5 }, /^sample: got 5, allowed is nothing without ranges/],
  [{ env: (() => 0) as never }, /^env: got .*allowed is a registered name/],
  [{ algorithm: "pp0" }, /^algorithm: got "pp0".*Did you mean ppo\?/],
  [{ options: { learningRate: () => 1 } }, /^options\.learningRate: got .*allowed is plain data/],
  [{ gird: {} } as never, /^gird: .*Did you mean grid\?/],
  [{ sampling: "sobol" } as never, /^sampling: got "sobol", allowed is one of quasi-random, random/],
])("%j is refused before anything runs", (config, message) => {
  expect(() => planSweep(config)).toThrow(message);
});

test("of cells that differ in numbers only, one is tried out: a thousand are checked in a second or two", () => {
  const some = (from: number, step: number, n: number): number[] =>
    Array.from({ length: n }, (_, i) => from + i * step);
  const grid = { learningRate: some(1e-4, 1e-4, 40), gamma: some(0.9, 1e-3, 25) };
  const shapes = (config: Parameters<typeof planSweep>[0]): Set<string> =>
    new Set(planSweep(config).cells.map(({ config }) => shapeOf(config)));
  expect(planSweep({ grid }).cells).toHaveLength(1000);
  expect(shapes({ grid }).size).toBe(1);
  expect(shapes({ grid: { hidden: [[8], [16]], baseline: ["none", "mean"], gamma: [0.9, 1] } }).size).toBe(4);
  expect(shapes({ env: "Pendulum-v1", grid: { "env.g": [9, 10] } }).size).toBe(2);
});

test("seeds are typed as a number of them, as a list, or as a span", () => {
  expect([parseSeeds("10"), parseSeeds("3,5,8"), parseSeeds("100-102,7")]).toEqual([
    10,
    [3n, 5n, 8n],
    [100n, 101n, 102n, 7n],
  ]);
  expect(() => planSweep({ seeds: parseSeeds("1000000") as number })).toThrow(
    /^seeds: got 1000000, allowed is how many/,
  );
  expect([parseSeeds("9-3"), parseSeeds("x"), parseSeeds("")]).toEqual(["9-3", "x", ""]);
});
