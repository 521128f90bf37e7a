/** The record of a saved run as plain data: what `run.json` holds. */

import type { ResolvedConfig, RunResult } from "./types.js";

/** `running` in a folder that no process holds means that its process was killed. */
export type RunStatus = "running" | "finished" | "interrupted" | "failed";

/** A module that registered what a run needs. */
export interface RunImport {
  /** As it was typed, such as `./walk.ts` or the name of a package. */
  readonly module: string;
  /** Where it was found: an absolute path. */
  readonly path: string;
}

/** Another budget for a run that goes on. */
export interface RunExtension {
  /** How many steps the run had done. */
  readonly atStep: number;
  readonly episodes: number | null;
  readonly steps: number | null;
}

/** The content of `run.json`. */
export interface RunRecord {
  readonly config: ResolvedConfig;
  /** Modules that register its environment or its algorithm. They have to be imported before the run is loaded. */
  readonly imports: readonly RunImport[];
  /** The checkpoint whose weights it began with, as an absolute path. */
  readonly from: string | null;
  /** The average return at which the run is to end, where one was named. */
  readonly until: number | null;
  /** Other budgets that it was given while it was resumed, in order: `config` has the last one. */
  readonly extensions: readonly RunExtension[];
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

/** Fills in what records of earlier versions lack. */
export function completeRecord(record: unknown): unknown {
  return typeof record === "object" && record !== null
    ? { imports: [], from: null, extensions: [], ...record }
    : record;
}

/** Enough to be read without a crash; the checkpoint, which decides what a run is, has a checksum of its own. */
export function isRunRecord(value: unknown): value is RunRecord {
  if (typeof value !== "object" || value === null) return false;
  const { config, imports, from, extensions, status, started, seconds, until, result } = value as Partial<RunRecord>;
  return (
    isConfig(config) &&
    Array.isArray(imports) &&
    imports.every(isImport) &&
    (from === null || typeof from === "string") &&
    Array.isArray(extensions) &&
    STATUSES.includes(status) &&
    typeof started === "string" &&
    typeof seconds === "number" &&
    (until === null || typeof until === "number") &&
    (result === null || (typeof result === "object" && typeof result.verdict?.text === "string"))
  );
}

function isImport(value: unknown): value is RunImport {
  if (typeof value !== "object" || value === null) return false;
  const { module, path } = value as Partial<RunImport>;
  return typeof module === "string" && typeof path === "string";
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
