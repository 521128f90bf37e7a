import { linearSchedule, type Schedule } from "../optim/index.js";
import type { Scheduled } from "../options.js";

/**
 * The course of an option over a run. A number changes along a straight line to `finalShare` of it; a function of
 * progress is used as it is.
 */
export function scheduleOf(setting: Scheduled, finalShare = 1): Schedule {
  if (typeof setting === "function") return setting;
  const share = linearSchedule(1, finalShare);
  return (progress) => setting * share(progress);
}
