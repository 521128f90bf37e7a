import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Env } from "../envs/env.js";
import { box, discrete } from "../spaces/index.js";
import { resume, train } from "../training/train.js";
import type { TrainConfig } from "../training/types.js";
import { readMetrics } from "./metrics.js";
import { readRecord } from "./run-record.js";
import type { SavedRun } from "./saved-run.js";
import { resumeRun, startRun } from "./start-run.js";

const config: TrainConfig = { preset: "exercise", episodes: 30, options: { hidden: [8] } };
const place = (): string => join(mkdtempSync(join(tmpdir(), "ascent-")), "run");

function finish(run: SavedRun): void {
  for (const _ of run);
  run.close("finished");
}

/** Every file of a folder with its bytes. */
function contents(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "base64")]));
}

function refusedAsItIs(folder: string, message: RegExp): void {
  const before = contents(folder);
  expect(() => resumeRun(folder)).toThrow(message);
  expect(contents(folder)).toEqual(before);
}

describe("a new run is refused before its folder is made", () => {
  test.each([
    [{ until: "x" }, /^until: got "x", allowed is an average return, or null/],
    [{ until: Number.NaN }, /^until: got NaN/],
    [{ until: Number.POSITIVE_INFINITY }, /^until: got Infinity/],
    [{ checkpointSeconds: Number.NaN }, /^checkpointSeconds: got NaN, allowed is a number of at least 0/],
    [{ checkpointSeconds: -1 }, /^checkpointSeconds: got -1/],
    [{ checkpointSecond: 1 }, /^checkpointSecond: got 1, allowed is only .*\. Did you mean checkpointSeconds\?/],
    [{ episodes: 40 }, /^episodes: got 40, allowed is only out, from, checkpointSeconds, until, imports/],
    [{ imports: ["./walk.ts"] }, /^imports: got \["\.\/walk\.ts"\], allowed is a list of \{ module, path \}/],
    [{ from: 3 }, /^from: got 3, allowed is the path of a checkpoint/],
    [{ out: "" }, /^out: got "", allowed is a folder that is new or empty/],
    [null, /^options: got null, allowed is an object of options by name/],
  ])("for %o", (options, message) => {
    const out = place();
    expect(() => startRun(train(config), (options && { out, ...options }) as object)).toThrow(message);
    expect(existsSync(out)).toBe(false);
  });

  test("for something else than a run", () => {
    const out = place();
    expect(() => startRun(config as never, { out })).toThrow(
      /^training: got \{.*\}, allowed is what train\(\) returns/,
    );
    expect(existsSync(out)).toBe(false);
  });

  test("for a run that has done updates, as its log would lack them", () => {
    const out = place();
    const training = train(config);
    training.advance();
    const again = resume(training.checkpoint());
    for (const run of [training, again])
      expect(() => startRun(run, { out })).toThrow(/^training: got "a run after update 1", allowed is a run without/);
    expect(existsSync(out)).toBe(false);
  });

  test("for a run whose environment can't be saved", () => {
    const out = place();
    const env = () => walk(() => JSON.stringify({ at: 1n }));
    expect(() => startRun(train({ env, options: { hidden: [4] } }), { out })).toThrow(/snapshot\(\) .* threw .*BigInt/);
    expect(existsSync(out)).toBe(false);
  });
});

/** A walk of six steps whose snapshot is made by `snapshot`. */
function walk(snapshot: (at: number | undefined) => string): Env<Float32Array, number> {
  let at: number | undefined;
  const observation = () => Float32Array.of(at as number);
  return {
    observationSpace: box({ low: [0], high: [6] }),
    actionSpace: discrete(2),
    reset() {
      at = 0;
      return { observation: observation(), info: {} };
    },
    step() {
      at = (at as number) + 1;
      return { observation: observation(), reward: 1, terminated: at === 6, truncated: false, info: {} };
    },
    snapshot: () => snapshot(at),
    restore(state) {
      at = Number(state);
    },
  };
}

test("an environment that has no state before its first reset is saved, with the same updates", () => {
  const env = () => walk((at) => (at as number).toString());
  const folder = place();
  const settings = { env, episodes: 4, options: { hidden: [4] } };
  finish(startRun(train(settings), { out: folder }));
  expect(readMetrics(join(folder, "metrics.jsonl"))).toEqual([...train(settings)]);
});

test("a run that has begun its first update, but not finished it, can still be saved", () => {
  const folder = place();
  const training = train(config);
  training.advance(5);
  finish(startRun(training, { out: folder }));
  expect(readMetrics(join(folder, "metrics.jsonl"))).toEqual([...train(config)]);
});

test("updates that are made beside a saved run are an error, and its folder stays good", () => {
  const folder = place();
  const training = train(config);
  const run = startRun(training, { out: folder });
  run.advance();
  run.save();
  training.advance();
  expect(() => run.save()).toThrow(/^training\.updates: got 2, allowed is 1, as many as the log has/);
  expect(() => run.advance()).toThrow(/^training\.updates: got 2, allowed is 1/);
  expect(() => run.close("interrupted")).toThrow(/^training\.updates: got 3, allowed is 1/);
  run.fail(new Error("advanced beside"));
  finish(resumeRun(folder));
  expect(readMetrics(join(folder, "metrics.jsonl"))).toEqual([...train(config)]);
});

test("a run can be closed twice, and fails no more after that; it can't go on", () => {
  const folder = place();
  const run = startRun(train(config), { out: folder });
  run.advance();
  const result = run.close("interrupted");
  const before = contents(folder);
  expect(run.close("finished")).toEqual(result);
  run.fail(new Error("too late"));
  expect(() => run.advance()).toThrow(/^run: got "a closed run", allowed is one that is open; resumeRun/);
  expect(() => run.save()).toThrow(/^run: got "a closed run"/);
  expect(contents(folder)).toEqual(before);
});

test("a run is closed as finished or interrupted, and goes on after another word", () => {
  const folder = place();
  const run = startRun(train(config), { out: folder });
  run.advance();
  expect(() => run.close("done" as never)).toThrow('close: got "done", allowed is finished or interrupted');
  finish(run);
  expect(readRecord(folder).status).toBe("finished");
});

describe("a folder is not resumed, and left as it is,", () => {
  const folder = place();
  finish(startRun(train(config), { out: folder }));
  const copy = (): string => {
    const other = place();
    cpSync(folder, other, { recursive: true });
    return other;
  };

  test("if its checkpoint is of another run", () => {
    const other = place();
    const run = startRun(train({ ...config, seed: 1, episodes: 12 }), { out: other });
    finish(run);
    const mixed = copy();
    cpSync(join(other, "checkpoint.safetensors"), join(mixed, "checkpoint.safetensors"));
    refusedAsItIs(
      mixed,
      /run\.json: is not of the same run as the checkpoint beside it: config\.seed is "0" here and "1" there\. Put back/,
    );
  });

  test.each([
    ["learningRate", /config\.options\.learningRate is 0\.5 here and 0\.001 there/],
    ["episodes", /config\.episodes is 60 here and 30 there\. .* Only the end of a run can be changed, by resuming it/],
    ["misspelt", /config\.options\.learningrate is 1 here and undefined there/],
  ] as const)("if its run.json was edited: %s", (what, message) => {
    const edited = copy();
    const record = readRecord(edited);
    const { options } = record.config;
    const changed = {
      learningRate: { options: { ...options, learningRate: 0.5 } },
      episodes: { episodes: 60 },
      misspelt: { options: { ...options, learningrate: 1 } },
    }[what];
    writeFileSync(join(edited, "run.json"), JSON.stringify({ ...record, config: { ...record.config, ...changed } }));
    refusedAsItIs(edited, message);
  });

  test("if its log is of another run with the same settings", () => {
    const other = copy();
    const log = join(other, "metrics.jsonl");
    writeFileSync(log, readFileSync(log, "utf8").replaceAll(/"averageReturn":/g, '"averageReturn":1'));
    refusedAsItIs(other, /metrics\.jsonl, line 30: is of another run than the checkpoint beside it/);
  });

  test.each(["finished", "killed"])("if the checkpoint of a %s run is lost", (how) => {
    const lost = how === "finished" ? copy() : place();
    if (how === "killed") {
      const run = startRun(train(config), { out: lost });
      run.advance();
      run.save();
      run.fail(new Error("killed"));
      expect(readRecord(lost).result).toBe(null);
    }
    rmSync(join(lost, "checkpoint.safetensors"));
    refusedAsItIs(
      lost,
      /checkpoint\.safetensors: is missing, though this run has had one: put it back from a copy, or begin a new run/,
    );
  });

  test("if an option is misspelt or out of range", () => {
    const before = contents(folder);
    expect(() => resumeRun(folder, { untill: 3 } as object)).toThrow(/^untill: got 3.*Did you mean until\?/);
    expect(() => resumeRun(folder, { checkpointSeconds: -1 })).toThrow(/^checkpointSeconds: got -1/);
    expect(() => resumeRun(folder, { episodes: Number.NaN })).toThrow(/^episodes: got NaN/);
    expect(() => resumeRun(3 as never)).toThrow(/^resume: got 3, allowed is the folder of a run/);
    expect(contents(folder)).toEqual(before);
  });
});

test("a budget that was given when a run was resumed stays, although it was killed before its next checkpoint", () => {
  const folder = place();
  finish(startRun(train(config), { out: folder }));
  resumeRun(folder, { episodes: 40, stopWhenSolved: true }).fail(new Error("killed"));
  finish(resumeRun(folder));
  const { config: now, extensions, result } = readRecord(folder);
  expect([now.episodes, now.stopWhenSolved, extensions.length, result?.episodes]).toEqual([40, true, 1, 40]);
});
