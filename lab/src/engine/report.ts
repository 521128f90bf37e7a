/** The report of a run, as `ascent train` writes it. It is loaded when somebody wants one. */

import { loadPolicy } from "ascent";
import { runReport } from "ascent/report";
import type { HistoryData } from "../protocol.js";
import type { LabRun } from "./lab-run.js";
import { updatesOf } from "./updates-of.js";

/** `report.html`. Its episode is played with a copy of the policy, because the run may go on learning meanwhile. */
export async function reportOf(run: LabRun, history: HistoryData): Promise<Uint8Array> {
  const { policy } = loadPolicy(await run.save("weights"));
  const { config, rewardThreshold, finished } = run.training;
  const { started, extensions } = run.past;
  const seconds = started === undefined ? undefined : run.seconds;
  const html = await runReport(
    { config, rewardThreshold, finished, policy, result: () => run.training.result() },
    updatesOf(history),
    { started, seconds, extensions, versions: { ascent: ASCENT_VERSION } },
  );
  return new TextEncoder().encode(html);
}
