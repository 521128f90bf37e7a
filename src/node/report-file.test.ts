import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { train } from "../training/train.js";
import { writeReport } from "./report-file.js";
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
