/** Starts a sweep in a new folder, resumes one from its folder, or only reads it. */

import { ConfigError } from "../../errors.js";
import { checkValue, int, requireKnown } from "../../options.js";
import { extendPlan } from "../../sweeps/extend-plan.js";
import type { RunOutcome } from "../../sweeps/outcome.js";
import { type PlannedRun, runsOf, type SweepPlan } from "../../sweeps/plan.js";
import { parseShard } from "../../sweeps/shard.js";
import { requireSameNumerics } from "../../training/numerics.js";
import { isImport, type RunImport } from "../../training/run-record.js";
import { withRobots } from "../modules/robots-module.js";
import { SweepQueue } from "../queue/sweep-queue.js";
import { storedOutcome } from "./outcome-file.js";
import { Pool } from "./pool.js";
import { Sweep } from "./sweep.js";
import { changesOf, codeAtHand, foundAgain, requireSameCode } from "./sweep-code.js";
import { createSweepFolder, planDifference, runFolder } from "./sweep-folder.js";
import { readSweepRecord, type SweepRecord, writeSweepRecord } from "./sweep-record.js";

/** How a sweep is trained. It does not affect results. */
export interface SweepOptions {
  /** How many runs are trained at a time. Default: one a core. */
  readonly jobs?: number | undefined;
  /** Modules that register environments and algorithms of its runs. */
  readonly imports?: readonly RunImport[] | undefined;
  /** Trains only a part of the runs, such as "3/16". Parts may share a folder, also at the same time. */
  readonly shard?: string | undefined;
  /** Has the workers of a queue train, in place of this machine: what `openQueue` returns. */
  readonly queue?: SweepQueue | undefined;
}

/** Options of a new sweep. */
export interface StartSweepOptions extends SweepOptions {
  /** A new or empty folder. Default: `runs/sweep-<algorithm>-<env>`. */
  readonly out?: string | undefined;
  /**
   * Ends runs at half and at three quarters of their budget where they have collapsed or never had a gradient. Such a run
   * counts as stopped.
   */
  readonly endHopeless?: boolean | undefined;
  /** What the plan was made from, as plain data. It is kept in `sweep.json` for readers. */
  readonly given?: unknown;
}

/** Options of a sweep that goes on. */
export interface ResumeSweepOptions extends SweepOptions {
  /** The plan that the folder is expected to have. */
  readonly plan?: SweepPlan | undefined;
  /** A plan whose runs are added to those of the folder. */
  readonly more?: SweepPlan | undefined;
  /** Goes on with another version of Ascent, or of its modules, than the sweep was begun with. `sweep.json` then names both. */
  readonly otherCode?: boolean | undefined;
}

/** How many runs at a time. */
export const jobsOption = int(1, { min: 1, max: 256, help: "runs that are trained at a time; one a core otherwise" });

/**
 * Starts a sweep in a new folder. Nothing is trained before its news are read: `for await (const news of sweep)`.
 *
 * @throws ConfigError for an option that is unknown or out of range, or an `out` that is not empty @throws FileError
 */
export function startSweep(plan: SweepPlan, options: StartSweepOptions = {}): Sweep {
  requireKnown(options, ["jobs", "imports", "shard", "queue", "out", "endHopeless", "given"]);
  checkOptions(options);
  const { out, endHopeless = false, given = null } = options;
  const imports = withRobots(
    options.imports ?? [],
    plan.cells.map(({ config }) => config.env),
  );
  const started = new Date().toISOString();
  const record: SweepRecord = { ...codeAtHand(imports), plan, endHopeless, given, earlier: [], started };
  return sweepIn(createSweepFolder(record, out), record, imports, options);
}

/**
 * Goes on with the sweep in a folder: runs that have ended are read, and the others go on from where they are. It ends with the
 * same bytes as a sweep that nobody stopped. Several machines that share the folder may resume it at the same time, and each
 * trains what no other does.
 *
 * @throws ConfigError if there is no sweep, if it has another plan than expected, if a module is gone, or if the code or the
 * numerics are not those with which it was begun @throws FileError
 */
export function resumeSweep(folder: string, options: ResumeSweepOptions = {}): Sweep {
  requireKnown(options, ["jobs", "imports", "shard", "queue", "plan", "more", "otherCode"]);
  checkOptions(options);
  const { plan, more, otherCode = false } = options;
  let record = readSweepRecord(folder);
  const other = plan && planDifference(plan, record.plan);
  if (other !== undefined) {
    const allowed = `the folder of the sweep that was asked for; this one has another: ${other}`;
    throw new ConfigError({ field: "resume", given: folder, allowed });
  }
  if (options.queue === undefined) requireSameNumerics(record.plan.cells[0].config);
  const imports = options.imports ?? record.imports.map(foundAgain);
  const code = codeAtHand(imports);
  const changes = changesOf(record, code);
  if (!otherCode) requireSameCode("sweep", folder, changes);
  if (changes.length > 0) {
    const { versions, imports: before } = record;
    record = { ...record, ...code, earlier: [...record.earlier, { versions, imports: before }] };
  }
  if (more !== undefined) record = { ...record, plan: extendPlan(record.plan, more) };
  if (changes.length > 0 || more !== undefined) writeSweepRecord(folder, record);
  return sweepIn(folder, record, imports, options);
}

function sweepIn(
  folder: string,
  { plan, endHopeless, versions, imports: modules }: SweepRecord,
  imports: readonly RunImport[],
  { jobs, shard, queue }: SweepOptions,
): Sweep {
  const runner = queue?.runner(folder, plan, { versions, imports: modules }) ?? new Pool(jobs);
  return new Sweep({
    folder,
    plan,
    imports,
    endHopeless,
    runner,
    shard: shard === undefined ? shard : parseShard(shard),
  });
}

/** A sweep as it stands in its folder. */
export interface OpenSweep {
  readonly folder: string;
  readonly record: SweepRecord;
  /** All runs of its plan. */
  readonly runs: readonly PlannedRun[];
  /** The outcomes of those that have ended, by id. */
  readonly outcomes: ReadonlyMap<string, RunOutcome>;
}

/** Reads the sweep in a folder, also while it is at work. @throws ConfigError if there is none @throws FileError */
export function openSweep(folder: string): OpenSweep {
  const record = readSweepRecord(folder);
  const runs = runsOf(record.plan);
  const outcomes = new Map(
    runs.flatMap((run) => {
      const outcome = storedOutcome(runFolder(folder, run), 1);
      return outcome?.id === run.id ? [[run.id, outcome] as const] : [];
    }),
  );
  return { folder, record, runs, outcomes };
}

function checkOptions({ jobs, imports, shard, queue }: SweepOptions): void {
  if (shard !== undefined) parseShard(shard);
  if (queue !== undefined && !(queue instanceof SweepQueue))
    throw new ConfigError({ field: "queue", given: queue, allowed: "what openQueue returns" });
  if (jobs !== undefined) checkValue("jobs", jobsOption, jobs);
  if (imports !== undefined && !(Array.isArray(imports) && imports.every(isImport)))
    throw new ConfigError({ field: "imports", given: imports, allowed: "a list of { module, path }, two texts each" });
}
