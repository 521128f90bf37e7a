import { expect, test } from "vitest";
import { type Findings, findingsOf } from "../sweeps/tuning/findings.js";
import { Done, type LegDone } from "../sweeps/tuning/legs.js";
import { rungTable } from "../sweeps/tuning/rung-table.js";
import { type Progress, stageOf } from "../sweeps/tuning/stages.js";
import { planStudy, pointsOf } from "../sweeps/tuning/study.js";
import { colours } from "./colour.js";
import { TuneJsonView } from "./tune-json-view.js";
import { TuneLiveView } from "./tune-live-view.js";
import { TunePlainView } from "./tune-plain-view.js";
import { rungLines, tuneClosing } from "./tune-text.js";
import type { ShownStudy } from "./tune-view.js";

const progress: Progress = { points: 10, rounds: 1, closed: true };

/** A study of one round that is over, where a run scores `truth(point)` at the end, and less before. */
function over(truth: (point: number, seed: number) => number): { study: ShownStudy; findings: Findings; done: Done } {
  const done = new Done();
  for (let { legs } = stageOf(progress, done); legs.length > 0; { legs } = stageOf(progress, done))
    for (const leg of legs.filter((one) => done.ready(one)))
      done.add({ ...leg, score: truth(leg.point, leg.seed) * (leg.rung + 1), area: 0, end: "stopped" });
  const plan = planStudy({
    algorithm: "ppo",
    env: "CartPole-v1",
    steps: 20_000,
    search: { learningRate: { scale: "log", from: 1e-3, to: 1e-2 } },
    options: { gamma: 0.9 },
  });
  const points = pointsOf(plan, 9);
  const study: ShownStudy & { readonly points: typeof points } = {
    points,
    folder: "/studies/one",
    record: {
      study: plan,
      imports: [{ module: "./walk.ts", path: "/walk.ts", sha256: "00" }],
      goal: { rounds: 1 },
      rounds: 1,
      closed: true,
      seconds: 100,
      versions: { ascent: "0", node: "0" },
    },
    stage: stageOf(progress, done),
    rungs: rungTable(progress, done),
    seconds: 83,
    secondsLeft: 20,
    settings(point) {
      return this.points[point];
    },
  };
  return { study, findings: findingsOf(progress, done) as Findings, done };
}

test("the rungs have their points, the best of them, and the place of the default settings", () => {
  const { study } = over((point) => 10 + point);
  expect(rungLines(study.rungs, 80)).toEqual([
    "budget  points  best  default  its place",
    "1/9     9 of 9    19       10  10th of 10",
    "1/3     3 of 3    38       20  4th of 4",
    "end     1 of 1    57       30  2nd of 2",
  ]);
});

test("better settings are printed as a command and as a call, with what they cost", () => {
  const { study, findings } = over((point, seed) => 10 + point + 0.1 * seed);
  const text = tuneClosing(study, findings, colours(false)).join("\n");
  expect(text).toContain("The tuned settings earn 27 (95 % interval 26.");
  expect(text).toMatch(/tuned +58\.35 +57\.\d+ to 59\.\d+ +57\.3 \(3 seeds\)/);
  expect(text).toContain("It cost 7.333 full runs to search and 20 to measure, 1 min 23 s in 1 round.");
  expect(text).toContain("The same study again: --rounds 1 --tune-seed 0");
  expect(text).toMatch(
    /npx ascent train --import \.\/walk\.ts ppo CartPole-v1 --steps 20000 .*--learning-rate 0\.00\d+/,
  );
  expect(text).toMatch(
    /train\(\{\n {2}algorithm: "ppo",\n.*\n {2}steps: 20_000,\n.*\n {2}options: \{\n {4}gamma: 0\.9,/s,
  );
});

test("default settings that are as good are kept, and chance is named", () => {
  const closing = (truth: (point: number, seed: number) => number): string => {
    const { study, findings } = over(truth);
    return tuneClosing(study, findings, colours(false)).join("\n");
  };
  const worse = closing((point, seed) => (seed < 3 ? point : -point));
  expect(worse).toContain("Keep the default settings: the best found earn");
  expect(worse).not.toContain("train({");
  const noisy = closing((point, seed) => 10 + 0.01 * point + (seed % 5) * 10);
  expect(noisy).toContain("that may be chance");
});

test("an interrupted study says how to go on", () => {
  expect(tuneClosing(over(() => 1).study, undefined, colours(false)).join("\n")).toContain(
    "npx ascent tune --resume /studies/one",
  );
});

test("each view shows a study to its end", () => {
  const { study, findings, done } = over((point) => 10 + point);
  const [leg] = [...done] as LegDone[];
  const shown = (
    make: (output: { columns: number; write(text: string): void }) => TunePlainView | TuneLiveView | TuneJsonView,
  ) => {
    let text = "";
    let now = 0;
    const view = make({ columns: 80, write: (more) => (text += more) });
    view.begin(study);
    for (; now < 3; now++) {
      clock.now += 20_000;
      view.news({ kind: "leg", leg, seconds: 1 });
      view.tick();
    }
    view.end({ findings });
    return text;
  };
  const clock = { now: 0 };
  const plain = shown((output) => new TunePlainView(output, { clock: () => clock.now / 1000 }));
  expect(plain).toContain("round 1, over | 1/9: 9 of 9, best 19, default 10 | 1/3");
  expect(plain.split("\n")[1]).toMatch(
    /^searched: rollout-steps powers-of-two\(32, 1024\) .* learning-rate log\(0\.001, 0\.01\) .* hidden 32,32; 64,64;/,
  );
  expect(shown((output) => new TunePlainView(output, { quiet: true }))).toMatch(/^The tuned settings earn/);
  const live = shown((output) => new TuneLiveView(output, "none", () => clock.now));
  expect(live).toContain("best so far: rollout-steps ");
  expect(live).toContain("1 round, done  1 min 23 s, 20 s left");
  const lines = shown((output) => new TuneJsonView(output))
    .trimEnd()
    .split("\n");
  expect(lines.map((line) => JSON.parse(line).type)).toEqual(["start", "leg", "leg", "leg", "result"]);
  expect(JSON.parse(lines.at(-1) as string)).toMatchObject({ status: "finished", rounds: 1, better: "candidate" });
});
