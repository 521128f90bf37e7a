/** A sweep at work in its folder. */

import { setTimeout } from "node:timers/promises";
import type { RunOutcome } from "../../sweeps/outcome.js";
import { distinctRunsOf, type PlannedRun, type SweepPlan } from "../../sweeps/plan.js";
import { type Shard, shardOf } from "../../sweeps/shard.js";
import type { RunImport } from "../../training/run-record.js";
import { storedOutcome } from "./outcome-file.js";
import type { Runner } from "./runner.js";
import { runFolder, writeResults } from "./sweep-folder.js";
import type { SweepNews, Task } from "./task.js";

/** Milliseconds after which runs are looked at again that another process trains. */
const HELD_MS = 1000;

/** Why a run could not be trained. */
export interface BrokenRun {
  readonly id: string;
  readonly error: { readonly name: string; readonly message: string };
}

/** @internal What a sweep is made from. */
export interface SweepWork {
  readonly folder: string;
  readonly plan: SweepPlan;
  readonly imports: readonly RunImport[];
  readonly endHopeless: boolean;
  readonly shard: Shard | undefined;
  readonly runner: Runner;
}

/**
 * A sweep, as an iterator of news. It ends when every run has ended, or after `stop`. To leave the loop early stops the sweep
 * too: what was begun is saved, and `resumeSweep` goes on with it.
 */
export class Sweep implements AsyncIterable<SweepNews> {
  readonly folder: string;
  readonly plan: SweepPlan;
  /** Those of its shard, in the order in which they are begun. */
  readonly runs: readonly PlannedRun[];
  private readonly found: Map<string, RunOutcome>;
  private readonly unable: Map<string, BrokenRun> = new Map();
  private readonly runner: Runner;
  private readonly work: SweepWork;
  private readonly stopping: AbortController = new AbortController();

  /** @internal Use `startSweep` or `resumeSweep`. */
  constructor(work: SweepWork) {
    const { folder, plan, shard, runner } = work;
    this.folder = folder;
    this.plan = plan;
    this.work = work;
    const runs = distinctRunsOf(plan);
    this.runs = shard === undefined ? runs : shardOf(runs, shard);
    this.found = storedOutcomes(folder, this.runs);
    this.runner = runner;
  }

  /** The outcomes of the runs that have ended, by id. Those that stood in the folder are in it from the start. */
  get outcomes(): ReadonlyMap<string, RunOutcome> {
    return this.found;
  }

  /** The runs that could not be trained, by id. `resumeSweep` tries them again. */
  get broken(): ReadonlyMap<string, BrokenRun> {
    return this.unable;
  }

  /** Whether every run has ended, of its shard. */
  get complete(): boolean {
    return this.found.size === this.runs.length;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<SweepNews> {
    const { signal } = this.stopping;
    try {
      let left = this.runs.filter(({ id }) => !this.found.has(id));
      const told = new Set<string>();
      while (left.length > 0 && !signal.aborted) {
        for (const run of left) this.runner.submit(this.taskOf(run));
        const held: string[] = [];
        for await (const news of this.runner) {
          if (news.kind === "held") held.push(news.id);
          // A run stays with another process for long: that is news only once.
          if (news.kind !== "held" || !told.has(news.id)) yield this.noted(news);
          if (news.kind === "held") told.add(news.id);
        }
        left = this.runs.filter(({ id }) => held.includes(id));
        if (left.length > 0) await setTimeout(HELD_MS, undefined, { signal }).catch(() => undefined);
      }
      if (this.complete) this.finish();
    } finally {
      await this.runner.close();
    }
  }

  /** Has the runs at work saved, and resolves when their processes have ended. The iteration ends too. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.runner.close();
  }

  /** Ends at once, as if the machine had lost its power: `resumeSweep` goes on from the last checkpoints. */
  kill(): void {
    this.stopping.abort();
    this.runner.kill();
  }

  private noted(news: SweepNews): SweepNews {
    if (news.kind === "done") this.found.set(news.id, news.outcome);
    else if (news.kind === "broken") this.unable.set(news.id, { id: news.id, error: news.error });
    return news;
  }

  private taskOf(run: PlannedRun): Task {
    const { folder, imports, endHopeless } = this.work;
    return { ...run, folder: runFolder(folder, run), imports, endHopeless, pauseAt: 1 };
  }

  /** Other shards may be at work in the folder. The last one finds all outcomes there. */
  private finish(): void {
    const { folder, plan } = this.work;
    const outcomes = distinctRunsOf(plan).map(
      (run) => this.found.get(run.id) ?? storedOutcome(runFolder(folder, run), 1),
    );
    const ended = outcomes.filter((outcome) => outcome !== undefined);
    if (ended.length === outcomes.length) writeResults(folder, ended);
  }
}

/** The outcomes of the runs of a sweep that stand in its folder. A run that has failed may do better when it is tried again. */
function storedOutcomes(folder: string, runs: readonly PlannedRun[]): Map<string, RunOutcome> {
  const found = runs.flatMap((run) => storedOutcome(runFolder(folder, run), 1) ?? []);
  return new Map(found.filter(({ end }) => end !== "failed").map((outcome) => [outcome.id, outcome]));
}
