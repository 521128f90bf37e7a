import { join } from "node:path";
import { diagnose } from "../doctor/run/diagnose.js";
import { streamMetrics } from "../node/metrics.js";
import { METRICS } from "../node/run-folder.js";
import type { SavedRun } from "../node/saved-run.js";
import type { RunResult } from "../training/types.js";

/** Reading a longer log would keep the user waiting. `ascent doctor` reads it all the same. */
const MOST_UPDATES = 20_000;

/** The names of the doctor's gravest findings about the log of a run that is not solved; empty if there are none. */
export function doubtsAbout({ folder, training }: SavedRun, { verdict, updates }: RunResult): string {
  if (verdict.kind === "solved" || updates > MOST_UPDATES) return "";
  const { config, rewardThreshold, policy } = training;
  const log = streamMetrics(join(folder, METRICS));
  const findings = diagnose({ config, rewardThreshold, actionSpace: policy.actionSpace, updates: log });
  const grave = findings.filter(({ severity }) => severity !== "note");
  return grave
    .map(({ code }) => code)
    .slice(0, 2)
    .join(", ");
}
