import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runReport } from "../report/run-report.js";
import { train } from "../training/train.js";
import { writeReport } from "./report-file.js";
import { readRecord } from "./run-record.js";
import { startRun } from "./start-run.js";

test("a report is written unless it is stopped on the way", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "ascent-")), "run");
  const run = startRun(train({ preset: "exercise", episodes: 3, options: { hidden: [4] } }), { out: folder });
  for (const _ of run);
  run.close("finished");
  expect(await writeReport(run, () => true)).toBe(false);
  expect(readdirSync(folder)).not.toContain("report.html");
  expect(await writeReport(run, () => false)).toBe(true);
  expect(readdirSync(folder)).toContain("report.html");
});

test("a report made in memory is the one of the run's folder", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "ascent-")), "run");
  const config = { algorithm: "ppo", steps: 2048, options: { hidden: [4] } } as const;
  const saved = startRun(train(config), { out: folder });
  for (const _ of saved);
  saved.close("finished");
  await writeReport(saved, () => false);
  const { started, seconds, versions, extensions } = readRecord(folder);
  const run = train(config);
  const html = await runReport(run, [...run], { started, seconds, versions, extensions });
  expect(html).toBe(readFileSync(join(folder, "report.html"), "utf8"));
});
