import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Env } from "../envs/env.js";
import { box, discrete } from "../spaces/index.js";
import { loadPolicy, train } from "../training/train.js";
import type { TrainConfig } from "../training/types.js";
import { readMetrics } from "./metrics.js";
import { readRecord } from "./run-record.js";
import type { SavedRun } from "./saved-run.js";
import { resumeRun, startRun } from "./start-run.js";

const config: TrainConfig = { preset: "exercise", episodes: 30, options: { hidden: [8] } };
const place = (): string => join(mkdtempSync(join(tmpdir(), "ascent-")), "run");
/** The files whose bytes depend only on the config. */
const EXACT = ["checkpoint.safetensors", "best.safetensors", "metrics.jsonl"];

function contents(folder: string): string[] {
  return EXACT.map((name) => readFileSync(join(folder, name)).toString("base64"));
}

function finish(run: SavedRun): void {
  for (const _ of run);
  run.close("finished");
}

const whole = place();
finish(startRun(train(config), { out: whole }));

test("a finished run has its record, log, checkpoint and best policy, and no lock", () => {
  expect(readdirSync(whole).sort()).toEqual([
    "best.safetensors",
    "checkpoint.safetensors",
    "metrics.jsonl",
    "run.json",
  ]);
  const { status, result, error } = readRecord(whole);
  expect({ status, error, episodes: result?.episodes }).toEqual({ status: "finished", error: null, episodes: 30 });
  expect(readMetrics(join(whole, "metrics.jsonl")).map(({ update }) => update)).toEqual(
    Array.from({ length: 30 }, (_, i) => i + 1),
  );
});

test("the same config writes the same bytes, however it is cut into pieces", () => {
  const again = place();
  const run = startRun(train(config), { out: again, checkpointSeconds: 0 });
  for (const _ of run);
  run.close("finished");
  expect(contents(again)).toEqual(contents(whole));
});

test.each([1, 40, 333])(
  "stopped after %d steps, in the middle of an episode, and resumed: the bytes of the uninterrupted run",
  (steps) => {
    const folder = place();
    const run = startRun(train(config), { out: folder });
    for (let step = 0; step < steps; step++) run.advance(1);
    run.close("interrupted");
    expect(readRecord(folder).status).toBe("interrupted");
    finish(resumeRun(folder));
    expect(contents(folder)).toEqual(contents(whole));
  },
);

test("a checkpoint in the middle of an update completes it, logs it, and leaves it to be read", () => {
  const folder = place();
  const several = {
    algorithm: "ppo",
    steps: 300,
    envOptions: { maxEpisodeSteps: 5 },
    options: { envs: 2, rolloutSteps: 50, minibatchSize: 25, hidden: [8] },
  } as const;
  const run = startRun(train(several), { out: folder });
  const read: number[] = [];
  while (!run.finished) {
    const update = run.advance(2);
    if (update !== undefined) read.push(update.update);
    run.save();
    const log = readMetrics(join(folder, "metrics.jsonl"));
    expect(log).toHaveLength(run.training.result().updates);
  }
  run.close("finished");
  expect(read).toEqual([1, 2, 3]);
  const again = place();
  finish(startRun(train(several), { out: again }));
  expect(contents(folder)).toEqual(contents(again));
});

test("a process that died with a newer log than its checkpoint is resumed to the same bytes", () => {
  const folder = place();
  const run = startRun(train(config), { out: folder });
  const updates = run[Symbol.iterator]();
  for (let i = 0; i < 7; i++) updates.next();
  run.save();
  for (let i = 0; i < 7; i++) updates.next();
  run.fail(new Error("the power went"));
  expect(readMetrics(join(folder, "metrics.jsonl"))).toHaveLength(14);
  expect(readRecord(folder)).toMatchObject({ status: "failed", error: "the power went" });
  finish(resumeRun(folder));
  expect(contents(folder)).toEqual(contents(whole));
  expect(readRecord(folder)).toMatchObject({ status: "finished", error: null });
});

test("a run that was killed before its first checkpoint restarts", () => {
  const folder = place();
  startRun(train(config), { out: folder }).fail(new Error("killed"));
  expect(existsSync(join(folder, "checkpoint.safetensors"))).toBe(false);
  finish(resumeRun(folder));
  expect(contents(folder)).toEqual(contents(whole));
});

test("`until` ends the run when the last 100 episodes average that much, and is remembered", () => {
  const folder = place();
  const run = startRun(train({ ...config, episodes: 200 }), { out: folder, until: 1 });
  for (const _ of run);
  expect(run.close("finished").episodes).toBe(100);
  expect(resumeRun(folder).finished).toBe(true);
});

test("a run that is resumed with another budget records it", () => {
  const folder = place();
  finish(startRun(train(config), { out: folder }));
  finish(resumeRun(folder, { episodes: 40 }));
  const { config: now, extensions, result } = readRecord(folder);
  expect([now.episodes, result?.episodes, extensions.length]).toEqual([40, 40, 1]);
  const { steps } = readRecord(whole).result as { steps: number };
  expect(extensions).toEqual([{ atStep: steps, episodes: 40, steps: null }]);
  finish(resumeRun(folder));
  expect(readRecord(folder).extensions).toHaveLength(1);
});

test("a run that started from weights can be resumed without their file", () => {
  const from = join(whole, "checkpoint.safetensors");
  const imports = [{ module: "./walk.ts", path: "/home/me/walk.ts" }];
  const folder = place();
  const run = startRun(train({ ...config, seed: 1, from: readFileSync(from) }), { out: folder, from, imports });
  run.fail(new Error("killed"));
  expect(readRecord(folder)).toMatchObject({ from, imports });
  expect(resumeRun(folder).training.result().weightsSha256).toBe(readRecord(whole).result?.weightsSha256);
});

describe("a run in steps, of several environments, with updates before the first end of an episode", () => {
  const inSteps: TrainConfig = {
    algorithm: "a2c",
    env: "Pendulum-v1",
    steps: 1000,
    envOptions: { maxEpisodeSteps: 110 },
    options: { envs: 2, rolloutSteps: 50, hidden: [8] },
  };
  const uncut = place();
  finish(startRun(train(inSteps), { out: uncut }));

  test("has a line for every update", () => {
    const updates = readMetrics(join(uncut, "metrics.jsonl"));
    expect(updates.map(({ steps }) => steps)).toEqual(Array.from({ length: 10 }, (_, i) => 100 * (i + 1)));
    expect(updates.slice(0, 3).map(({ episodes, averageReturn }) => [episodes, Number.isNaN(averageReturn)])).toEqual([
      [0, true],
      [0, true],
      [2, false],
    ]);
    expect(readRecord(uncut).config).toMatchObject({ episodes: null, steps: 1000 });
  });

  test.each([1, 130, 480])("stopped after %d steps and resumed, it has the bytes of the uninterrupted run", (steps) => {
    const folder = place();
    const run = startRun(train(inSteps), { out: folder });
    for (let step = 0; step < steps; step += 10) run.advance(10);
    run.close("interrupted");
    expect(readRecord(folder).result?.verdict.kind).toBe("unfinished");
    finish(resumeRun(folder));
    expect(readFileSync(join(folder, "metrics.jsonl"), "utf8")).toBe(
      readFileSync(join(uncut, "metrics.jsonl"), "utf8"),
    );
    expect(
      readFileSync(join(folder, "checkpoint.safetensors")).equals(readFileSync(join(uncut, "checkpoint.safetensors"))),
    ).toBe(true);
  });

  test("a log that lacks an update without an episode is not resumed", () => {
    const folder = place();
    const run = startRun(train(inSteps), { out: folder });
    while (run.training.result().updates < 2) run.advance(10);
    run.close("interrupted");
    const log = join(folder, "metrics.jsonl");
    writeFileSync(log, `${readFileSync(log, "utf8").split("\n")[0]}\n`);
    expect(() => resumeRun(folder)).toThrow(/ends at update 1, but the checkpoint beside it is at 2/);
  });

  test("`until` ends it too", () => {
    const folder = place();
    const quick = { ...inSteps, steps: 1e6, envOptions: { maxEpisodeSteps: 2 } };
    const run = startRun(train(quick), { out: folder, until: -1000 });
    for (const _ of run);
    const { episodes, updates } = run.close("finished");
    expect({ episodes, updates }).toEqual({ episodes: 100, updates: 2 });
  });
});

test("a second process is kept out, and so is a folder without a run", () => {
  const folder = place();
  const run = startRun(train(config), { out: folder });
  expect(() => resumeRun(folder)).toThrow(/is at work in this folder/);
  run.close("interrupted");
  expect(() => resumeRun(join(folder, "nothing"))).toThrow(/^resume: got ".*nothing", allowed is the folder of a run/);
});

test("a log with missing lines is not resumed, and the lock is let go of", () => {
  const folder = place();
  finish(startRun(train(config), { out: folder }));
  rmSync(join(folder, "metrics.jsonl"));
  expect(() => resumeRun(folder)).toThrow(/metrics\.jsonl: ends at update 0, but the checkpoint beside it is at 30/);
  expect(existsSync(join(folder, "lock"))).toBe(false);
});

test("work in slices of a few milliseconds, and for await, write the bytes of the run in one piece", async () => {
  const sliced = place();
  const run = startRun(train(config), { out: sliced });
  const updates: number[] = [];
  while (!run.finished) for (const { update } of await run.work(1)) updates.push(update);
  run.close("finished");
  expect(updates).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  expect(contents(sliced)).toEqual(contents(whole));
  const awaited = place();
  const other = startRun(train(config), { out: awaited });
  for await (const _ of other);
  other.close("finished");
  expect(contents(awaited)).toEqual(contents(whole));
});

describe("a run whose environment has no snapshot()", () => {
  /** A walk to the right along ten fields, which lacks both methods of saving. */
  function walk(): Env<Float32Array, number> {
    let at = 0;
    const seen = () => Float32Array.of(at / 10);
    return {
      observationSpace: box({ low: [-1], high: [1] }),
      actionSpace: discrete(2),
      reset() {
        at = 0;
        return { observation: seen(), info: {} };
      },
      step(right) {
        at = Math.max(0, at + (right === 1 ? 1 : -1));
        return { observation: seen(), reward: at === 10 ? 1 : 0, terminated: at === 10, truncated: false, info: {} };
      },
    };
  }
  const begin = () => train({ env: walk, envOptions: { maxEpisodeSteps: 50 }, episodes: 40, options: { hidden: [4] } });

  test("trains at any checkpoint interval, and saves its last and its best policy", () => {
    const folder = place();
    const run = startRun(begin(), { out: folder, checkpointSeconds: 0 });
    expect(run.training.resumable).toBe(false);
    finish(run);
    expect(readdirSync(folder).sort()).toEqual([
      "best.safetensors",
      "metrics.jsonl",
      "run.json",
      "weights.safetensors",
    ]);
    const { policy } = loadPolicy(readFileSync(join(folder, "weights.safetensors")));
    const [a, b] = [policy, run.training.policy].map((each) =>
      each.parameters().map((weight) => [...weight.toArray()]),
    );
    expect(a).toEqual(b);
  });

  test("can't be resumed, but a new run begins with its weights", () => {
    const folder = place();
    finish(startRun(begin(), { out: folder }));
    expect(() => resumeRun(folder, { env: walk })).toThrow(
      /^resume: got .*, allowed is a run whose environment has snapshot\(\)/,
    );
    const weights = readFileSync(join(folder, "weights.safetensors"));
    const { from } = train({ env: walk, from: weights, options: { hidden: [4] } }).config;
    expect(from).toBe(readRecord(folder).result?.weightsSha256);
  });
});
