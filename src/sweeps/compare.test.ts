import { expect, test } from "vitest";
import { read } from "../../test/golden/read.js";
import { bandOf } from "./band.js";
import { compareRuns } from "./compare.js";
import { comparisonNotes } from "./comparison-notes.js";
import { comparisonSentences } from "./comparison-sentences.js";
import type { RunOutcome } from "./outcome.js";
import { runId } from "./plan.js";
import { profileOf } from "./profile.js";

const cells = read<Record<string, { runs: RunOutcome[] }>>("cells");

/** Five runs whose scores and options are given. */
function runs(scores: readonly number[], options: Record<string, unknown>, change: Partial<RunOutcome["config"]> = {}) {
  return scores.map((finalReturn, seed): RunOutcome => {
    const config: RunOutcome["config"] = {
      algorithm: "reinforce",
      env: "CartPole-v1",
      envOptions: {},
      preset: "default",
      seed: String(seed),
      episodes: 400,
      steps: null,
      stopWhenSolved: false,
      options,
      from: null,
      ownFeatures: false,
      ...change,
    };
    const recorded = { ...cells["cp-1e-6"].runs[seed % 5], until: null, error: null, weightsSha256: "0".repeat(64) };
    return { ...recorded, id: runId(config, null), config, finalReturn };
  });
}

const low = runs([20, 22, 24, 26, 28], { learningRate: 1e-3, gamma: 0.99 });
const high = runs([120, 122, 124, 126, 128], { learningRate: 1e-2, gamma: 0.99 });

test("groups are told apart, with the difference of interquartile means and P(better)", () => {
  const found = compareRuns([...low, ...high]);
  expect(found.groups.map(({ label, score }) => [label, score])).toEqual([
    ["learningRate 0.001", 24],
    ["learningRate 0.01", 124],
  ]);
  expect(found.groups[1].against).toMatchObject({ difference: 100, improvement: 1, differs: true });
  expect(comparisonSentences(found)).toEqual([
    "learningRate 0.01 is better than learningRate 0.001: final return +100 [95.4, 105], P(better) 1.00 [0.566, 1].",
  ]);
  expect(comparisonNotes(found)).toEqual([]);
});

test("the reference may be the group with the best score", () => {
  const found = compareRuns([...low, ...high], { reference: "best" });
  expect(found.reference).toBe(1);
  expect(comparisonSentences(found)).toEqual([
    "learningRate 0.001 is worse than learningRate 0.01: final return −100 [-105, -95.4], P(better) 0.00 [0, 0.434].",
  ]);
});

test("groups that can't be told apart say what so many seeds could have shown", () => {
  const near = runs([21, 23, 25, 27, 29], { learningRate: 1e-2, gamma: 0.99 });
  // The deviation is √10 in both, and 5 seeds a side detect 2.0244 of it.
  expect(comparisonSentences(compareRuns([...low, ...near]))).toEqual([
    expect.stringMatching(
      /can't be told apart: final return \+1 \[.*5 seeds a side detect differences of at least 6\.4\.$/,
    ),
  ]);
});

test("under 5 seeds nothing is claimed", () => {
  const found = compareRuns([...low.slice(0, 4), ...high]);
  expect(found.groups[0]).toMatchObject({ interval: null, solvedShare: null });
  expect(found.groups[1].against).toMatchObject({ interval: null, improvementInterval: null, differs: null });
  expect(comparisonSentences(found)).toEqual([
    "learningRate 0.01 against learningRate 0.001: final return +101, P(better) 1.00. With 5 and 4 seeds an anecdote; 5 or more can tell.",
  ]);
});

test("many comparisons need more each: Holm's correction", () => {
  const at = (scores: readonly number[], gamma: number) => runs(scores, { learningRate: 1e-3, gamma });
  const shifted = low.map(({ finalReturn }) => (finalReturn as number) + 4.8);
  // p = 0.043 for a shift of 4.8: enough alone, not beside a second comparison.
  expect(compareRuns([...low, ...at(shifted, 0.9)]).groups[1].against?.differs).toBe(true);
  const two = compareRuns([...low, ...at(shifted, 0.9), ...at([20, 22, 24, 26, 28], 0.8)]);
  expect(two.groups.slice(1).map(({ against }) => against?.differs)).toEqual([false, false]);
});

test("unequal budgets or environments are refused unless asked for, and then noted", () => {
  const longer = runs([1, 2, 3, 4, 5], { learningRate: 1e-2, gamma: 0.99 }, { episodes: 800, env: "Acrobot-v1" });
  expect(() => compareRuns([...low, ...longer])).toThrow(
    "allowUnequal: got false, allowed is true where environments or budgets differ, as here: env: CartPole-v1 and Acrobot-v1; episodes: 400 and 800",
  );
  expect(comparisonNotes(compareRuns([...low, ...longer], { allowUnequal: true }))).toEqual([
    "Not equal, so differences may be due to it: env: CartPole-v1 and Acrobot-v1; episodes: 400 and 800.",
  ]);
});

test("runs that diverged or failed count as untrained, and are named", () => {
  const [first, second, ...others] = high;
  const broken = [
    { ...first, end: "diverged" as const, untrainedReturn: 20 },
    { ...second, end: "failed" as const, untrainedReturn: null, finalReturn: null, error: "no" },
    ...others,
  ];
  const found = compareRuns([...low, ...broken]);
  const untrained = others.reduce((sum, one) => sum + (one.untrainedReturn as number), 20) / 4;
  expect(found.groups[1].scores).toEqual([20, untrained, 124, 126, 128]);
  expect(comparisonNotes(found)).toEqual([
    "1 run diverged and counts as untrained (reinforce on CartPole-v1, seed 0).",
    "1 run failed and counts as untrained (reinforce on CartPole-v1, seed 1).",
  ]);
});

test("runs that have not ended are left out and named; without others there is nothing to compare", () => {
  const stopped = high.map((one) => ({ ...one, end: "stopped" as const }));
  const found = compareRuns([...low, ...stopped.slice(0, 1)]);
  expect(found.groups).toHaveLength(1);
  expect(comparisonNotes(found)).toEqual([
    "Left out, since they have not ended: 1 run (reinforce on CartPole-v1, seed 0).",
  ]);
  expect(() => compareRuns(stopped)).toThrow("runs: got 5, allowed is runs of which at least one has ended");
});

test("a run that occurs twice counts once, and other weights the second time are reported", () => {
  const again = [low[0], { ...low[1], weightsSha256: "1".repeat(64) }];
  const found = compareRuns([...low, ...again]);
  expect(found.groups[0].scores).toHaveLength(5);
  expect(comparisonNotes(found)).toEqual([
    "2 runs occurred twice (the same settings and seed) and counted once.",
    "The same settings and seed gave other weights the second time: reinforce on CartPole-v1, seed 1. Another version, or a damaged machine.",
  ]);
});

test("labels have only the settings that tell groups apart; what follows from another is listed", () => {
  const other = runs([1, 2, 3, 4, 5], { clipRange: 0.2, learningRate: 1e-2 }, { algorithm: "ppo" });
  const found = compareRuns([...low, ...other]);
  expect(found.groups.map(({ label }) => label)).toEqual(["reinforce", "ppo"]);
  expect([found.labelled, found.others]).toEqual([["algorithm"], ["learningRate", "gamma", "clipRange"]]);
  expect(compareRuns(low).groups[0].label).toBe("reinforce on CartPole-v1");
});

test("a band begins where every seed has a value, and carries the last value of a run that was solved on", () => {
  const curve = (returns: readonly (number | null)[]) => ({ counts: "episodes" as const, of: 100, returns });
  const found = bandOf([
    { ...low[0], curve: curve([null, 2, null, 6]) },
    { ...low[1], curve: curve([4, 4, 4, 4]), end: "diverged", untrainedReturn: 1 },
  ]);
  expect(found.shares.slice(0, 2)).toEqual([0.02, 0.03]);
  expect(found.mean.slice(0, 4)).toEqual([3, 3, 5, 3.5]);
  expect([found.low[98], found.high[98], found.shows]).toEqual([1, 6, "range"]);
});

test("with 5 seeds the band is the interval of the mean, inside of the range", () => {
  const { shows, low: bottom, high: top, mean } = bandOf(cells["cp-1e-3-full"].runs);
  expect(shows).toBe("interval");
  for (const i of [0, 20, 99]) {
    expect(bottom[i]).toBeLessThanOrEqual(mean[i]);
    expect(top[i]).toBeGreaterThanOrEqual(mean[i]);
  }
  expect(top[20] - bottom[20]).toBeGreaterThan(5);
});

test("a performance profile is the share of runs above each level", () => {
  const { share, low: bottom } = profileOf([1, 2, 3, 4], [0, 2, 4]);
  expect(share).toEqual([1, 0.5, 0]);
  expect(bottom[0]).toBeLessThan(1);
});
