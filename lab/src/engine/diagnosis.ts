/** What the doctor says of a run. It is loaded when somebody asks. */

import { diagnose, type Finding } from "ascent/doctor";
import { linkOf } from "ascent/links";
import type { Advice, Diagnosis, HistoryData, ResolvedConfig } from "../protocol.js";
import { settingEntries } from "../setting-entries.js";
import type { LabRun } from "./lab-run.js";
import { updatesOf } from "./updates-of.js";

export function diagnosisOf({ training }: Pick<LabRun, "training">, history: HistoryData): Diagnosis {
  // How a run began is what the doctor compares with.
  if (history.updates.update !== undefined && history.updates.update[0] !== 1) return "no beginning";
  const { config, policy, rewardThreshold } = training;
  const updates = updatesOf(history);
  return diagnose({ config, updates, rewardThreshold, actionSpace: policy.actionSpace }).map(
    ({ settings, ...finding }) => ({ ...finding, next: settings && nextRun(config, settings) }),
  );
}

function nextRun(config: ResolvedConfig, settings: NonNullable<Finding["settings"]>): Advice["next"] {
  const options = { ...config.options, ...settings.options };
  const envOptions = { ...config.envOptions, ...settings.envOptions };
  return { link: linkOf({ ...config, options, envOptions }), settings: settingEntries(settings) };
}
