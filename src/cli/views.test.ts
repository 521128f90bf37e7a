import { expect, test } from "vitest";
import type { SavedRun } from "../node/saved-run.js";
import type { RunResult, Update } from "../training/types.js";
import { widthOf } from "./colour.js";
import { JsonView } from "./json-view.js";
import { LearningCurve } from "./learning-curve.js";
import { LiveView } from "./live-view.js";
import { Pace } from "./pace.js";
import { PlainView, progressLine, roundInterval } from "./plain-view.js";
import type { RunView } from "./run-view.js";

const result: RunResult = {
  verdict: { kind: "solved", text: "Solved at episode 90: the last 100 episodes average 480." },
  solvedAtEpisode: 90,
  updates: 100,
  episodes: 100,
  steps: 5000,
  averageReturn: 480,
  bestEpisodeReturn: 500,
  weightsSha256: "00",
};

const run = {
  folder: "/runs/r",
  training: {
    config: { algorithm: "reinforce", env: "CartPole-v1", preset: "default", seed: "0", episodes: 100, steps: null },
    rewardThreshold: 475,
    warning: undefined,
    result: () => ({ ...result, updates: 0, episodes: 0, steps: 0, bestEpisodeReturn: null }),
  },
} as unknown as SavedRun;

function update(n: number): Update {
  const diagnostics = { loss: -0.0123, entropy: 0.5913, gradientNorm: 1.5, learningRate: 0.001 };
  return {
    update: n,
    episodes: n,
    steps: 50 * n,
    returns: [5 * n],
    lengths: [50],
    lastSteps: [50],
    averageReturn: 2.5 * n,
    info: {},
    diagnostics,
  };
}

/** A whole run of 100 updates, one every 100 ms. */
function showAll(view: RunView, clock: { now: number }): void {
  void view.begin(run, () => false);
  for (let n = 1; n <= 100; n++) {
    clock.now += 100;
    view.update(update(n));
    view.tick();
  }
  view.end({ result, status: "finished", seconds: 10, doubts: "" });
}

test("a plain line has the lecture's columns, the entropy and the pace", () => {
  expect(progressLine(update(40), "episode", 81_234)).toBe(
    "Episode    40 | Avg Reward   100.00 | Loss  -0.0123 | Entropy  0.5913 | 81,200 steps/s",
  );
});

test("plain lines come at round numbers of episodes, about twenty a run", () => {
  expect([0.4, 1, 3, 40, 50, 5000].map(roundInterval)).toEqual([1, 1, 5, 50, 50, 5000]);
  const clock = { now: 0 };
  let written = "";
  showAll(new PlainView({ write: (text) => (written += text) }, { clock: () => clock.now / 1000 }), clock);
  const lines = written.split("\n");
  expect(lines[0]).toBe("reinforce on CartPole-v1, seed 0, at most 100 episodes");
  expect(lines.filter((line) => line.startsWith("Episode")).map((line) => Number(line.slice(8, 13)))).toEqual(
    Array.from({ length: 20 }, (_, i) => 5 * (i + 1)),
  );
  expect(lines[1]).toContain("500 steps/s");
  expect(written).toContain(`\n\n${result.verdict.text}\n10 s, 100 episodes, 5,000 steps, best episode 500\n`);
});

/** A run of 1,000 steps, 100 an update, in which the first two updates see no episode end. */
const inSteps = {
  ...run,
  training: { ...run.training, config: { ...run.training.config, algorithm: "ppo", episodes: null, steps: 1000 } },
} as unknown as SavedRun;

function stepsUpdate(n: number): Update {
  const returns = n < 3 ? [] : [10 * n, 20 * n];
  return {
    update: n,
    episodes: Math.max(0, 2 * (n - 2)),
    steps: 100 * n,
    returns,
    lengths: returns.map(() => 40),
    lastSteps: returns.map(() => 40),
    averageReturn: n < 3 ? Number.NaN : 15 * n,
    info: {},
    diagnostics: { ...update(n).diagnostics, klK3: 0.0123, explainedVariance: 0.75 },
  };
}

test("a run in steps counts steps, and has dashes before the first episode is over", () => {
  let written = "";
  const clock = { now: 0 };
  const view = new PlainView({ write: (text) => (written += text) }, { clock: () => clock.now });
  view.begin(inSteps);
  for (let n = 1; n <= 10; n++, clock.now += 1) view.update(stepsUpdate(n));
  const lines = written.split("\n");
  expect(lines[0]).toBe("ppo on CartPole-v1, seed 0, at most 1,000 steps");
  expect(lines[1]).toBe(
    "Step       100 | Episode     0 | Avg Reward        - | Loss  -0.0123 | Entropy  0.5913 | - steps/s",
  );
  expect(lines[10]).toBe(
    "Step     1,000 | Episode    16 | Avg Reward   150.00 | Loss  -0.0123 | Entropy  0.5913 | 100 steps/s",
  );
});

test("the live view of a run in steps draws over steps and counts them", () => {
  let written = "";
  const clock = { now: 0 };
  const view = new LiveView({ columns: 110, rows: 24, write: (text) => (written += text) }, "none", () => clock.now);
  void view.begin(inSteps, () => false);
  for (let n = 1; n <= 5; n++) {
    clock.now += 1000;
    view.update(stepsUpdate(n));
    view.tick();
  }
  view.abandon();
  const frames = written.split("\x1b[?2026h").slice(1);
  expect(frames[0]).toContain(
    "last 100 -   now -   best -   entropy 0.5913   KL 0.0123   explained 0.75   gradient 1.5",
  );
  expect(frames[4]).toContain("last 100 75   now 100   best 100 ");
  expect(frames[4]).toMatch(/━{20,}─{20,} {2}500 of 1,000 steps {2}5\.0 s, 5\.0 s left {2}100 steps\/s/);
  expect(frames[4]).toMatch(/ step *\n/);
});

test("a run with both limits shows the nearer one", () => {
  const { config } = inSteps.training;
  const both = {
    ...inSteps,
    training: { ...inSteps.training, config: { ...config, episodes: 12 } },
  } as unknown as SavedRun;
  let written = "";
  const view = new LiveView({ columns: 110, rows: 24, write: (text) => (written += text) }, "none", () => 1000);
  void view.begin(both, () => false);
  view.update(stepsUpdate(5));
  view.tick();
  view.abandon();
  expect(written).toContain("at most 12 episodes or 1,000 steps");
  expect(written).toContain("500 of 1,000 steps");
  view.update(stepsUpdate(7));
  view.abandon();
  expect(written).toContain("10 of 12 episodes");
});

test("a slow run says something every ten seconds", () => {
  const clock = { now: 0 };
  let written = "";
  const view = new PlainView({ write: (text) => (written += text) }, { clock: () => clock.now });
  view.begin(run);
  for (const n of [1, 2, 3]) {
    clock.now += 6;
    view.update(update(n));
  }
  expect(written.match(/^Episode +\d+/gm)).toEqual(["Episode     2"]);
});

test("quiet prints only the verdict", () => {
  let written = "";
  showAll(new PlainView({ write: (text) => (written += text) }, { quiet: true }), { now: 0 });
  expect(written).toBe(`${result.verdict.text}\n`);
});

test("JSON is one object a line, with NaN as text", () => {
  let written = "";
  const view = new JsonView({ write: (text) => (written += text) });
  view.begin(run);
  view.update({ ...update(1), diagnostics: { ...update(1).diagnostics, loss: Number.NaN } });
  view.end({ result, status: "finished", seconds: 1.23456, doubts: "" });
  const [start, one, end] = written
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(start).toMatchObject({ type: "start", folder: "/runs/r", warning: null });
  expect(one).toMatchObject({ type: "update", update: 1, diagnostics: { loss: "NaN" } });
  expect(end).toMatchObject({ type: "result", status: "finished", seconds: 1.235, solvedAtEpisode: 90 });
});

const evaluation = { ...update(2), mean: 98.1, interval: [90, 99], min: 90, max: 99 } as const;

test("a view shows an evaluation: as a line of JSON, as a column, and among the figures of a terminal", () => {
  let json = "";
  const jsonView = new JsonView({ write: (text) => (json += text) });
  jsonView.evaluated(evaluation);
  expect(JSON.parse(json)).toMatchObject({ type: "evaluation", update: 2, mean: 98.1, interval: [90, 99] });
  expect(progressLine(update(2), "episode", 100, 98.1)).toMatch(/ \| Evaluated {4}98\.10 \| Loss/);
  expect(progressLine(update(2), "episode", 100)).not.toContain("Evaluated");
  let written = "";
  const view = new LiveView({ columns: 100, rows: 24, write: (text) => (written += text) }, "none");
  void view.begin(run, () => false);
  view.update(update(2));
  view.evaluated(evaluation);
  view.abandon();
  expect(written).toContain("evaluated 98.1");
});

test.each([
  [120, 40],
  [80, 24],
  [40, 12],
  [24, 8],
])("the live view fits a terminal of %d by %d and leaves curve and verdict", (columns, rows) => {
  const clock = { now: 0 };
  let written = "";
  const terminal = { columns, rows, write: (text: string) => (written += text) };
  showAll(new LiveView(terminal, "none", () => clock.now), clock);
  const frames = written
    .split("\x1b[?2026h")
    .slice(1)
    .map((frame) => frame.slice(0, frame.indexOf("\x1b[?2026l")));
  expect(frames.length).toBeGreaterThan(90);
  for (const frame of frames) {
    const clear = "\x1b[0J";
    const lines = frame
      .slice(frame.indexOf(clear) + clear.length)
      .trimEnd()
      .split("\n");
    expect(lines.length).toBeLessThan(rows);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
  }
  const last = frames[frames.length - 1];
  expect(last).toMatch(/[⠀-⣿]/);
  expect(last).toContain("last 100 250");
  expect(last).toContain("100 episodes");
  expect(written).toContain("\x1b[?25h");
  expect(written.indexOf(result.verdict.text)).toBeGreaterThan(written.lastIndexOf("\x1b[?2026l"));
});

test("the live view draws at most ten times a second", () => {
  let written = "";
  const clock = { now: 1000 };
  const view = new LiveView({ columns: 80, rows: 24, write: (text) => (written += text) }, "none", () => clock.now);
  void view.begin(run, () => false);
  for (let i = 0; i < 500; i++, clock.now += 2) view.tick();
  expect(written.split("\x1b[?2026h").length - 1).toBe(10);
  view.abandon();
});

test("the pace is that of the last seconds, and predicts the remaining time", () => {
  const pace = new Pace(0, 0, 0);
  expect([pace.stepsPerSecond, pace.secondsUntil({ episodes: 10, steps: null })]).toEqual([0, undefined]);
  for (let second = 1; second <= 20; second++)
    pace.add(second, second <= 10 ? 100 * second : 1000 + 10 * (second - 10), second);
  expect(pace.stepsPerSecond).toBe(10);
  expect(pace.secondsUntil({ episodes: 50, steps: null })).toBe(30);
  expect(pace.secondsUntil({ episodes: null, steps: 1200 })).toBe(10);
  expect(pace.secondsUntil({ episodes: 50, steps: 1200 })).toBe(10);
  expect(pace.secondsUntil({ episodes: null, steps: 1000 })).toBe(0);
});

test("a learning curve over steps spreads the episodes of an update over its steps", () => {
  const curve = new LearningCurve("step");
  for (let n = 1; n <= 4; n++) curve.add(stepsUpdate(n));
  const [episodes, averages] = curve.series();
  expect(episodes).toMatchObject({ x: [250, 300, 350, 400], y: [30, 60, 40, 80] });
  expect(averages).toMatchObject({ x: [100, 200, 300, 400], y: [Number.NaN, Number.NaN, 45, 60] });
});

test("a long learning curve is thinned, its places stay in order", () => {
  const curve = new LearningCurve("episode");
  for (let n = 1; n <= 20_000; n++) curve.add(update(n));
  for (const { x, y } of curve.series()) {
    expect(y.length).toBeGreaterThan(1500);
    expect(y.length).toBeLessThanOrEqual(4000);
    expect(x).toHaveLength(y.length);
    const places = Array.from(x ?? []);
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
    expect(places[places.length - 1]).toBeGreaterThan(19_980);
  }
});
