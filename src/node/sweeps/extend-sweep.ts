import type { SweepPlan } from "../../sweeps/plan.js";
import { readSweepRecord, writeSweepRecord } from "./sweep-record.js";

/**
 * Gives the sweep in a folder a larger plan, such as `extendPlan` makes. Its runs stay, as they have their ids from their
 * configs; `resumeSweep` trains those that are missing.
 *
 * @throws ConfigError if there is no sweep @throws FileError
 */
export function extendSweep(folder: string, plan: SweepPlan): void {
  writeSweepRecord(folder, { ...readSweepRecord(folder), plan });
}
