/** Starts a study in a new folder, or goes on with one. */

import { availableParallelism } from "node:os";
import { ConfigError } from "../../errors.js";
import { checkValue, int, optional, real, requireKnown } from "../../options.js";
import { planStudy } from "../../sweeps/tuning/study.js";
import type { TuneConfig } from "../../sweeps/tuning/tune-config.js";
import { requireSameNumerics } from "../../training/numerics.js";
import type { RunImport } from "../../training/run-record.js";
import { takeLock } from "../lock.js";
import { withRobots } from "../modules/robots-module.js";
import { Pool } from "./pool.js";
import { jobsOption } from "./start-sweep.js";
import { changesOf, codeAtHand, foundAgain, requireSameCode } from "./sweep-code.js";
import { type Goal, makeStudyFolder, openLegs, readStudy, type StudyRecord, writeStudy } from "./tune-folder.js";
import { type Runs, Tuning } from "./tuning.js";

/** The options of a study that are numbers. */
export const tuneLimits = {
  minutes: optional(
    real(10, {
      min: 0,
      max: 1e6,
      help: "time for the whole study: another round is begun as long as it would end within it. Default: 10",
    }),
  ),
  rounds: optional(
    int(3, { min: 1, max: 10_000, help: "begin so many rounds instead, which gives the same result on every machine" }),
  ),
  jobs: optional(jobsOption),
};

/** How a study is carried out. */
export interface TuneOptions {
  /** Minutes for the whole study: another round is begun as long as it would end within them. Default: 10. */
  readonly minutes?: number | undefined;
  /** In place of minutes: how many rounds there are. */
  readonly rounds?: number | undefined;
  /** How many runs are trained at a time. Default: as many as there are cores. */
  readonly jobs?: number | undefined;
  /** A folder that is new or empty. Default: `runs/tune-ALGORITHM-ENV`. */
  readonly out?: string | undefined;
  /** Modules that register the environment or the algorithm. */
  readonly imports?: readonly RunImport[] | undefined;
  /** What trains. Default: a `Pool` of processes. */
  readonly runs?: Runs | undefined;
}

/** How a study goes on. */
export interface ResumeTuneOptions extends Pick<TuneOptions, "minutes" | "rounds" | "jobs" | "runs"> {
  /** So many rounds more than there are. */
  readonly more?: number | undefined;
  /** Goes on with another version of Ascent, or of the modules, than the study was begun with. Scores may not be comparable. */
  readonly otherCode?: boolean | undefined;
}

/**
 * Starts a study. Iterate over it to carry it out.
 *
 * @throws ConfigError for a config or an option that is unknown or out of range, a run that could not be begun, or an `out`
 * that is not empty @throws FileError
 */
export function startTuning(config: TuneConfig, options: TuneOptions = {}): Tuning {
  const {
    minutes,
    rounds,
    jobs = availableParallelism(),
    out,
    imports = [],
    runs,
  } = checked(options, ["out", "imports"]);
  const study = planStudy(config);
  if (study.base.env === null) {
    const allowed = "the id of a registered environment, which each process makes by its name";
    throw new ConfigError({ field: "env", given: "a function", allowed });
  }
  const folder = makeStudyFolder(study, out);
  const record: StudyRecord = {
    study,
    ...codeAtHand(withRobots(imports, [study.base.env])),
    goal: rounds === undefined ? { minutes: minutes ?? tuneLimits.minutes.default } : { rounds },
    rounds: 1,
    closed: false,
    seconds: 0,
  };
  const lock = takeLock(folder);
  writeStudy(folder, record);
  return new Tuning({ folder, lock, record, legs: openLegs(folder), runs: runs ?? new Pool(jobs), jobs });
}

/**
 * Goes on with the study in a folder, after a stop or a kill with the same scores as without. A study that has its result
 * goes on with `more` rounds, another number of `rounds`, or more `minutes`, which count from now.
 *
 * @throws ConfigError if there is no study, or the code is not that with which it was begun @throws FileError if its files are damaged, or another process is at work in it
 */
export function resumeTuning(folder: string, options: ResumeTuneOptions = {}): Tuning {
  const {
    minutes,
    rounds,
    more,
    jobs = availableParallelism(),
    runs,
    otherCode = false,
  } = checked(options, ["more", "otherCode"]);
  readStudy(folder);
  const lock = takeLock(folder);
  try {
    const found = readStudy(folder);
    requireSameNumerics(found.study.base);
    const code = codeAtHand(found.imports.map(foundAgain));
    if (!otherCode) requireSameCode("study", folder, changesOf(found, code));
    const legs = openLegs(folder);
    // A study that was killed has not written how long it had been at work.
    const worked = legs.legs.reduce((total, leg) => total + leg.seconds, 0);
    const seconds = Math.max(found.seconds, worked / jobs);
    const goal = goalOf({ ...found, seconds }, { minutes, rounds, more });
    const record = { ...found, ...code, seconds, ...(goal && { goal, closed: false }) };
    writeStudy(folder, record);
    return new Tuning({ folder, lock, record, legs, runs: runs ?? new Pool(jobs), jobs });
  } catch (error) {
    lock.release();
    throw error;
  }
}

function goalOf(
  { rounds: begun, seconds }: StudyRecord,
  { minutes, rounds, more }: Pick<ResumeTuneOptions, "minutes" | "rounds" | "more">,
): Goal | undefined {
  if (more !== undefined) return { rounds: begun + more };
  if (rounds !== undefined) return { rounds: Math.max(begun, rounds) };
  return minutes === undefined ? undefined : { minutes: seconds / 60 + minutes };
}

function checked<T extends TuneOptions & ResumeTuneOptions>(options: T, own: readonly string[]): T {
  requireKnown(options, ["runs", ...Object.keys(tuneLimits), ...own]);
  const { more, minutes, rounds } = options;
  for (const [name, option] of Object.entries({ ...tuneLimits, more: tuneLimits.rounds })) {
    const value = options[name as keyof typeof options];
    if (value !== undefined) checkValue(name, option, value);
  }
  const [first, second] = Object.entries({ minutes, rounds, more }).filter(([, value]) => value !== undefined);
  if (second === undefined) return options;
  const [field, given] = second;
  throw new ConfigError({ field, given, allowed: `nothing beside ${first[0]}` });
}
