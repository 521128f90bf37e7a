/**
 * Trains the runs of a queue on this machine. The main thread holds the connection and renews the locks of jobs; processes
 * train. On the thread of the connection, training would lose every lock.
 */

import { mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import type { Queue, Job as QueueJob, Worker } from "bullmq";
import { importPeer } from "../../peers.js";
import type { RunImport } from "../../training/run-record.js";
import { machineName } from "../machine.js";
import { CHECKPOINT } from "../run-folder.js";
import { readOutcome } from "../sweeps/outcome-file.js";
import type { RunNews } from "../sweeps/task.js";
import type { OpenDepot } from "./depots/open-depot.js";
import { endQueue, whileItAnswers } from "./leave.js";
import { type Patience, patiently, seldom } from "./patience.js";
import { queueOf, type RunCode } from "./run-code.js";
import { fetchRun, storeRun } from "./run-files.js";
import { jobKey, type RunDone, type RunJob } from "./run-job.js";
import { Slot } from "./slot.js";
import type { Store } from "./store.js";

/** How often a run may lose its machine. BullMQ's default, 1, would give up a run whose second machine dies too. */
const MOST_STALLS = 100;
/** Milliseconds between two copies of a checkpoint in the depot. */
const COPY_MS = 30_000;
/** Milliseconds between two looks at whether the sweep was cancelled. */
const LOOK_MS = 5000;

export interface QueueWorkerOptions {
  readonly store: Store;
  readonly files: OpenDepot;
  readonly code: RunCode;
  readonly imports: readonly RunImport[];
  /** How many runs are trained at a time. */
  readonly jobs: number;
  /** A folder for runs at work. */
  readonly scratch: string;
  readonly patience: Patience;
  /** Is told what happens, in short lines. */
  say(line: string): void;
  /** Milliseconds for which a machine that says nothing keeps its runs. Locks are renewed at half of it. */
  readonly lockMs: number;
}

type Active = QueueJob<RunJob, RunDone | null>;

export class QueueWorker {
  private readonly options: QueueWorkerOptions;
  private readonly slots: readonly Slot[];
  private readonly free: Slot[];
  private readonly atWork: Map<string, ReturnType<QueueWorker["bringToEnd"]>> = new Map();
  private readonly queue: Queue<RunJob, RunDone | null>;
  private worker: Worker<RunJob, RunDone | null> | undefined;
  private stopping = false;
  private readonly leaving: AbortController = new AbortController();

  constructor(options: QueueWorkerOptions) {
    this.options = { ...options, patience: { ...options.patience, end: this.leaving.signal } };
    this.slots = Array.from({ length: options.jobs }, () => new Slot());
    this.free = [...this.slots];
    this.queue = options.store.queue(queueOf(options.code));
    mkdirSync(options.scratch, { recursive: true });
  }

  async start(): Promise<void> {
    const { store, code, jobs, patience, lockMs } = this.options;
    const { WaitingError } = await importPeer("bullmq", "queue", () => import("bullmq"));
    const process = async (job: Active, token?: string): Promise<RunDone | null> => {
      const done = await this.once(job);
      if (done !== "stopped") return done;
      // Whoever comes next goes on from the checkpoint.
      await job.moveToWait(token);
      throw new WaitingError();
    };
    this.worker = store.worker(queueOf(code), process, {
      concurrency: jobs,
      lockDuration: lockMs,
      stalledInterval: lockMs,
      maxStalledCount: MOST_STALLS,
    });
    // An outage brings hundreds of errors.
    const say = seldom((message) => patience.say(store.address.redact(message)));
    this.worker.on("error", (error) => say(`the queue: ${error.message}`));
    await this.worker.waitUntilReady();
  }

  /**
   * Has the runs at work saved and given back, and ends. A store that is away can't be given anything: it is left within
   * seconds, and the runs wait for the end of their leases. Returns whether it answered. If not, BullMQ may keep trying to
   * reach it.
   */
  async stop(): Promise<boolean> {
    const { store, patience, lockMs } = this.options;
    this.stopping = true;
    const { size } = this.atWork;
    // It takes no more jobs, not even those that it gives back.
    await this.worker?.pause(true);
    for (const slot of this.slots) slot.stop();
    const answered = await whileItAnswers(store, async () => this.worker?.close());
    if (!answered) {
      const back =
        size === 0 ? "" : `, and others take over what was at work here when its lease of ${lockMs / 1000} s is over`;
      patience.say(`${store.address.shown} does not answer: it is left without a word${back}`);
    }
    // An end in good order that was begun when the store went away may never come: nobody waits for it.
    await Promise.race([this.worker?.close(true), nextTurn()]);
    this.leaving.abort();
    await endQueue(this.queue);
    return answered;
  }

  /** A machine that was too busy to renew a lock may be given its own run again. It is still the same run. */
  private once(job: Active): ReturnType<QueueWorker["bringToEnd"]> {
    const key = jobKey(job.data.sweep, job.data.run.id);
    const running = this.atWork.get(key);
    if (running !== undefined) return running;
    // BullMQ calls this at most as often at a time as there are slots.
    const slot = this.free.pop() as Slot;
    const begun = this.bringToEnd(job, slot).finally(() => {
      this.free.push(slot);
      this.atWork.delete(key);
    });
    this.atWork.set(key, begun);
    return begun;
  }

  /** The run at its end, null if it was cancelled. @throws Error if it can't be trained here */
  private async bringToEnd(job: Active, slot: Slot): Promise<RunDone | null | "stopped"> {
    const { files, scratch, patience, say } = this.options;
    const { run, sweep } = job.data;
    const key = jobKey(sweep, run.id);
    const folder = join(scratch, key);
    const found = patiently(patience, () => fetchRun(files.depot, key, folder));
    say(`${run.id} ${(await found) ? "goes on here" : "begins here"}`);
    if (this.stopping) return "stopped";
    const news = await this.train(job, slot, folder);
    if (news === undefined && !this.stopping) {
      rmSync(folder, { recursive: true, force: true });
      return null;
    }
    if (news?.kind === "broken" || news?.kind === "held")
      throw new Error(news.kind === "held" ? `another process on this machine trains it` : news.error.message);
    await patiently(patience, () => storeRun(files.depot, key, folder, files.most));
    if (news === undefined) return "stopped";
    const { weightsSha256 } = readOutcome(folder);
    // With fast numerics, machines may come to other weights.
    const exact = run.config.numerics === undefined;
    const differs = exact ? await patiently(patience, () => this.compare(key, weightsSha256)) : [];
    for (const other of differs) say(`${run.id} has other weights here than on ${other.machine}: report this`);
    rmSync(folder, { recursive: true, force: true });
    say(`${run.id} is done`);
    return { weightsSha256, machine: machineName(), differs };
  }

  /** Its last news; undefined if it was stopped or cancelled. */
  private async train(job: Active, slot: Slot, folder: string): Promise<RunNews | undefined> {
    const { imports } = this.options;
    const { run, endHopeless } = job.data;
    const end = new AbortController();
    const looking = this.look(job, slot, folder, end.signal);
    try {
      return await slot.train({
        task: { ...run, folder, imports, pauseAt: 1, endHopeless },
        // A queue that is away loses some progress, which is no loss.
        progress: ({ share, averageReturn }) =>
          void job.updateProgress({ share, averageReturn, machine: machineName() }).catch(() => undefined),
      });
    } finally {
      end.abort();
      await looking;
    }
  }

  /** Copies its checkpoints to the depot, and stops it where its sweep was cancelled. */
  private async look(job: Active, slot: Slot, folder: string, end: AbortSignal): Promise<void> {
    const { store, files } = this.options;
    const key = jobKey(job.data.sweep, job.data.run.id);
    let copied = checkpointTime(folder);
    let copiedAt = performance.now();
    while (!end.aborted) {
      await wait(LOOK_MS, undefined, { signal: end }).catch(() => undefined);
      if (end.aborted) return;
      // A store that is away is looked at again the next time.
      const current = await this.queue.getJob(job.id as string).catch(() => job);
      if (current === undefined || current.data.cancelled) slot.stop();
      const now = checkpointTime(folder);
      if (now === copied || performance.now() - copiedAt < COPY_MS) continue;
      await storeRun(files.depot, key, folder, files.most).catch((error: Error) =>
        this.options.patience.say(`no copy of ${job.data.run.id}: ${store.address.redact(error.message)}`),
      );
      copied = now;
      copiedAt = performance.now();
    }
  }

  /** Leaves word of the weights that this machine came to, and returns the machines that came to others. */
  private async compare(key: string, weightsSha256: string | null): Promise<RunDone["differs"]> {
    const { depot } = this.options.files;
    const own = `${WORD}${machineName()}`;
    await depot.put(key, own, new TextEncoder().encode(weightsSha256 ?? "none"));
    const differs: { machine: string; weightsSha256: string }[] = [];
    for (const name of await depot.list(key)) {
      if (!name.startsWith(WORD) || name === own) continue;
      const word = new TextDecoder().decode(await depot.get(key, name));
      if (word !== (weightsSha256 ?? "none")) differs.push({ machine: name.slice(WORD.length), weightsSha256: word });
    }
    return differs;
  }
}

/** What the names of those words begin with. */
const WORD = "weights-of.";

function checkpointTime(folder: string): number {
  return statSync(join(folder, CHECKPOINT), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
