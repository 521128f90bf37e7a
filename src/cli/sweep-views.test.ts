import { expect, test, vi } from "vitest";
import { someOutcomes, somePlan } from "../../test/some-sweep.js";
import { runsOf } from "../sweeps/plan.js";
import { summarise } from "../sweeps/summary.js";
import { SweepJsonView } from "./sweep-json-view.js";
import { SweepLiveView } from "./sweep-live-view.js";
import { resultLines } from "./sweep-map.js";
import { SweepPlainView } from "./sweep-plain-view.js";
import type { SweepView } from "./sweep-view.js";

const plan = somePlan();
const outcomes = someOutcomes(plan);
const summary = summarise(plan, outcomes);

/** Shows a whole sweep, and returns what was written. Each run takes a second. */
function shown(
  make: (output: { write(text: string): void; columns: number; rows: number }, clock: () => number) => SweepView,
): string {
  let text = "";
  let time = 0;
  const output = { write: (more: string) => void (text += more), columns: 80, rows: 40 };
  const view = make(output, () => time);
  const done = new Map<string, (typeof outcomes)[number]>();
  view.begin({ folder: "there", plan, runs: runsOf(plan), outcomes: done });
  for (const outcome of outcomes) {
    time++;
    done.set(outcome.id, outcome);
    view.news({ kind: "done", id: outcome.id, outcome });
    view.tick();
  }
  view.end({ summary, status: "finished", seconds: time, broken: new Map(), flags: "" });
  return text;
}

test("a sweep off a terminal has a line now and then, then map, verdicts, what mattered, and what to do next", () => {
  const text = shown((output, clock) => new SweepPlainView(output, { clock }));
  expect(text).toContain(
    "reinforce on CartPole-v1: 6 cells × 5 seeds = 30 runs, at most 100 episodes each\n 2 of 30 runs | 2.0 s, 28 s left | best so far 480 with learningRate 0.001, gamma 0.99, 1 of 1 solved\n",
  );
  expect(text).toContain(`
              gamma
learningRate         0.9       0.99 
       0.001     201 0/5    480 5/5 
        0.01     192 0/5    282 0/5 
         0.1   20 0/5 ×5  20 0/5 ×5 

interquartile mean of the final returns; k/n: k of n seeds solved; ×d: d diverged
`);
  expect(text).toContain("learningRate 0.001, gamma 0.99\n  solved      Solved with all 5 seeds, at episode 50.\n");
  expect(text).toMatch(/What mattered\nOf the differences between cells: learningRate \d+\u00a0%/);
  expect(text).toContain("30 s, 30 of 30 runs done\n\n  saved in  there\n  report    there/report.html\n");
  expect(text).toContain("  extend    npx ascent sweep --resume there --seeds 10\n");
  expect(text).not.toContain("go on");
});

test("a terminal shows the map in colours while it fills in, the best so far, and the time left", () => {
  const text = shown((output, clock) => new SweepLiveView(output, "24-bit", () => 1000 * clock()));
  expect(text).toContain("12 of 30 runs  12 s, 18 s left");
  expect(text).toContain("\x1b[48;2;253;231;37m\x1b[38;2;16;20;24m   480 2/2 \x1b[0m");
  expect(text).toContain("best so far 480 with learningRate 0.001, gamma 0.99, 2 of 2 solved");
});

test("JSON has a line for each run, each cell and the end", () => {
  const lines = shown((output) => new SweepJsonView(output))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(({ type }) => type)).toEqual([
    "start",
    ...Array(30).fill("run"),
    ...Array(6).fill("cell"),
    "result",
  ]);
  expect(lines[1]).toMatchObject({ cell: 0, seed: "0", end: "finished", folder: `there/runs/${outcomes[0].id}` });
  expect(lines[32]).toMatchObject({ cell: 1, settings: { gamma: 0.99 }, score: 480, solved: 5 });
});

test("where a map does not fit, there is a table with the best first", () => {
  const lines = resultLines(summary, { columns: 30, depth: "none", rows: 2 });
  expect(lines.map((line) => line.trimEnd())).toEqual([
    "learningRate  gamma  RETURN  9",
    "       0.001   0.99     480  4",
    "        0.01   0.99     282  2",
    "… and 4 more",
  ]);
});

test("few seeds are an anecdote, and a sweep that was stopped says how it goes on", () => {
  const few = somePlan(2);
  let text = "";
  const view = new SweepPlainView({ write: (more) => void (text += more) }, { quiet: true, clock: () => 0 });
  const some = someOutcomes(few).slice(0, 4);
  view.begin({ folder: "there", plan: few, runs: runsOf(few), outcomes: new Map() });
  view.end({
    summary: summarise(few, some),
    status: "interrupted",
    seconds: 3,
    broken: new Map([["abc", "no disk"]]),
    flags: " --queue env",
  });
  expect(text).toContain("2 seeds are an anecdote");
  expect(text).toContain("run abc could not be trained: no disk");
  expect(text).toContain("interrupted after 3.0 s, 4 of 12 runs done\n");
  expect(text).toContain("  cancel    npx ascent sweep cancel there --queue env   # without it, workers go on\n");
  expect(text).toContain("  go on     npx ascent sweep --resume there --queue env\n");
});

test("workers of a queue are named while they are heard of, and waiting for the first one is no pace", () => {
  let text = "";
  let time = 0;
  const output = { write: (more: string) => void (text += more), columns: 80, rows: 40 };
  const view = new SweepLiveView(output, "none", () => 1000 * time);
  view.begin({ folder: "there", plan, runs: runsOf(plan), outcomes: new Map() });
  const after = (seconds: number): string => {
    time += seconds;
    text = "";
    view.tick();
    return text;
  };
  expect(after(60)).toContain("0 of 30 runs  1 min 00 s\n");
  for (const [i, machine] of ["alpha", "beta", "alpha"].entries())
    view.news({ kind: "progress", id: outcomes[i].id, share: 0.5, averageReturn: null, machine });
  const frame = after(3);
  expect(frame).toContain("at work: 2 on alpha, 1 on beta\n");
  expect(frame).toContain("0 of 30 runs  1 min 03 s, 57 s left\n");
  expect(after(30)).not.toContain("at work");
});

test("a message stands above the frame, which is drawn again", () => {
  let text = "";
  const output = { write: (more: string) => void (text += more), columns: 80, rows: 40 };
  const view = new SweepLiveView(output, "none", () => 0);
  view.begin({ folder: "there", plan, runs: runsOf(plan), outcomes: new Map() });
  text = "";
  const written = vi.spyOn(process.stderr, "write").mockImplementation((more) => {
    text += more;
    return true;
  });
  view.note("the queue is away");
  written.mockRestore();
  const [before, after] = text.split("the queue is away\n");
  expect(before).toBe("\x1b[?2026h\x1b[9F\x1b[0J\x1b[?2026l");
  expect(after).toContain("0 of 30 runs");
});
