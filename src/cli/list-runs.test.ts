import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { RunRecord } from "../training/run-record.js";
import { shownRuns } from "./list-runs.js";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ascent-"));
  const make = (name: string, seed: number, learningRate: number, status: RunRecord["status"]): void => {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, "run.json"), JSON.stringify(recordOf(seed, learningRate, status)));
  };
  make("a", 0, 1e-3, "finished");
  make("study/b", 1, 1e-3, "finished");
  make("study/deep/c", 0, 1e-2, "running");
  mkdirSync(join(folder, "broken"));
  writeFileSync(join(folder, "broken/run.json"), "{");
});

function recordOf(seed: number, learningRate: number, status: RunRecord["status"]): RunRecord {
  return {
    config: {
      algorithm: "reinforce",
      env: "CartPole-v1",
      envOptions: {},
      preset: "default",
      seed: String(seed),
      episodes: 100,
      steps: null,
      stopWhenSolved: false,
      options: { learningRate, gamma: 0.99, hidden: [64, 64] },
      from: null,
      ownFeatures: false,
    },
    imports: [],
    from: null,
    until: null,
    extensions: [],
    logs: [],
    evaluation: null,
    status,
    saved: false,
    error: null,
    errorName: null,
    result: null,
    started: "2026-01-01",
    ended: null,
    seconds: 0,
    versions: { ascent: "0", node: "v20" },
  };
}

const NONE = { where: [], status: undefined, group: false };
const shown = (wanted: Partial<Parameters<typeof shownRuns>[0]>) =>
  shownRuns({ ...NONE, folder, ...wanted }, 200)
    .text.split("\n")
    .map((line) => line.split(/ {2,}/).slice(0, 2));

test("runs in subfolders are listed by their paths, and damaged and killed runs keep their mark", () => {
  expect(shown({}).slice(1).sort()).toEqual([
    ["a", "finished"],
    ["broken", "damaged"],
    ["study/b", "finished"],
    ["study/deep/c", "killed"],
  ]);
});

test("runs are filtered by settings, typed in either form, and by state", () => {
  expect(shown({ where: ["learningRate=0.001", "seed=1"] }).slice(1)).toEqual([["study/b", "finished"]]);
  expect(shown({ where: ["learning-rate=1e-2"] }).slice(1)).toEqual([["study/deep/c", "killed"]]);
  expect(shown({ status: "damaged" }).slice(1)).toEqual([["broken", "damaged"]]);
  expect(shown({ where: ["hidden=64,64", "gamma=0.99", "learning-rate=0.01"] })).toHaveLength(2);
  expect(shown({ where: ["hidden=64×64", "learning-rate=0.01"] })).toHaveLength(2);
  expect(shown({ where: ["gamma=0.5"] })).toEqual([["None of 4 runs is like that."]]);
});

test("a setting that no run has is an error with the nearest", () => {
  expect(() => shown({ where: ["learnigRate=1"] })).toThrow(/^--where: .* Did you mean learningRate\?$/);
  expect(() => shown({ where: ["gamma"] })).toThrow(
    /^--where: got "gamma", allowed is a setting of some run and its value/,
  );
});

test("groups are runs that differ in their seeds only, under the settings that differ", () => {
  const { text } = shownRuns({ ...NONE, folder, group: true }, 200);
  const rows = text.split("\n").map((line) => line.trim().split(/ {2,}/));
  expect(rows[0]).toEqual(["LEARNINGRATE", "RUNS", "STATUS", "LAST 100 (IQM)", "SOLVED"]);
  expect(rows.slice(1)).toEqual([
    ["0.001", "2", "2 finished", "-", "0"],
    ["0.01", "1", "1 killed", "-", "0"],
    ["1 damaged run is in no group."],
  ]);
});

test("a run with fast numerics says so", () => {
  const apart = mkdtempSync(join(tmpdir(), "ascent-"));
  const record = recordOf(0, 1e-3, "finished");
  const fast = { ...record, config: { ...record.config, numerics: "fast (avx2)" } };
  writeFileSync(join(apart, "run.json"), JSON.stringify(fast));
  expect(shown({ folder: apart })[1][1]).toBe("finished, fast numerics");
});
