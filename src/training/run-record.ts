/** The record of a saved run as plain data: what `run.json` holds. */

import type { ResolvedConfig, RunResult } from "./types.js";

/** `running` in a folder that no process holds means that its process was killed. */
export type RunStatus = "running" | "finished" | "interrupted" | "failed";

/** The content of `run.json`. */
export interface RunRecord {
  readonly config: ResolvedConfig;
  /** The average return at which whoever started the run wanted it to end, if they named one. */
  readonly until: number | null;
  readonly status: RunStatus;
  /** Why it failed, in the words of the error. */
  readonly error: string | null;
  readonly result: RunResult | null;
  /** ISO 8601. */
  readonly started: string;
  readonly ended: string | null;
  /** Seconds of work, over all the times that it was resumed. */
  readonly seconds: number;
  readonly versions: { readonly ascent: string; readonly node: string };
}

const STATUSES: readonly unknown[] = ["running", "finished", "interrupted", "failed"] satisfies RunStatus[];

/** Enough to be read without a crash; the checkpoint, which decides what a run is, has a checksum of its own. */
export function isRunRecord(value: unknown): value is RunRecord {
  if (typeof value !== "object" || value === null) return false;
  const { config, status, started, seconds, until, result } = value as Partial<RunRecord>;
  return (
    isConfig(config) &&
    STATUSES.includes(status) &&
    typeof started === "string" &&
    typeof seconds === "number" &&
    (until === null || typeof until === "number") &&
    (result === null || (typeof result === "object" && typeof result.verdict?.text === "string"))
  );
}

/** Enough of a config to be read without a crash; names and options in it may be unknown here. */
export function isConfig(config: unknown): config is ResolvedConfig {
  if (typeof config !== "object" || config === null) return false;
  const { algorithm, env, preset, seed, episodes, steps, options, envOptions, from } =
    config as Partial<ResolvedConfig>;
  const limits = [episodes, steps];
  return (
    [algorithm, env ?? "", preset].every((name) => typeof name === "string") &&
    (from === null || (typeof from === "string" && /^[0-9a-f]{64}$/.test(from))) &&
    typeof seed === "string" &&
    /^\d+$/.test(seed) &&
    limits.every((limit) => limit === null || typeof limit === "number") &&
    limits.some((limit) => limit !== null) &&
    [options, envOptions].every((values) => typeof values === "object" && values !== null)
  );
}
