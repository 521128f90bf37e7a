import { expect, it } from "vitest";
import { listAlgorithms } from "../../algorithms/registry.js";
import { ConfigError } from "../../errors.js";
import { real } from "../../options.js";
import { trainNamed } from "../../training/train.js";
import { log } from "../range.js";
import { type Findings, findingsOf } from "./findings.js";
import { costSoFar, Done, type Leg, RUNGS } from "./legs.js";
import { race } from "./race.js";
import { byScore, together } from "./score.js";
import { searchSpace } from "./search-space.js";
import { costOf, type Progress, stageOf } from "./stages.js";
import { configOf, planStudy, pointsOf, seedOf } from "./study.js";

/** Carries a study out, `jobs` legs at a time, where the score of a run is `truth(point, share)`. */
function carriedOut(
  rounds: number,
  truth: (leg: Leg) => number | "diverges",
  pick: (legs: readonly Leg[]) => Leg = ([leg]) => leg,
): { done: Done; order: Leg[]; readonly findings: Findings } {
  const progress: Progress = { points: rounds * 9 + 1, rounds, closed: true };
  const done = new Done();
  const order: Leg[] = [];
  for (;;) {
    const legs = stageOf(progress, done).legs.filter((leg) => done.ready(leg));
    if (legs.length === 0) break;
    const leg = pick(legs);
    const value = truth(leg);
    order.push(leg);
    const [score, end] = value === "diverges" ? ([0, "diverged"] as const) : ([value, "stopped"] as const);
    done.add({ ...leg, score, area: 0, end });
  }
  return {
    done,
    order,
    get findings() {
      return findingsOf(progress, done) as Findings;
    },
  };
}

/** Point 14 is the best, and 15, 13, 16 … follow. */
const near14 = ({ point, rung }: Leg): number => RUNGS[rung] * (100 - Math.abs(point - 14.1));

it("each round sends the best three of all that wait to the second rung, and the best one of those to the end", () => {
  const { done } = carriedOut(3, near14);
  const [, second, end] = race(28, 3, done);
  expect(second).toEqual([
    [9, 8, 7],
    [14, 15, 13],
    [16, 12, 17],
  ]);
  expect(end).toEqual([[9], [14], [15]]);
});

it("a paused point goes on in a later round that has nothing better", () => {
  const falling = ({ point, rung }: Leg): number => RUNGS[rung] * (100 - point);
  const [, second, end] = race(19, 2, carriedOut(2, falling).done);
  expect(second).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(end).toEqual([[1], [2]]);
});

it("finds the same whoever finishes first", () => {
  const last = carriedOut(4, near14, (legs) => legs[legs.length - 1]);
  const first = carriedOut(4, near14);
  expect(last.order).not.toEqual(first.order);
  expect(last.findings).toEqual(first.findings);
  expect(last.findings).toMatchObject({ better: "candidate", candidate: { point: 14 }, cost: { fresh: 20 } });
});

it("costs what costOf says, in runs of the whole budget", () => {
  for (const rounds of [1, 2, 3, 5]) expect(costSoFar(carriedOut(rounds, near14).done)).toBeCloseTo(costOf(rounds), 9);
  expect(costOf(1)).toBeCloseTo(27.33, 2);
});

it("says that the default is better where it is, though a lucky point won the race", () => {
  const lucky = (leg: Leg): number => (leg.stream === "fresh" ? (leg.point === 0 ? 50 : 20) + leg.seed : near14(leg));
  const { findings } = carriedOut(2, lucky);
  expect(findings.better).toBe("default");
  expect(findings.candidate).toMatchObject({ point: 14, tuning: 99.9, tuningSeeds: 8, fresh: 24.5 });
  expect(findings.usual.fresh).toBe(54.5);
  expect(findings.difference?.difference).toBe(-30);
  expect(findings.improvement?.probability).toBe(0);
});

it("a diverged run trains no further, and keeps its score", () => {
  const { order, done } = carriedOut(1, (leg) => (leg.point === 9 ? "diverges" : -near14(leg)));
  expect(order.filter(({ point, stream }) => point === 9 && stream === "tuning")).toHaveLength(3);
  expect(race(10, 1, done)[2]).toEqual([[9]]);
});

it("a rung whose order is not that of the end is not trusted, and of too few points it says nothing", () => {
  const late = (leg: Leg): number => (leg.rung === 0 ? -near14(leg) : near14(leg));
  const { rungs } = carriedOut(6, late).findings;
  expect(rungs[0].correlation).toBeLessThan(0.3);
  expect(rungs[1]).toMatchObject({ points: 7, correlation: expect.closeTo(1, 9) });
  expect(carriedOut(3, near14).findings.rungs[0]).toMatchObject({ points: 4, correlation: null });
});

it("scores of seeds are their interquartile mean, ties go to the larger area, and no score is the worst", () => {
  const score = (value: number | null, area = 0) => ({ score: value, area });
  expect(together([score(0), score(10), score(100)])).toEqual({ score: 23.333333333333332, area: 0 });
  expect(together([score(1), score(null)]).score).toBeNull();
  const sorted = [score(null), score(1, 1), score(2), score(1, 2)].sort(byScore);
  expect(sorted).toEqual([score(2), score(1, 2), score(1, 1), score(null)]);
});

it("a longer study begins with the points of the shorter one, and the default settings come first", () => {
  const study = planStudy({ algorithm: "ppo", env: "CartPole-v1", steps: 1000 });
  const points = pointsOf(study, 27);
  expect(points.slice(0, 10)).toEqual(pointsOf(study, 9));
  expect(points[0]).toEqual({});
  expect(Object.keys(points[1])).toEqual(Object.keys(study.space));
  expect(configOf(study, points[1]).options).toMatchObject({ ...points[1], clipValues: false });
  expect(study.base).toMatchObject({ steps: 1000, episodes: null, stopWhenSolved: false });
});

it("a space with few values has no point twice, and not the default again", () => {
  const { base, space } = planStudy({ algorithm: "ppo", env: "CartPole-v1" });
  const names = Object.keys(space).filter((name) => name !== "epochs");
  const options = Object.fromEntries(names.map((name) => [name, base.options[name]]));
  const study = planStudy({ algorithm: "ppo", env: "CartPole-v1", options, search: { epochs: [4, 8, 10] } });
  expect(pointsOf(study, 9)).toHaveLength(3);
  expect(pointsOf(study, 9).map(({ epochs }) => epochs ?? 10)).toEqual(expect.arrayContaining([4, 8, 10]));
});

it("all algorithms say where to search, and what is drawn there can be trained", () => {
  for (const { name } of listAlgorithms()) {
    const study = planStudy({ algorithm: name, env: "CartPole-v1", steps: 1000 });
    expect(study.space).toMatchObject({ learningRate: { scale: "log" }, gamma: { scale: "one-minus-log" } });
    const [, point] = pointsOf(study, 1);
    expect(trainNamed({ algorithm: name, options: point }).config.options).toMatchObject(point);
  }
});

it("options that are set are not searched; the seeds of the two streams differ", () => {
  const study = planStudy({ algorithm: "ppo", env: "CartPole-v1", options: { gamma: 0.9 } });
  expect(study.space).not.toHaveProperty("gamma");
  expect(study.space).toHaveProperty("lambda");
  const seeds = (["tuning", "fresh"] as const).flatMap((stream) => [0, 1, 2].map((i) => seedOf(study, stream, i)));
  expect(new Set(seeds).size).toBe(6);
});

it.each([
  [{ search: { gama: [0, 1] } }, /gama.*gamma/s],
  [{ search: { gamma: log(0.5, 2) } }, /search\.gamma: got 2/],
  [{ search: { activation: ["tanh", "rulu"] } }, /search\.activation.*relu/s],
  [{ search: { epochs: log(1, 20) } }, /search\.epochs.*integer or powers-of-two/],
  [{ search: { activation: log(1, 20) } }, /search\.activation.*only numbers/],
  [{ search: { gamma: [0.9, 0.99] }, options: { gamma: 0.9 } }, /search\.gamma.*options\.gamma is set/],
  [{ tuneSeed: -1 }, /tuneSeed: got -1/],
])("%o is refused", (config, message) => {
  const plan = () => planStudy({ algorithm: "ppo", env: "CartPole-v1", ...config });
  expect(plan).toThrow(ConfigError);
  expect(plan).toThrow(message);
});

it("an algorithm that declares nothing to search, and a user who names nothing, are told", () => {
  const space = () => searchSpace({ name: "mine", options: { rate: real(1, { help: "a rate" }) } }, {});
  expect(space).toThrow(/search.*at least one option of mine/);
});
