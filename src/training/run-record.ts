/** The record of a saved run: the content of `run.json`. */

import type { ResolvedConfig, RunResult } from "./types.js";

/** If a folder says `running` but no process has locked it, its process was killed. */
export type RunStatus = "running" | "finished" | "interrupted" | "failed";

/** A module that registers a run's environment or algorithm. */
export interface RunImport {
  /** As it was typed, such as `./walk.ts` or the name of a package. */
  readonly module: string;
  /** Its absolute path. */
  readonly path: string;
}

/** A change of a resumed run's budget. */
export interface RunExtension {
  /** The number of steps that the run had done. */
  readonly atStep: number;
  readonly episodes: number | null;
  readonly steps: number | null;
}

/** The content of `run.json`. */
export interface RunRecord {
  readonly config: ResolvedConfig;
  /** Modules that register its environment or its algorithm. Import them before loading the run. */
  readonly imports: readonly RunImport[];
  /** The absolute path of the checkpoint whose weights it started from, or null. */
  readonly from: string | null;
  /** The average return at which the run ends, or null. */
  readonly until: number | null;
  /** The budgets that it was resumed with, in order. `config` has the last one. */
  readonly extensions: readonly RunExtension[];
  /** The names of the logs that it writes besides `metrics.jsonl`. */
  readonly logs: readonly string[];
  /** How its policy is evaluated in the course of the run, or null. */
  readonly evaluation: {
    readonly every: number;
    readonly episodes: number;
    readonly deterministic: boolean;
    readonly best: "training" | "evaluation";
    /** Options of its environment that differ from those of the run. */
    readonly envOptions: Readonly<Record<string, unknown>>;
  } | null;
  readonly status: RunStatus;
  /** Whether a checkpoint (or, where there can't be one, weights) was written. If there is none now, it was lost. */
  readonly saved: boolean;
  /** The message of the error that ended it, or null. */
  readonly error: string | null;
  /** The name of that error, such as NotFiniteError; null if there was none, or in records of earlier versions. */
  readonly errorName: string | null;
  readonly result: RunResult | null;
  /** ISO 8601. */
  readonly started: string;
  readonly ended: string | null;
  /** Seconds of work, including those before it was resumed. */
  readonly seconds: number;
  readonly versions: { readonly ascent: string; readonly node: string };
}

const STATUSES: readonly unknown[] = ["running", "finished", "interrupted", "failed"] satisfies RunStatus[];

/** Adds the fields that records of earlier versions lack. */
export function completeRecord(record: unknown): unknown {
  if (typeof record !== "object" || record === null) return record;
  const complete = { imports: [], from: null, extensions: [], logs: [], saved: false, errorName: null, ...record };
  const { evaluation = null } = record as { readonly evaluation?: unknown };
  const isObject = typeof evaluation === "object" && evaluation !== null;
  return { ...complete, evaluation: isObject ? { envOptions: {}, ...evaluation } : evaluation };
}

/** Checks the fields that readers rely on. The state of a run is in the checkpoint, which has a checksum. */
export function isRunRecord(value: unknown): value is RunRecord {
  if (typeof value !== "object" || value === null) return false;
  const { config, imports, from, extensions, logs, evaluation, status, saved, started, seconds, until, result } =
    value as Partial<RunRecord>;
  return (
    isConfig(config) &&
    Array.isArray(imports) &&
    imports.every(isImport) &&
    (from === null || typeof from === "string") &&
    Array.isArray(extensions) &&
    Array.isArray(logs) &&
    logs.every((name) => typeof name === "string") &&
    isEvaluation(evaluation) &&
    STATUSES.includes(status) &&
    typeof saved === "boolean" &&
    typeof started === "string" &&
    typeof seconds === "number" &&
    (until === null || typeof until === "number") &&
    (result === null || (typeof result === "object" && typeof result.verdict?.text === "string"))
  );
}

function isEvaluation(evaluation: RunRecord["evaluation"] | undefined): boolean {
  if (evaluation === null) return true;
  if (typeof evaluation !== "object") return false;
  const { every, episodes, deterministic, best, envOptions } = evaluation;
  const counts = [every, episodes].every((count) => Number.isSafeInteger(count) && count > 0);
  const isObject = typeof envOptions === "object" && envOptions !== null;
  return counts && typeof deterministic === "boolean" && ["training", "evaluation"].includes(best) && isObject;
}

/** As many digits as 2^128 has: reading millions of them would take minutes. */
const SEED = /^\d{1,39}$/;

/** Whether a value is a module of a run. */
export function isImport(value: unknown): value is RunImport {
  if (typeof value !== "object" || value === null) return false;
  const { module, path } = value as Partial<RunImport>;
  return typeof module === "string" && typeof path === "string";
}

/** Checks the fields that readers rely on. Names and options may be unknown. */
export function isConfig(config: unknown): config is ResolvedConfig {
  if (typeof config !== "object" || config === null) return false;
  const { algorithm, env, preset, seed, episodes, steps, options, envOptions, from, numerics } =
    config as Partial<ResolvedConfig>;
  const limits = [episodes, steps];
  return (
    [algorithm, env ?? "", preset, numerics ?? ""].every((name) => typeof name === "string") &&
    (from === null || (typeof from === "string" && /^[0-9a-f]{64}$/.test(from))) &&
    typeof seed === "string" &&
    SEED.test(seed) &&
    limits.every((limit) => limit === null || typeof limit === "number") &&
    limits.some((limit) => limit !== null) &&
    [options, envOptions].every((values) => typeof values === "object" && values !== null)
  );
}
