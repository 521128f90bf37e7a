/** A study as it is carried out: which leg is trained next, and when another round begins. */

import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { runId } from "../../sweeps/plan.js";
import { type Findings, findingsOf } from "../../sweeps/tuning/findings.js";
import { costSoFar, Done, type Leg, type LegDone, legDone, nameOf, RUNGS } from "../../sweeps/tuning/legs.js";
import { ROUND } from "../../sweeps/tuning/race.js";
import { type RungRow, rungTable } from "../../sweeps/tuning/rung-table.js";
import { costOf, costOfBest, FINALISTS, type Progress, type Stage, stageOf } from "../../sweeps/tuning/stages.js";
import { configOf, pointsOf, seedOf } from "../../sweeps/tuning/study.js";
import type { AppendFile } from "../append-file.js";
import { FileError } from "../file-error.js";
import type { Lock } from "../lock.js";
import { writeAtomically } from "../write-file.js";
import { runFolder } from "./sweep-folder.js";
import type { RunNews, Task } from "./task.js";
import { type LegRecord, type OpenLegs, RESULT, type StudyRecord, writeStudy } from "./tune-folder.js";

/** Milliseconds after which a run is tried again that another process holds, and how often. */
const HELD_MS = 500;
const MOST_WAITS = 60;

/** What a study tells while it is at work. */
export type TuneNews =
  | { readonly kind: "round"; readonly round: number }
  | { readonly kind: "progress"; readonly leg: Leg; readonly share: number }
  | { readonly kind: "leg"; readonly leg: LegDone; readonly seconds: number }
  | { readonly kind: "found"; readonly findings: Findings };

/** What a study needs of a `Pool`. */
export interface Runs extends AsyncIterable<RunNews> {
  submit(task: Task): void;
  close(): Promise<void>;
}

/** @internal */
export interface TuningParts {
  readonly folder: string;
  readonly lock: Lock;
  readonly record: StudyRecord;
  readonly legs: OpenLegs;
  readonly runs: Runs;
  /** How many runs are trained at a time. */
  readonly jobs: number;
}

/** A leg that is being trained. */
interface Busy {
  readonly leg: Leg;
  readonly began: number;
}

/** Iterate over it to carry the study out. A stop or a kill loses nothing: `resumeTuning` goes on with the same scores. */
export class Tuning implements AsyncIterable<TuneNews> {
  readonly folder: string;
  private readonly lock: Lock;
  private current: StudyRecord;
  private readonly done: Done;
  private readonly runs: Runs;
  /** How many runs are trained at a time. */
  private readonly jobs: number;
  private readonly log: AppendFile;
  private readonly secondsBefore: number;
  private readonly began: number = performance.now();
  private readonly busy = new Map<string, Busy>();
  /** Who holds the runs of legs, by their names. The processes of a study that was killed end about a second after it. */
  private readonly held = new Map<string, string>();
  private readonly inbox: TuneNews[] = [];
  private points: readonly Readonly<Record<string, unknown>>[] = [];
  /** The legs that are done, each with the seconds that it took. */
  private readonly timed: (LegDone & { readonly seconds: number })[];
  private stopped = false;

  /** @internal Use `startTuning` or `resumeTuning`. */
  constructor({ folder, lock, record, legs: { legs, file }, runs, jobs }: TuningParts) {
    this.folder = folder;
    this.lock = lock;
    this.current = record;
    this.runs = runs;
    this.jobs = jobs;
    this.log = file;
    this.done = new Done(legs);
    this.timed = [...legs];
    this.secondsBefore = record.seconds;
    this.drawPoints();
  }

  get record(): StudyRecord {
    return this.current;
  }

  get seconds(): number {
    return this.secondsBefore + (performance.now() - this.began) / 1000;
  }

  /** The settings of a point: the options that it sets. */
  settings(point: number): Readonly<Record<string, unknown>> {
    return this.points[point];
  }

  get stage(): Stage {
    return stageOf(this.progress, this.done);
  }

  get findings(): Findings | undefined {
    return findingsOf(this.progress, this.done);
  }

  /** The rungs of the race as they stand. */
  get rungs(): RungRow[] {
    return rungTable(this.progress, this.done);
  }

  /** Seconds to the end, as far as that can be said; undefined as long as nothing was measured. */
  get secondsLeft(): number | undefined {
    const { goal, rounds, closed } = this.current;
    if ("rounds" in goal) return this.secondsFor(Math.max(rounds, goal.rounds));
    const needed = this.secondsFor(rounds);
    return needed === undefined || closed ? needed : Math.max(needed, goal.minutes * 60 - this.seconds);
  }

  /** Has the runs at work saved. The iteration ends then. */
  stop(): void {
    this.stopped = true;
    void this.runs.close();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<TuneNews> {
    try {
      for (let waits = 0; ; waits++) {
        this.beginWork();
        yield* this.inbox.splice(0);
        for await (const news of this.runs) {
          this.lock.refresh();
          this.hear(news);
          this.beginWork();
          yield* this.inbox.splice(0);
        }
        if (this.held.size === 0 || this.stopped) break;
        if (waits === MOST_WAITS) throw new FileError(this.folder, [...this.held.values()].join("; "));
        this.held.clear();
        await setTimeout(HELD_MS);
      }
      const { findings } = this;
      if (findings === undefined) return;
      writeAtomically(join(this.folder, RESULT), `${JSON.stringify(this.result(findings), null, 2)}\n`);
      yield { kind: "found", findings };
    } finally {
      await this.runs.close();
      this.keep({});
      this.log.close();
      this.lock.release();
    }
  }

  private get progress(): Progress {
    const { rounds, closed } = this.current;
    return { points: this.points.length, rounds, closed };
  }

  private beginWork(): void {
    while (!this.stopped && this.busy.size < this.jobs) {
      const { legs } = this.stage;
      const begun = new Set([...this.busy.values()].map(({ leg }) => nameOf(leg)).concat(...this.held.keys()));
      const next = legs.find((leg) => !begun.has(nameOf(leg)) && this.done.ready(leg));
      if (next !== undefined) this.begin(next);
      else if (!this.decideOnRound(legs.length)) return;
    }
  }

  /** Where a worker is free: begins another round, or closes the study. Returns whether that may have made work. */
  private decideOnRound(waiting: number): boolean {
    const { goal, rounds, closed } = this.current;
    if (closed) return false;
    if ("rounds" in goal ? rounds < goal.rounds : this.roundFits(goal.minutes)) {
      this.keep({ rounds: rounds + 1 });
      this.drawPoints();
      this.inbox.push({ kind: "round", round: rounds + 1 });
      return true;
    }
    if (waiting > 0) return false;
    this.keep({ closed: true });
    return true;
  }

  /** Whether the study would end in time with another round, by the cost of what is done. */
  private roundFits(minutes: number): boolean {
    const needed = this.secondsFor(this.current.rounds + 1);
    return needed !== undefined && this.seconds + needed <= minutes * 60;
  }

  private secondsFor(rounds: number): number | undefined {
    const each = secondsOfRun(this.timed);
    if (each === undefined) return undefined;
    const missing = Math.max(0, costOf(rounds) - costSoFar(this.done));
    // The best settings have larger networks and more epochs than most, and what is trained last is theirs.
    const best = this.stage.standings.slice(0, FINALISTS).map(({ point }) => point);
    const eachOfBest = secondsOfRun(this.timed.filter(({ point }) => best.includes(point))) ?? each;
    const ofBest = Math.min(missing, costOfBest(rounds));
    return ((missing - ofBest) * each + ofBest * eachOfBest) / this.jobs;
  }

  private begin(leg: Leg): void {
    const task = this.taskOf(leg);
    this.busy.set(task.id, { leg, began: performance.now() });
    this.runs.submit(task);
  }

  private hear(news: RunNews): void {
    const busy = this.busy.get(news.id);
    if (busy === undefined) return;
    const { leg, began } = busy;
    if (news.kind === "progress") {
      this.inbox.push({ kind: "progress", leg, share: news.share });
      return;
    }
    const where = this.taskOf(leg).folder;
    if (news.kind === "broken") throw new FileError(where, `the run can't be trained: ${news.error.message}`);
    this.busy.delete(news.id);
    if (news.kind === "held") {
      this.held.set(nameOf(leg), `${news.by} is at work in ${where}`);
      return;
    }
    const done = legDone(leg, news.outcome);
    // A fault of the environment, and not of the settings: there is nothing to compare with then.
    if (done.end === "failed" && leg.point === 0)
      throw new FileError(where, `the run with the default settings failed: ${news.outcome.error}`);
    this.finish(done, news.id, (performance.now() - began) / 1000);
  }

  private finish(leg: LegDone, id: string, seconds: number): void {
    const record: LegRecord = { ...leg, id, seconds: Number(seconds.toFixed(3)) };
    this.log.append(`${JSON.stringify(record)}\n`);
    this.log.sync();
    this.done.add(leg);
    this.timed.push({ ...leg, seconds });
    this.inbox.push({ kind: "leg", leg, seconds });
  }

  private taskOf(leg: Leg): Task {
    const { study, imports } = this.current;
    const seed = seedOf(study, leg.stream, leg.seed);
    const config = { ...configOf(study, this.points[leg.point]), seed };
    const id = runId(config, null);
    const folder = runFolder(this.folder, { id });
    const pauseAt = RUNGS[leg.rung];
    return { id, cell: leg.point, config, until: null, folder, imports, pauseAt, endHopeless: false };
  }

  private drawPoints(): void {
    this.points = pointsOf(this.current.study, this.current.rounds * ROUND);
  }

  private keep(change: Partial<StudyRecord>): void {
    this.current = { ...this.current, ...change, seconds: Number(this.seconds.toFixed(3)) };
    writeStudy(this.folder, this.current);
  }

  private result(findings: Findings): object {
    const { study, rounds } = this.current;
    return { study, rounds, settings: this.settings(findings.candidate.point), ...findings };
  }
}

/** Seconds that a run of the whole budget takes, by legs that are done; undefined without any. */
function secondsOfRun(legs: readonly (LegDone & { readonly seconds: number })[]): number | undefined {
  const cost = costSoFar(legs);
  return cost === 0 ? undefined : legs.reduce((total, { seconds }) => total + seconds, 0) / cost;
}
