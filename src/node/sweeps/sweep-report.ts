import { join } from "node:path";
import { shellWord } from "../../report/flag-text.js";
import { sweepHtml } from "../../report/sweep/page.js";
import type { SweepSummary } from "../../sweeps/summary.js";
import { REPORT } from "../run-folder.js";
import { writeShared } from "../write-file.js";

/** Writes `report.html` to the folder of a sweep. @throws FileError */
export function writeSweepReport(folder: string, summary: SweepSummary): void {
  const command = `npx ascent sweep --resume ${shellWord(folder)} --seeds ${2 * summary.plan.seeds.length}`;
  writeShared(join(folder, REPORT), sweepHtml({ summary, folderOf: (id) => `runs/${id}/`, command }));
}
