/** Whatever a program in JavaScript gives to the lab's functions, an error names the field and says what is allowed. */

import { expect, it } from "vitest";
import { ConfigError } from "../src/errors.js";
import * as lab from "../src/estimators/index.js";
import * as figures from "../src/figures/index.js";
import { defaultRng } from "../src/random/index.js";

const { settingOf, worldNamed, allEpisodes, batchOf, measure } = lab;
const world = worldNamed("chain");
const setting = settingOf(world);
const { values } = setting;
const [toGo] = lab.ESTIMATORS.filter(({ name }) => name === "to-go");
const episodes = allEpisodes(setting) ?? [];
const batch = batchOf(episodes.slice(0, 2));
const rng = defaultRng(0);
const vector = new Float64Array(8).fill(0.1);
const measured = measure([toGo], setting, { episodes: 2 });
const figure = figures.decidedFigure();
const visit = (): void => {};
const rules = (): lab.World => world;

/** Objects that are no options. */
const parameters = lab.logitTable(world.logits);
const parts: readonly unknown[] = [setting, batch, episodes[0], parameters];

/** Arguments that each function takes. */
const right: Readonly<Record<string, readonly unknown[]>> = {
  allEpisodes: [setting],
  batchesFor: [0.1, 1, { level: 0.01 }],
  batchOf: [episodes],
  byLength: [setting, { lambda: 0.5, values }],
  canEnumerate: [setting, 2],
  constantBaseline: [setting, { discountWeight: true }],
  corridor: [3],
  criticBias: [setting, world.criticError, 0.5],
  differences: [toGo, setting, 2, [{ from: toGo, direction: vector }]],
  drawBatch: [setting, 3, rng],
  duel: [{ prize: 1, chance: 0.5 }],
  eachBatch: [episodes, 2, visit],
  eachBatchOfSteps: [episodes, 3, visit],
  entropyEstimate: [setting, batch, "step"],
  entropyField: [setting],
  entropyGradient: [setting],
  enumerated: [[toGo], setting, 2],
  episodeMeanSlope: [setting],
  estimate: [toGo, setting, batch],
  fittedValueMean: [setting, 2],
  gaeMoments: [setting, { lambda: 0.5, values, discountWeight: false }],
  hotelling: [vector, new Float64Array(64), { batches: 10, direction: vector, rounding: () => 1 }],
  laterStep: [setting, 1, { estimator: toGo, learningRate: 0.1, clipRange: 0.2, before: 1 }],
  logitTable: [[1, 2], "table"],
  logProbabilitySlope: [rules, world.logits, episodes[0]],
  meanBaselineSlope: [setting, 2, "to-go"],
  measure: [[toGo], setting, { episodes: 2 }],
  measuring: [[toGo], setting, { episodes: 2 }],
  momentsOf: [[() => vector], setting, 2],
  objectiveSlope: [rules, world.logits],
  openMeasurement: [[toGo], setting, { episodes: 2 }],
  perStepMean: [setting, 2, { lambda: 0.5, values }],
  policyFor: [world, "own"],
  predictionOf: [toGo, setting, 2],
  probabilityOf: [world, world.logits, episodes[0]],
  randomWorld: [{ seed: 1 }],
  ranked: [measured],
  refund: [1],
  repeatedBandit: [{ steps: 2, offset: 1, signal: 1, noise: 1 }],
  returnDeviation: [setting],
  sampled: [
    [{ estimator: toGo, mean: vector, target: vector, direction: vector }],
    setting,
    { episodes: 2, batches: 3, rng },
  ],
  scoreOf: [setting, episodes[0]],
  settingOf: [world, parameters],
  sharedLogits: [2, [1, 2]],
  singleStateBaseline: [setting],
  staleSetting: [setting, 0.5],
  stateBaseline: [setting, { discountWeight: true }],
  stepWeights: [toGo, setting, batch],
  tanhNetwork: [world.table, 1, new Array(9).fill(0.1)],
  targetOf: [setting, "F"],
  twoArms: [0.5],
  watchedChain: [world.logits],
  wholeEpisodeBaseline: [setting],
  wholeEpisodeMoments: [setting, 1],
  withTimeLimit: [setting, 3],
  worldNamed: ["chain", { succeeds: 0.5 }],
  worldOf: [world.table, { gamma: 1 }],
  worlds: [],

  baselineFigure: [setting],
  batchFigure: [setting],
  cartPoleFigure: [{ episodes: 2, seed: 0, gamma: 0.9 }],
  cartPoleSpread: [{ episodes: 2, seed: 0, gamma: 0.9 }],
  constantFigure: [setting],
  decidedFigure: [],
  dynamicsFigures: [],
  errorFigure: [measured, 4],
  estimatorFigures: ["error", { setting, measured, episodes: 4, seed: 0 }],
  figurePage: [{ title: "a", subtitle: "b", table: "c", figures: [figure] }],
  figureSvg: [figure, { width: 300 }],
  figureText: [figure, { columns: 80, colour: "none" }],
  gammaFigure: [setting],
  horizonFigure: [],
  lambdaFigure: [setting],
  offsetFigure: [setting, 4],
  scatterAxes: [[vector, world.logits], vector],
  scatterFigure: [[toGo], setting, { episodes: 2, batches: 5, seed: 0 }],
};

const rooms: Readonly<Record<string, unknown>> = { ...lab, ...figures };
const names = Object.keys(rooms).filter((name) => typeof rooms[name] === "function");

/** The error of a call, if there is one. */
function errorOf(name: string, given: readonly unknown[]): unknown {
  try {
    const result = (rooms[name] as (...given: readonly unknown[]) => unknown)(...given);
    // An iterator looks at what it was given when it begins.
    if (name === "measuring") (result as ReturnType<typeof lab.measuring>).next();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** The same arguments, each time with another one in place of one of them. */
const eachReplaced = (given: readonly unknown[], by: unknown): unknown[][] => given.map((_, i) => given.with(i, by));

/** The same arguments, each time with null for one of the fields of the last, if that is an object of options. */
function eachFieldNull(given: readonly unknown[]): unknown[][] {
  const last = given.at(-1);
  if (typeof last !== "object" || last === null || Array.isArray(last) || parts.includes(last)) return [];
  return Object.keys(last).map((field) => given.with(-1, { ...last, [field]: null }));
}

it("all functions of ascent/estimators and ascent/figures are tried here", () => {
  expect(Object.keys(right).sort()).toEqual(names.sort());
});

it.each(Object.entries(right))("%s takes what it asks for, and refuses null by name", (name, given) => {
  expect(errorOf(name, given)).toBe(undefined);
  for (const wrong of [...eachReplaced(given, null), ...eachFieldNull(given)])
    expect(errorOf(name, wrong)).toBeInstanceOf(ConfigError);
});

it.each(Object.entries(right))("%s has no error but a ConfigError for what is none of its kind", (name, given) => {
  // Without options they measure 400 episodes, for a second.
  const none = name.startsWith("cartPole") ? [] : [undefined, {}];
  for (const bad of [...none, Number.NaN, -1, 1.5, "x", [], true, [null], visit])
    for (const wrong of eachReplaced(given, bad))
      expect([undefined, "ConfigError"]).toContain((errorOf(name, wrong) as Error | undefined)?.name);
});

it.each<[string, () => unknown, string]>([
  ["no options", () => measure([toGo], setting, none()), "options: got null, allowed is an object of options by name"],
  [
    "a certainty above 1",
    () => lab.batchesFor(0.1, 1, { level: 2 }),
    "level: got 2, allowed is a number between 0 and 1",
  ],
  [
    "a negative number of episodes",
    () => lab.drawBatch(setting, -1, rng),
    "count: got -1, allowed is a whole number of at least 1",
  ],
  ["a shift of NaN", () => lab.staleSetting(setting, Number.NaN), "shift: got NaN, allowed is a number"],
  [
    "a misspelt baseline",
    () => measure([{ ...toGo, options: { ...toGo.options, baseline: "meen" } as never }], setting, { episodes: 2 }),
    'estimators[0].options.baseline: got "meen", allowed is one of none, mean, leave-one-out, episode-mean, value. Did you mean mean?',
  ],
  [
    "the baseline value without a critic",
    () => lab.estimate({ ...toGo, options: { ...toGo.options, baseline: "value" } as never }, setting, batch),
    "estimator.critic: got undefined, allowed is one of exact, wrong",
  ],
  [
    "a misspelt picture",
    () => figures.estimatorFigures("lamda" as never, { setting, measured, episodes: 4, seed: 0 }),
    "Did you mean lambda?",
  ],
])("%s is an error that says so", (_, run, message) => {
  expect(run).toThrow(message);
});

function none(): never {
  return null as never;
}
