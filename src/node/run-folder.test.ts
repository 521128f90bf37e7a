import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { RunRecord } from "../training/run-record.js";
import { createFolder, findRun, listRuns, runName } from "./run-folder.js";
import { readRecord } from "./run-record.js";

const config = {
  algorithm: "reinforce",
  env: "CartPole-v1",
  envOptions: {},
  preset: "default",
  seed: "0",
  episodes: 10,
  steps: null,
  stopWhenSolved: true,
  options: {},
  from: null,
  ownFeatures: false,
};
const record: RunRecord = {
  config,
  imports: [],
  from: null,
  until: null,
  extensions: [],
  logs: [],
  evaluation: null,
  status: "running",
  saved: false,
  error: null,
  errorName: null,
  result: null,
  started: "2026-01-01T00:00:00.000Z",
  ended: null,
  seconds: 0,
  versions: { ascent: "0", node: "0" },
};

let place = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "ascent-"));
});

test("the name of a run has its algorithm, environment and seed, and its preset if it is not the default", () => {
  expect(runName(config)).toBe("reinforce-CartPole-v1-seed0");
  expect(runName({ ...config, preset: "lecture", env: "mine/Game:A-v0", seed: "7" })).toBe(
    "reinforce-lecture-mine-Game-A-v0-seed7",
  );
});

test("a folder appears with its record and lock inside, and nothing beside it", () => {
  const { folder, lock } = createFolder(record, join(place, "new/one"));
  expect(readdirSync(join(place, "new"))).toEqual(["one"]);
  expect(readdirSync(folder).sort()).toEqual(["lock", "run.json"]);
  lock.release();
  expect(readdirSync(folder)).toEqual(["run.json"]);
});

test("an empty folder is used as it is", () => {
  expect(readdirSync(createFolder(record, place).folder).sort()).toEqual(["lock", "run.json"]);
});

test("the remains of a process that was killed at its start count as an empty folder", () => {
  writeFileSync(join(place, "lock"), JSON.stringify({ pid: 2 ** 22 + 1, began: "1" }));
  writeFileSync(join(place, "run.json.partial"), '{"config"');
  expect(readdirSync(createFolder(record, place).folder).sort()).toEqual(["lock", "run.json"]);
});

test("a folder with another run, or with anything else, is refused", () => {
  const first = join(place, "first");
  createFolder(record, first);
  expect(() => createFolder(record, first)).toThrow(
    /^out: got ".*first", allowed is a folder that is new or empty; this one holds another run/,
  );
  const other = join(place, "other");
  mkdirSync(other);
  writeFileSync(join(other, "thesis.tex"), "");
  expect(() => createFolder(record, other)).toThrow(/this one holds thesis\.tex/);
  expect(readdirSync(other)).toEqual(["thesis.tex"]);
});

test("a folder that can't be made is an error that names it, and leaves nothing behind", () => {
  writeFileSync(join(place, "file"), "");
  expect(() => createFolder(record, join(place, "file/run"))).toThrow(
    /file\/run: can't be read: part of the path is a file/,
  );
  expect(readdirSync(place)).toEqual(["file"]);
});

test("runs are listed newest first; a damaged one is shown as such and other folders are passed over", () => {
  for (const [name, started] of [
    ["old", "2026-01-01"],
    ["new", "2026-02-01"],
  ])
    createFolder({ ...record, started }, join(place, name)).lock.release();
  mkdirSync(join(place, "notes"));
  mkdirSync(join(place, "broken"));
  writeFileSync(join(place, "broken/run.json"), '{"config":');
  expect(listRuns(place).map(({ name, problem }) => [name, problem?.replace(place, "")])).toEqual([
    ["new", undefined],
    ["old", undefined],
    ["broken", '/broken/run.json: is not the record of a run: "{\\"config\\":"'],
  ]);
});

test("a run is found by its path; an unknown one is an error", () => {
  const folder = join(place, "mine");
  createFolder(record, folder);
  expect(findRun(folder)).toBe(folder);
  expect(() => findRun(join(place, "yours"))).toThrow(/^run: got ".*yours", allowed is a folder that holds run\.json/);
});

test("a record of an earlier version, without imports and extensions, has none of them", () => {
  const { imports: _, from: __, extensions: ___, ...earlier } = record;
  writeFileSync(join(place, "run.json"), JSON.stringify(earlier));
  expect(readRecord(place)).toEqual(record);
  writeFileSync(join(place, "run.json"), JSON.stringify({ ...record, imports: ["./walk.ts"] }));
  expect(() => readRecord(place)).toThrow(/run\.json: is not the record of a run/);
});

test("a name that is too long is named, and no folder on the way to it stays", () => {
  const place = mkdtempSync(join(tmpdir(), "ascent-"));
  const out = join(place, "a", "b", "x".repeat(300));
  expect(() => createFolder(record, out)).toThrow(
    /the folder can't be made: a name in it is too long \(ENAMETOOLONG\)$/,
  );
  expect(readdirSync(place)).toEqual([]);
});
