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

const USAGE = "ascent worker --queue URL [options]";

/** Milliseconds between two looks at the list of sweeps. */
const LIST_MS = 10_000;
/** Milliseconds between two looks for a signal. */
const SIGNAL_MS = 100;

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
      await untilInterrupted(open, () => interruption.code !== undefined);
      await open.worker.stop();
      return interruption.code ?? DONE;
    } finally {
      await open.close();
      interruption.stopListening();
    }
  },
};

/** Says which sweeps come and go, and which of them this worker can't work for. */
async function untilInterrupted(open: OpenWorker, stopped: () => boolean): Promise<void> {
  const known = new Set<string>();
  for (let looked = Number.NEGATIVE_INFINITY; !stopped(); await wait(SIGNAL_MS)) {
    if (performance.now() - looked < LIST_MS) continue;
    looked = performance.now();
    for (const { sweep, problem } of await open.look()) {
      if (known.has(sweep.sweep)) continue;
      known.add(sweep.sweep);
      warn(
        problem === undefined
          ? `${sweep.name}: ${sweep.runs} runs`
          : `${sweep.name} is left to other workers: ${problem}`,
      );
    }
  }
}
