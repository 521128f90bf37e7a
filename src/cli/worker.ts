/** `ascent worker`: trains the runs of sweeps that wait in a queue. */

import { availableParallelism } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { type OpenWorker, openWorker } from "../node/queue/open-worker.js";
import { int, optional, real, text } from "../options.js";
import { asFlags, readCommandLine } from "./arguments.js";
import { listenForInterruption } from "./interruption.js";
import { oneLine } from "./printable.js";
import { queueGiven, queueOptions } from "./queue-options.js";
import { DONE, type Subcommand } from "./subcommand.js";
import { warn } from "./warn.js";
import { whileTicking } from "./while-ticking.js";

const USAGE = "ascent worker --queue URL [options]";

/** Milliseconds between two looks at the list of sweeps. */
const LIST_MS = 10_000;
/** Milliseconds for what is still at work when a queue that does not answer is left. */
const GRACE_MS = 1500;

const options = {
  ...queueOptions,
  jobs: int(availableParallelism(), { min: 1, max: 1024, help: "runs that are trained at a time" }),
  lease: real(60, {
    min: 2,
    max: 3600,
    help: "seconds without a sign of life after which another worker takes over a run",
  }),
  scratch: optional(
    text("", { meaning: "a folder", help: "folder for runs at work; otherwise one for temporary files" }),
  ),
};

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: [
    "ascent worker --queue redis://:password@10.0.0.7:6379",
    "ASCENT_QUEUE=postgres://ascent:password@db/ascent ascent worker --jobs 4",
    "ascent worker --queue rediss://host:6380 --import ./walk.ts   # for sweeps of Walk-v9",
  ],
  flags: () => [{ heading: "Options", flags: asFlags(options) }],

  async run({ tokens, imports }) {
    const { values } = readCommandLine(tokens, options, { name: "worker", usage: USAGE, words: 0 });
    const { jobs, files, scratch, patience, lease } = values;
    const say = (line: string): void => void process.stdout.write(`${oneLine(line)}\n`);
    const queue = queueGiven(values.queue);
    const interruption = listenForInterruption();
    const open = await openWorker({
      queue,
      files,
      scratch,
      jobs,
      imports,
      say,
      lockMs: 1000 * lease,
      patience: { seconds: patience, say: warn },
    });
    try {
      await open.worker.start();
      say(`at work for ${open.shown}, ${jobs} ${jobs === 1 ? "run" : "runs"} at a time; Ctrl-C gives runs back`);
      const end = new AbortController();
      await whileTicking(() => tellSweeps(open, end.signal), { tick() {}, stop: () => end.abort(), interruption });
      return interruption.code ?? DONE;
    } finally {
      const answered = await open.worker.stop();
      await open.close();
      interruption.stopListening();
      // Without an answer, something may wait for one for ever. The processes that train have saved their runs by then.
      if (!answered) setTimeout(() => process.exit(), GRACE_MS).unref();
    }
  },
};

/** Says which sweeps come, and which of them this worker can't work for, until the end. */
async function tellSweeps(open: OpenWorker, end: AbortSignal): Promise<void> {
  const known = new Set<string>();
  while (!end.aborted) {
    const found = await open.look(end).catch((error: unknown) => {
      if (end.aborted) return [];
      throw error;
    });
    for (const { sweep, problem } of found) {
      if (known.has(sweep.sweep)) continue;
      known.add(sweep.sweep);
      warn(
        problem === undefined
          ? `${sweep.name}: ${sweep.runs} runs`
          : `${sweep.name} is left to other workers: ${problem}`,
      );
    }
    await wait(LIST_MS, undefined, { signal: end }).catch(() => undefined);
  }
}
