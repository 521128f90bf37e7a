/** The logs of a saved run: by name and as sinks, in a new run and in a resumed one. */

import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { train } from "../../training/train.js";
import type { TrainConfig, Update } from "../../training/types.js";
import { readMetrics } from "../metrics.js";
import { readRecord } from "../run-record.js";
import { resumeRun, startRun } from "../start-run.js";
import { registerLog } from "./log-names.js";
import type { LoggedRun, LogSink } from "./log-sink.js";

const config: TrainConfig = { preset: "exercise", episodes: 30, seed: 4, options: { hidden: [8] } };
const place = (): string => join(mkdtempSync(join(tmpdir(), "ascent-")), "run");
const csvOf = (folder: string): string => readFileSync(join(folder, "progress.csv"), "utf8");
/** Without the time and the speed. */
const untimed = (csv: string): string => csv.replaceAll(/^(\d+,\d+),[^,]*,[^,]*/gm, "$1");

/** A sink that remembers what was called. It uses `this`, as an object of a class does. */
function recorder(): LogSink & { readonly calls: string[] } {
  return {
    calls: [],
    write({ update }: Update) {
      this.calls.push(`write ${update}`);
    },
    close() {
      this.calls.push("close");
    },
  };
}

test("a new run writes every log, and closes it once", () => {
  const folder = place();
  const sink = recorder();
  const run = startRun(train(config), { out: folder, log: ["csv", "tensorboard", sink] });
  for (const _ of run);
  run.close("finished");
  run.close("finished");
  expect(sink.calls).toEqual([...Array.from({ length: 30 }, (_, i) => `write ${i + 1}`), "close"]);
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(["progress.csv", "events.out.tfevents.000001.ascent"]));
  expect(csvOf(folder).split("\r\n")).toHaveLength(1 + 30 + 1);
  const { lengths } = readMetrics(join(folder, "metrics.jsonl"))[0];
  expect(csvOf(folder).split("\r\n")[1]).toMatch(
    new RegExp(`^1,${lengths[0]},[^,]*,\\d+,${lengths[0]},${lengths[0]},`),
  );
});

test("a resumed run goes on with the logs that it began with, without a row too many or too few", () => {
  const [whole, folder] = [place(), place()];
  const all = startRun(train(config), { out: whole, log: ["csv"] });
  for (const _ of all);
  all.close("finished");
  const first = startRun(train(config), { out: folder, log: ["csv", recorder()] });
  for (let update = 0; update < 12; update++) first.advance();
  first.save();
  const saved = csvOf(folder);
  for (let update = 0; update < 5; update++) first.advance();
  first.fail(new Error("as if killed"));
  expect(csvOf(folder).length).toBeGreaterThan(saved.length);
  expect(readRecord(folder).logs).toEqual(["csv"]);
  const later = resumeRun(folder);
  expect(csvOf(folder)).toBe(saved);
  for (const _ of later);
  later.close("finished");
  expect(untimed(csvOf(folder))).toBe(untimed(csvOf(whole)));
});

test("a registered log is opened for the run, with what it has done", () => {
  const opened: LoggedRun[] = [];
  const open = (run: LoggedRun): LogSink => {
    opened.push(run);
    return { write() {} };
  };
  registerLog("mine", open);
  registerLog("mine", open);
  const folder = place();
  const run = startRun(train(config), { out: folder, log: ["mine"] });
  for (let update = 0; update < 3; update++) run.advance();
  run.close("interrupted");
  resumeRun(folder).close("interrupted");
  const [first, later] = opened;
  expect(first).toMatchObject({ folder, updates: 0, steps: 0, lengths: [] });
  const done = readMetrics(join(folder, "metrics.jsonl"));
  expect(later).toMatchObject({ updates: 3, steps: done[2].steps, lengths: done.flatMap(({ lengths }) => lengths) });
  expect(() => registerLog("mine", () => ({ write() {} }))).toThrow(/^name: got "mine", allowed is a name that is not/);
  expect(() => registerLog("my log", open)).toThrow(/^name: got "my log", allowed is letters/);
});

test("a run whose log is not registered is refused as it is", () => {
  const folder = place();
  const run = startRun(train(config), { out: folder });
  run.advance();
  run.close("interrupted");
  expect(() => resumeRun(folder, { log: ["none"] })).toThrow(/^log: got "none", allowed is tensorboard, csv, mine, or/);
  expect(readRecord(folder).status).toBe("interrupted");
});

test("an error of a sink ends the call that made the update", () => {
  const run = startRun(train(config), {
    out: place(),
    log: [
      {
        write() {
          throw new Error("the network is down");
        },
      },
    ],
  });
  expect(() => run.advance()).toThrow("the network is down");
  run.fail(new Error("the network is down"));
});
