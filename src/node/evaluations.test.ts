/** Evaluations in the course of a saved run. */

import { appendFileSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { AnyAsyncEnv } from "../envs/async-env.js";
import type { Env } from "../envs/env.js";
import { make } from "../envs/registry.js";
import { box, discrete } from "../spaces/index.js";
import { loadPolicy, train } from "../training/train.js";
import type { TrainConfig } from "../training/types.js";
import { type RunEvaluation, readEvaluations } from "./evaluation-log.js";
import { readRecord } from "./run-record.js";
import type { StartOptions } from "./save-options.js";
import type { SavedRun } from "./saved-run.js";
import { resumeRun, startRun } from "./start-run.js";

const config: TrainConfig<"a2c", "CartPole-v1"> = {
  algorithm: "a2c",
  env: "CartPole-v1",
  steps: 640,
  seed: 3,
  options: { envs: 4, rolloutSteps: 10, hidden: [8] },
};
/** An update has 40 steps, so the updates after 120, 200, 320, 400, 520 and 600 steps are evaluated. */
const options: StartOptions = { evalEvery: 100, evalEpisodes: 3 };
const STEPS = [120, 200, 320, 400, 520, 600];

const place = (): string => join(mkdtempSync(join(tmpdir(), "ascent-")), "run");
const logOf = (folder: string): string => readFileSync(join(folder, "evaluations.jsonl"), "utf8");
const bytesOf = (folder: string, name: string): string => readFileSync(join(folder, name), "base64");

function finish(run: SavedRun): string {
  for (const _ of run);
  return run.close("finished").weightsSha256;
}

const whole = place();
const seen: (readonly [string, number])[] = [];
const sink = {
  write: ({ steps }: { steps: number }) => void seen.push(["update", steps]),
  evaluated: ({ steps }: RunEvaluation) => void seen.push(["evaluated", steps]),
};
const hash = finish(startRun(train(config), { out: whole, ...options, log: [sink] }));
const evaluations = readEvaluations(join(whole, "evaluations.jsonl"));

test("the policy is evaluated after the update that passes each multiple, and a sink learns of it", () => {
  expect(evaluations.map(({ steps }) => steps)).toEqual(STEPS);
  expect(evaluations.map(({ update }) => update)).toEqual(STEPS.map((steps) => steps / 40));
  expect(evaluations.every(({ returns, lengths }) => returns.length === 3 && lengths.length === 3)).toBe(true);
  expect(seen.slice(0, 4)).toEqual([
    ["update", 40],
    ["update", 80],
    ["update", 120],
    ["evaluated", 120],
  ]);
});

test("training has the same bits as without", () => {
  const plain = place();
  expect(finish(startRun(train(config), { out: plain }))).toBe(hash);
  for (const name of ["metrics.jsonl", "checkpoint.safetensors", "best.safetensors"])
    expect(bytesOf(whole, name)).toBe(bytesOf(plain, name));
});

test("in small pieces, each update is returned after its evaluation, and the file is the same", () => {
  const folder = place();
  const run = startRun(train(config), { out: folder, ...options });
  const known: number[] = [];
  while (!run.finished) {
    const update = run.advance(2);
    if (update !== undefined && STEPS.includes(update.steps)) known.push(run.evaluation?.steps ?? 0);
  }
  run.close("finished");
  expect(known).toEqual(STEPS);
  expect(logOf(folder)).toBe(logOf(whole));
});

test("stopped in the middle of an evaluation and resumed, the run plays it again from its beginning", () => {
  const folder = place();
  const run = startRun(train(config), { out: folder, ...options, best: "evaluation", log: [] });
  while (run.training.updates < 8) run.advance(1);
  run.advance(1);
  expect(run.evaluation?.steps).toBe(200);
  run.close("interrupted");
  expect(readEvaluations(join(folder, "evaluations.jsonl"))).toHaveLength(2);
  finish(resumeRun(folder));
  expect(logOf(folder)).toBe(logOf(whole));
});

test("a run that was killed cuts the evaluations after its checkpoint, and repeats no other", () => {
  const folder = place();
  const run = startRun(train(config), { out: folder, ...options });
  while ((run.advance()?.steps ?? 0) < 400);
  run.close("interrupted");
  const before = logOf(folder);
  const lost = JSON.stringify({ ...evaluations[4], mean: 1e6 });
  appendFileSync(join(folder, "evaluations.jsonl"), `${lost}\n{"upd`);
  const resumed = resumeRun(folder);
  expect(logOf(folder)).toBe(before);
  expect(resumed.evaluation).toEqual(evaluations[3]);
  finish(resumed);
  expect(logOf(folder)).toBe(logOf(whole));
});

test("with best: evaluation, the best policy is that of the best evaluation, also after a resume", () => {
  const folder = place();
  const run = startRun(train(config), { out: folder, ...options, best: "evaluation", evalDeterministic: true });
  const policies = new Map<number, string>();
  for (const { steps } of run) {
    policies.set(steps, Buffer.from(run.training.weights()).toString("base64"));
    if (steps === 360) break;
  }
  run.close("interrupted");
  const resumed = resumeRun(folder);
  for (const { steps } of resumed) policies.set(steps, Buffer.from(resumed.training.weights()).toString("base64"));
  resumed.close("finished");
  const all = readEvaluations(join(folder, "evaluations.jsonl"));
  const best = all.reduce((a, b) => (b.mean > a.mean ? b : a));
  expect(new Set(all.map(({ mean }) => mean)).size).toBeGreaterThan(1);
  expect(bytesOf(folder, "best.safetensors")).toBe(policies.get(best.steps));
  expect(loadPolicy(readFileSync(join(folder, "best.safetensors"))).config.algorithm).toBe("a2c");
  expect(readRecord(folder).evaluation).toEqual({
    every: 100,
    episodes: 3,
    deterministic: true,
    best: "evaluation",
    envOptions: {},
  });
});

test("evaluations have environment options of their own, also after a resume, and training has the same bits", () => {
  const folder = place();
  const run = startRun(train(config), { out: folder, ...options, evalEnvOptions: { maxEpisodeSteps: 3 } });
  while ((run.advance()?.steps ?? 0) < 320);
  run.close("interrupted");
  expect(finish(resumeRun(folder))).toBe(hash);
  const found = readEvaluations(join(folder, "evaluations.jsonl"));
  expect(found.map(({ steps, lengths }) => [steps, ...lengths])).toEqual(STEPS.map((steps) => [steps, 3, 3, 3]));
  expect(readRecord(folder).evaluation?.envOptions).toEqual({ maxEpisodeSteps: 3 });
});

/** Episodes of `length` steps with a reward of 1 each. */
function counting(length = 5): Env<Float32Array, number> {
  let step = 0;
  const observe = (): Float32Array => Float32Array.of(step);
  return {
    observationSpace: box({ low: 0, high: 9, shape: [1] }),
    actionSpace: discrete(2),
    reset() {
      step = 0;
      return { observation: observe(), info: {} };
    },
    step: () => ({ observation: observe(), reward: 1, terminated: ++step === length, truncated: false, info: {} }),
    snapshot: () => step,
    restore(state) {
      step = state as number;
    },
  };
}

function late(length?: number): AnyAsyncEnv {
  const env = counting(length);
  return {
    ...env,
    asynchronous: true,
    reset: async (given) => env.reset(given),
    step: async (action) => env.step(action as number),
  };
}

const own = { ...config, env: () => counting() };

test("an environment that a function made is evaluated in another of one's own", () => {
  const out = place();
  finish(startRun(train(own), { out, ...options, evalEnv: () => counting(7) }));
  const found = readEvaluations(join(out, "evaluations.jsonl"));
  expect(found.map(({ steps, mean }) => [steps, mean])).toEqual(STEPS.map((steps) => [steps, 7]));
});

test("asynchronous runs are evaluated too, also when they are resumed, and a loop that doesn't wait is an error", async () => {
  const out = place();
  const how = { env: () => late(), evalEnv: () => late(7) };
  const run = startRun(train({ ...config, env: how.env }), { out, ...options, evalEnv: how.evalEnv });
  while (run.training.updates < 3) await run.advanceAsync(1);
  expect(() => run.advance(1)).toThrow(/^advance: got "a loop that does not wait"/);
  run.close("interrupted");
  const resumed = resumeRun(out, how);
  for await (const _ of resumed);
  resumed.close("finished");
  const found = readEvaluations(join(out, "evaluations.jsonl"));
  expect(found.map(({ steps, mean }) => [steps, mean])).toEqual(STEPS.map((steps) => [steps, 7]));
});

describe("before a folder is made, the error names the option", () => {
  test.each([
    [{ evalEvery: 0 }, /^evalEvery: got 0, allowed is a whole number from 1 to/],
    [{ evalEvery: 10, evalEpisodes: 1.5 }, /^evalEpisodes: got 1\.5/],
    [{ evalEpisodes: 5 }, /^evalEpisodes: got 5, allowed is nothing, unless evalEvery is set/],
    [{ evalDeterministic: true }, /^evalDeterministic: got true, allowed is nothing, unless evalEvery is set/],
    [{ best: "evaluation" }, /^best: got "evaluation", allowed is nothing, unless evalEvery is set/],
    [{ evalEvery: 10, best: "evalation" }, /^best: got "evalation".*Did you mean evaluation\?/],
    [{ evalEvry: 10 }, /^evalEvry: got 10.*Did you mean evalEvery\?/],
    [{ evalEvery: 10, evalEnv: "CartPole-v1" }, /^evalEnv: got "CartPole-v1", allowed is a function/],
    [{ evalEvery: 10, evalEnv: () => make("Acrobot-v1") }, /^env\.actionSpace/],
    [
      { evalEvery: 10, evalEnv: () => late() },
      /^evalEnv: got "an asynchronous environment", allowed is one that answers/,
    ],
    [{ evalEnv: () => make("CartPole-v1") }, /^evalEnv: got .*, allowed is nothing, unless evalEvery is set/],
    [{ evalEnvOptions: {} }, /^evalEnvOptions: got {}, allowed is nothing, unless evalEvery is set/],
    [{ evalEvery: 10, evalEnvOptions: 3 }, /^evalEnvOptions: got 3, allowed is an object/],
    [
      { evalEvery: 10, evalEnvOptions: { maxEpisodeStep: 3 } },
      /^evalEnvOptions\.maxEpisodeStep: got 3.*Did you mean maxEpisodeSteps\?/,
    ],
    [{ evalEvery: 10, evalEnvOptions: { maxEpisodeSteps: -3 } }, /^evalEnvOptions\.maxEpisodeSteps: got -3, allowed/],
    [
      { evalEvery: 10, evalEnv: () => make("CartPole-v1"), evalEnvOptions: { maxEpisodeSteps: 3 } },
      /^evalEnvOptions: got .*, allowed is nothing beside evalEnv/,
    ],
    [{ log: ["tensorbord"] }, /^log: got "tensorbord", allowed is tensorboard, csv, .*Did you mean tensorboard\?/],
    [{ log: "csv" }, /^log: got "csv", allowed is a list of tensorboard, csv, or an object with write\(update\)/],
    [{ log: [{ writes() {} }] }, /^log: got /],
  ])("%o", (given, message) => {
    const out = place();
    expect(() => startRun(train(config), { out, ...given } as StartOptions)).toThrow(message);
    expect(() => readFileSync(out)).toThrow(/ENOENT/);
  });

  test("evaluations of an environment without a name need evalEnv", () => {
    expect(() => startRun(train(own), { out: place(), ...options })).toThrow(
      /^evalEnv: got undefined, allowed is evalEnv/,
    );
  });
});
