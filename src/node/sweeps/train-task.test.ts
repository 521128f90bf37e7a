import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { register } from "../../envs/registry.js";
import { box, discrete } from "../../spaces/index.js";
import { runId } from "../../sweeps/plan.js";
import { trainNamed } from "../../training/train.js";
import type { NamedConfig } from "../../training/types.js";
import { takeLock } from "../lock.js";
import { readRecord } from "../run-record.js";
import { resumeRun, startRun } from "../start-run.js";
import { readOutcome } from "./outcome-file.js";
import type { RunNews, Task } from "./task.js";
import { trainTask } from "./train-task.js";

/** A walk whose 300th step pays something else. */
function walk(late: () => number) {
  let place = 0;
  let steps = 0;
  const observation = () => ({ observation: Float32Array.of(place), info: {} });
  return {
    observationSpace: box({ low: -9, high: 9, shape: [1] }),
    actionSpace: discrete(2),
    reset: () => {
      place = 0;
      return observation();
    },
    step: (action: number) => {
      place += action === 1 ? 1 : -1;
      const reward = ++steps < 300 ? 1 : late();
      return { ...observation(), reward, terminated: Math.abs(place) > 3, truncated: false };
    },
    snapshot: () => [place, steps],
    restore: (saved: unknown) => {
      [place, steps] = saved as [number, number];
    },
  };
}
let broken = true;
register({ id: "TaskOverflows-v0", create: () => walk(() => 1e300), summary: "returns that overflow" });
register({
  id: "TaskBreaks-v0",
  create: () =>
    walk(() => {
      if (broken) throw new Error("the leg is broken");
      return 1;
    }),
  summary: "a walk that ends by an error",
});
register({
  id: "TaskForgets-v0",
  create: () => ({ ...walk(() => 1), snapshot: undefined, restore: undefined }),
  summary: "a walk that can't be saved",
});

function taskOf(config: NamedConfig, given: Partial<Task> = {}): Task {
  const resolved = trainNamed({ env: "CartPole-v1", ...config, options: { hidden: [8], ...config.options } }).config;
  const folder = join(mkdtempSync(join(tmpdir(), "ascent-task-")), "run");
  const id = runId(resolved, null);
  return { id, cell: 0, config: resolved, until: null, folder, imports: [], pauseAt: 1, endHopeless: false, ...given };
}

async function newsOf(task: Task, stopped: () => boolean = () => false): Promise<RunNews | undefined> {
  const news: RunNews[] = [];
  await trainTask(task, { stopped, tell: (one) => news.push(one) });
  return news.filter(({ kind }) => kind !== "progress")[0];
}

const EXACT = ["checkpoint.safetensors", "best.safetensors", "metrics.jsonl", "outcome.json"];
function filesOf({ folder }: Task): Record<string, string> {
  const names = readdirSync(folder).filter((name) => EXACT.includes(name));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name)).toString("base64")]));
}

/** Stops at the n-th look. */
function after(looks: number): () => boolean {
  let seen = 0;
  return () => ++seen > looks;
}

test("a run that is stopped and resumed leaves the bytes of one that was not", async () => {
  const task = taskOf({ episodes: 40 });
  expect(await newsOf(task)).toMatchObject({ kind: "done", id: task.id, outcome: { end: "finished", episodes: 40 } });
  const again = taskOf({ episodes: 40 });
  for (let look = 1; look < 4; look++) expect(await newsOf(again, after(look))).toBeUndefined();
  expect(readRecord(again.folder).status).toBe("interrupted");
  expect(await newsOf(again)).toMatchObject({ kind: "done" });
  expect(filesOf(again)).toEqual(filesOf(task));
  expect(Object.keys(filesOf(task)).sort()).toEqual([...EXACT].sort());
});

test("a finished run of other settings in its folder is not taken for it", async () => {
  const other = taskOf({ episodes: 10 });
  await newsOf(other);
  const { folder } = other;
  expect(await newsOf(taskOf({ episodes: 12 }, { folder }))).toMatchObject({
    kind: "broken",
    error: { message: `${folder}: holds a run of other settings than the sweep trains here. Move it elsewhere` },
  });
});

test("a run that has ended is not trained again, and its outcome is that of its files", async () => {
  const task = taskOf({ episodes: 30 });
  const first = await newsOf(task);
  const { started, ended } = readRecord(task.folder);
  expect(await newsOf(task)).toEqual(first);
  expect(readRecord(task.folder)).toMatchObject({ started, ended });
  const kept = readOutcome(task.folder);
  rmSync(join(task.folder, "outcome.json"));
  expect(readOutcome(task.folder)).toEqual(kept);
  expect(first).toMatchObject({ outcome: kept });
  // Resumed by hand, it has another end.
  const longer = resumeRun(task.folder, { episodes: 50 });
  for (const _ of longer);
  longer.close("finished");
  expect(readOutcome(task.folder).episodes).toBe(50);
});

test("a run pauses with the first update at a share of its budget, and goes on to the bytes of one that did not", async () => {
  const whole = taskOf({ episodes: 40 });
  await newsOf(whole);
  const task = taskOf({ episodes: 40 });
  const quarter = await newsOf({ ...task, pauseAt: 0.25 });
  expect(quarter).toMatchObject({ outcome: { end: "stopped", episodes: 10, config: { episodes: 40 } } });
  await newsOf(task);
  expect(filesOf(task)).toEqual(filesOf(whole));
  // What was decided by it can be decided again.
  expect(await newsOf({ ...task, pauseAt: 0.25 })).toEqual(quarter);
});

test("a run without a gradient is ended at half of its budget, only where that is asked for", async () => {
  // The mean over one episode of one step is its return.
  const options = { baseline: "mean", episodesPerUpdate: 1 };
  const task = taskOf({ env: "OneStep-v0", episodes: 40, options });
  const half = await newsOf({ ...task, endHopeless: true });
  expect(half).toMatchObject({ outcome: { end: "stopped", verdict: "no-gradient", episodes: 20 } });
  // It stays so, also if it was killed before that was written down.
  rmSync(join(task.folder, "outcome.json"));
  expect(await newsOf({ ...task, endHopeless: true })).toEqual(half);
  const other = taskOf({ env: "OneStep-v0", episodes: 40, options });
  expect(await newsOf(other)).toMatchObject({ outcome: { end: "finished", verdict: "no-gradient", episodes: 40 } });
});

test("a run that diverged is done, with the checkpoint of its last update whenever it was saved", async () => {
  const config = { env: "TaskOverflows-v0", episodes: 200 };
  const task = taskOf(config);
  const news = await newsOf(task);
  expect(news).toMatchObject({ outcome: { end: "diverged", weightsSha256: null } });
  const late = taskOf(config);
  // The last checkpoint is in the middle of the update that fails.
  const run = startRun(trainNamed({ ...config, options: { hidden: [8] } }), { out: late.folder });
  try {
    for (let slice = 0; !run.finished; slice++) {
      run.advance(1);
      if (slice > 250 && slice % 10 === 0) run.save();
    }
  } catch (error) {
    run.fail(error as Error);
  }
  expect(filesOf(late)["checkpoint.safetensors"]).not.toBe(filesOf(task)["checkpoint.safetensors"]);
  expect(await newsOf(late)).toEqual(news);
  expect(filesOf(late)).toEqual(filesOf(task));
  expect(await newsOf(late)).toEqual(news);
});

test("a run whose environment failed is tried again from its checkpoint", async () => {
  const task = taskOf({ env: "TaskBreaks-v0", episodes: 60 });
  broken = true;
  const failed = { end: "failed", error: "step() of the environment threw at step 300: the leg is broken" };
  expect(await newsOf(task)).toMatchObject({ outcome: failed });
  broken = false;
  expect(await newsOf(task)).toMatchObject({ outcome: { end: "finished", error: null, episodes: 60 } });
});

test("a run that can't be saved is trained anew", async () => {
  const task = taskOf({ env: "TaskForgets-v0", episodes: 60 });
  expect(await newsOf(task, after(2))).toBeUndefined();
  expect(await newsOf(task)).toMatchObject({ outcome: { end: "finished", episodes: 60 } });
});

test("a run that another process trains is left to it, and one that can't be trained says why", async () => {
  const task = taskOf({ episodes: 10 });
  await newsOf(task, after(0));
  const lock = takeLock(task.folder);
  expect(await newsOf(task)).toEqual({ kind: "held", id: task.id, by: `process ${process.pid}` });
  lock.release();
  writeFileSync(join(task.folder, "checkpoint.safetensors"), "damaged");
  expect(await newsOf(task)).toMatchObject({ kind: "broken", error: { name: "CorruptFileError" } });
  expect(await newsOf({ ...task, folder: taskOf({ episodes: 11 }).folder, id: "0" })).toMatchObject({ kind: "done" });
  const gone = { module: "./gone.mjs", path: join(task.folder, "gone.mjs") };
  expect(await newsOf({ ...task, imports: [gone] })).toMatchObject({ kind: "broken", error: { name: "FileError" } });
});
