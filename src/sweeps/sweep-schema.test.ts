import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { listAlgorithms } from "../algorithms/registry.js";
import { listEnvs } from "../envs/registry.js";
import { checkValue, type Option } from "../options.js";
import { planSweep } from "./plan-sweep.js";
import { variable } from "./settings.js";
import type { SweepConfig } from "./sweep-config.js";
import { sweepSchema } from "./sweep-schema.js";
import { valueSchema } from "./value-schema.js";

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
const accepts = ajv.compile(sweepSchema());
const plans = (sweep: unknown): boolean => {
  try {
    planSweep(sweep as SweepConfig);
    return true;
  } catch {
    return false;
  }
};

const SMALL = { options: { hidden: [4] }, episodes: 20 };

test.each<[string, unknown]>([
  ["nothing", {}],
  [
    "what all runs share",
    { algorithm: "ppo", env: "LunarLander-v3", preset: "zoo", steps: 2000, envOptions: { gravity: -5 } },
  ],
  ["a grid", { ...SMALL, grid: { gamma: [0.9, 1], hidden: [[], [8, 8]], "env.maxEpisodeSteps": [50] }, seeds: 3 }],
  ["limits that are null", { ...SMALL, steps: null, grid: { episodes: [null, 10], steps: [500] } }],
  ["networks that follow from others", { ...SMALL, grid: { valueHidden: [null, [4]] } }],
  [
    "ranges as text, as objects, and lists",
    {
      ...SMALL,
      draw: {
        gamma: " one-minus-log( 0.9, 0.999)",
        learningRate: { scale: "log", from: 1e-4, to: 1e-2 },
        activation: ["relu"],
      },
      sample: 4,
      sampling: "random",
      sampleSeed: 7,
    },
  ],
  ["an empty grid and draw", { ...SMALL, grid: {}, draw: {} }],
  [
    "a condition",
    {
      ...SMALL,
      algorithm: "ppo",
      grid: { policy: ["mlp", "gru"], memorySize: [4, 8] },
      when: { memorySize: { policy: "gru" } },
    },
  ],
  [
    "a condition on a list, and one on the environment",
    {
      ...SMALL,
      grid: { gamma: [0.9, 0.99], "env.suttonBartoReward": [true, false], baseline: ["none", "mean"] },
      when: { gamma: { hidden: [4] }, baseline: { "env.suttonBartoReward": [true], gamma: [0.9, 0.99] } },
    },
  ],
  [
    "algorithms that are varied",
    {
      options: { hidden: [4] },
      steps: 200,
      grid: { algorithm: ["reinforce", "ppo"], clipRange: [0.1, 0.2] },
      when: { clipRange: { algorithm: "ppo" } },
    },
  ],
  [
    "environments that are varied",
    { ...SMALL, grid: { env: ["CartPole-v1", "Acrobot-v1"] }, envOptions: { maxEpisodeSteps: 30 } },
  ],
  ["a list of seeds and a mark", { ...SMALL, seeds: [3, 5, 2 ** 40], until: 100 }],
])("a file with %s is planned, and the schema accepts it", (_, sweep) => {
  expect([plans(sweep), accepts(sweep)]).toEqual([true, true]);
  expect(accepts({ $schema: "./sweep.schema.json", ...(sweep as object) })).toBe(true);
});

test.each<[string, unknown]>([
  ["an unknown field", { gird: {} }],
  ["an unknown algorithm", { algorithm: "ddpg" }],
  ["an unknown environment", { env: "CartPole-v9" }],
  ["an environment that is no name", { env: null }],
  ["a preset of another algorithm", { preset: "cleanrl" }],
  ["an option of another algorithm", { options: { clipRange: 0.2 } }],
  ["an option of another environment", { envOptions: { gravity: -5 } }],
  ["a value out of range", { options: { gamma: 1.5 } }],
  ["a value of another type", { algorithm: "ppo", options: { epochs: 2.5 } }],
  ["a misspelt word", { options: { activation: "rleu" } }],
  ["no number of episodes", { episodes: 0 }],
  ["a flag that is null", { stopWhenSolved: null }],
  ["a grid that is no object", { grid: [] }],
  ["a setting without values", { grid: { gamma: [] } }],
  ["a value that is no list", { grid: { gamma: 0.9 } }],
  ["a setting of another algorithm", { grid: { clipRange: [0.1] } }],
  ["a setting of another environment", { grid: { "env.gravity": [-5] } }],
  ["a setting as it is typed", { grid: { "learning-rate": [0.1] } }],
  ["one wrong value among others", { grid: { gamma: [0.9, 2] } }],
  ["a draw without a number of points", { draw: { gamma: "linear(0.9, 1)" } }],
  ["a number of points without a draw", { sample: 3 }],
  ["a range of an unknown scale", { draw: { gamma: "lin(0.9, 1)" }, sample: 3 }],
  ["a range without an end", { draw: { gamma: { scale: "linear", from: 0.9 } }, sample: 3 }],
  ["a range of words", { draw: { activation: "linear(0, 1)" }, sample: 3 }],
  ["an unknown way to draw", { draw: { gamma: [0.9] }, sample: 3, sampling: "sobol" }],
  ["an empty condition", { grid: { gamma: [0.9, 1], baseline: ["none", "mean"] }, when: { gamma: {} } }],
  ["a condition on an unknown setting", { grid: { gamma: [0.9, 1] }, when: { gamma: { polcy: "gru" } } }],
  ["a condition that never holds", { grid: { gamma: [0.9, 1] }, when: { gamma: { baseline: "median" } } }],
  ["an option that one of its algorithms lacks", { grid: { algorithm: ["ppo", "a2c"] }, options: { clipRange: 0.1 } }],
  ["no seeds", { seeds: 0 }],
  ["a seed twice", { seeds: [1, 1] }],
  ["a negative seed", { seeds: [-1] }],
])("a file with %s is refused, and the schema refuses it too", (_, sweep) => {
  expect([plans(sweep), accepts(sweep)]).toEqual([false, false]);
});

test("settings that contradict each other are left to the plan", () => {
  const both = { grid: { gamma: [0.9] }, draw: { gamma: [0.9] }, sample: 1 };
  const unordered = { draw: { gamma: "linear(1, 0.9)" }, sample: 1 };
  for (const sweep of [both, unordered]) expect([plans(sweep), accepts(sweep)]).toEqual([false, true]);
});

const OF_ALL = [...listAlgorithms(), ...listEnvs()].flatMap(({ options }) => Object.entries(options));
const VALUES = [
  ...[-1e300, -(2 ** 53), -1, -0.5, 0, 1e-9, 0.5, 1, 1.5, 2, 64, 4096, 4097, 1e12, 2 ** 53, 1e300],
  ...[true, false, null, "", "relu", "0.5", [], [1], [0], [4096, 4097], [1.5], {}],
  ...[16, 17].map((length) => Array(length).fill(1)),
];

test("for every declared option the schema accepts exactly the values that are checked at a run", () => {
  const declared = new Map(OF_ALL.map(([name, option]) => [JSON.stringify(option), { name, option }]));
  expect(declared.size).toBeGreaterThan(50);
  for (const { name, option } of declared.values()) {
    const inSchema = ajv.compile(valueSchema(option));
    for (const value of [...VALUES, ...own(option)])
      expect([name, value, inSchema(value)]).toEqual([name, value, isChecked(option, value)]);
  }
});

/** Some settings of an algorithm and an environment are varied, with their defaults as values and sometimes a strange one. */
const someSweep = fc
  .record({ algorithm: fc.constantFrom(...listAlgorithms()), env: fc.constantFrom("CartPole-v1", "Pendulum-v1") })
  .chain(({ algorithm, env }) => {
    const { algorithm: _, env: __, ...known } = variable([algorithm.name], [env]);
    const varied = (most: number) =>
      fc.constantFrom(...Object.entries(known)).chain(([name, { default: usual }]) => {
        const value = fc.oneof({ weight: 4, arbitrary: fc.constant<unknown>(usual) }, fc.constantFrom(...VALUES));
        return fc.tuple(fc.constant(name), fc.array(value, { minLength: 1, maxLength: most }));
      });
    const spaces = {
      grid: fc.array(varied(2), { maxLength: 2 }).map(Object.fromEntries),
      // A value in a list of which another one is drawn is checked by the schema alone.
      draw: varied(1).map((entry) => Object.fromEntries([entry])),
      seeds: fc.constantFrom<unknown>(1, 2, [3]),
    };
    const shared = { algorithm: fc.constant(algorithm.name), env: fc.constant(env), episodes: fc.constant(5) };
    return fc
      .record({ ...shared, ...spaces }, { requiredKeys: ["env"] })
      .map((sweep) => ("draw" in sweep ? { ...sweep, sample: 1 } : sweep));
  });

test("whatever sweep is planned, the schema accepts it", () => {
  let planned = 0;
  fc.assert(
    fc.property(someSweep, (sweep) => {
      if (!plans(sweep)) return true;
      planned++;
      return accepts(JSON.parse(JSON.stringify(sweep)));
    }),
    { numRuns: 200, seed: 1 },
  );
  expect(planned).toBeGreaterThan(40);
});

/** Values at the bounds of an option, and words that it knows. */
function own(option: Option): unknown[] {
  if (option.kind === "choice") return [...option.choices, `${option.choices[0]} `];
  if (!("min" in option)) return [];
  return [option.min, option.max].filter(Number.isFinite).flatMap((bound) => [bound, bound - 1, bound + 1]);
}

function isChecked(option: Option, value: unknown): boolean {
  try {
    checkValue("value", option, value);
    return true;
  } catch {
    return false;
  }
}
