import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { train } from "../train.js";
import type { TrainConfig } from "../training.js";
import { readMetrics } from "./metrics.js";
import { readRecord } from "./run-record.js";
import { resumeRun, type SavedRun, startRun } from "./saved-run.js";

const config: TrainConfig = { preset: "exercise", episodes: 30, options: { hidden: [8] } };
const place = (): string => join(mkdtempSync(join(tmpdir(), "ascent-")), "run");
/** The files whose bytes nothing but the config decides. */
const EXACT = ["checkpoint.safetensors", "best.safetensors", "metrics.jsonl"];

function contents(folder: string): string[] {
  return EXACT.map((name) => readFileSync(join(folder, name)).toString("base64"));
}

function finish(run: SavedRun): void {
  while (!run.finished) run.work(5);
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
  "stopped after %d steps, in the middle of an episode, and resumed: the bytes of the run nobody stopped",
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

test("a run that was killed before its first checkpoint begins again", () => {
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
