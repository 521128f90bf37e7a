/** `ascent train`: trains a policy, shows its progress, and saves the run. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { FileError } from "../node/file-error.js";
import type { LogSink } from "../node/logs/log-sink.js";
import { readCheckpoint } from "../node/read-checkpoint.js";
import { writeReport } from "../node/report-file.js";
import { CHECKPOINT } from "../node/run-folder.js";
import type { SaveOptions } from "../node/save-options.js";
import type { SavedRun } from "../node/saved-run.js";
import { resumeRun, startRun } from "../node/start-run.js";
import { type Threads, threads } from "../node/threads/threads.js";
import { trainNamed } from "../training/train.js";
import { namingFields, throwNamed } from "./arguments.js";
import { shown } from "./closing.js";
import { canPaint, colourDepth, colours, wantsColour } from "./colour.js";
import { Doubts } from "./doubts.js";
import { limits } from "./figures.js";
import { listenForInterruption } from "./interruption.js";
import { JsonView } from "./json-view.js";
import { LiveView } from "./live-view.js";
import { startLookout } from "./lookout.js";
import { PlainView } from "./plain-view.js";
import type { RunView } from "./run-view.js";
import { DONE, type Subcommand } from "./subcommand.js";
import { runSweep } from "./sweep.js";
import { valuesGiven } from "./tokens.js";
import { asTyped, trainFlags } from "./train-flags.js";
import { type NewRun, type ResumedRun, readTrainRequest, USAGE } from "./train-request.js";
import { wrapFor } from "./wrap.js";

/** Milliseconds of training between two checks for signals, and between two frames. */
const SLICE_MS = 40;

const NOT_RESUMABLE =
  "This run can't be resumed exactly: its environment has no snapshot() and restore(). Its policies, report and result are saved.";

const STILL_BUSY =
  "The run will be saved when the update and the environment's step at work are complete. Ctrl-C again ends it at once and keeps the last checkpoint.";

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: [
    "ascent train",
    "ascent train ppo LunarLander-v3 --seed 3",
    "ascent train ppo LunarLander-v3 --help   # with the options of these two; ascent list has the names",
    "ascent train ppo ./walk.ts:Walk-v9   # an environment of your own",
    "ascent train --preset exercise --learning-rate 0.003 --hidden 64,64",
    "ascent train --until 300 --out runs/first-try",
    "ascent train ppo --seeds 10   # a group of runs, side by side: a sweep with one cell",
    "ascent train ppo --gradient-noise 10   # how noisy the gradient is, and how large a batch is large enough",
    "ascent train ppo --log tensorboard --eval-every 10000   # and tensorboard --logdir runs",
    "ascent train --resume runs/first-try --until end --episodes 3000",
    "ascent train --from runs/first-try --learning-rate 0.0003",
  ],
  flags: (tokens) => trainFlags(tokens),

  async run(line) {
    // A group of runs that differ in their seeds is a sweep with a single cell.
    if (valuesGiven(line.tokens, "seeds").length > 0) return runSweep(line, "train --seeds", true);
    const request = await readTrainRequest(line).catch(throwNamed(asTyped));
    const { workers, stepTimeout, imports } = request;
    const environments = threads(workers, { modules: imports.map(({ path }) => path), stepTimeout });
    try {
      const view = viewFor(request);
      const doubts = new Doubts();
      const log = [...request.log, shownIn(view), doubts];
      const run = namingFields(asTyped, () =>
        "resume" in request ? goOn(request, environments, log) : begin(request, environments, log),
      );
      const { warn, faint } = colours(wantsColour(process.stderr, request.noColor));
      const { warning } = run.training;
      if (warning !== undefined) process.stderr.write(`${warn(wrapFor(process.stderr, `Warning: ${warning}`))}\n`);
      for (const note of request.json || request.quiet ? [] : notes(request, run))
        process.stderr.write(`${faint(wrapFor(process.stderr, note))}\n`);
      return await drive(run, view, doubts);
    } finally {
      await environments.close();
    }
  },
};

type Log = NonNullable<SaveOptions["log"]>;

/** A view gets updates and evaluations as any log does, so in the order in which they are made. */
function shownIn(view: RunView): LogSink {
  return { write: (update) => view.update(update), evaluated: (evaluation) => view.evaluated(evaluation) };
}

function begin(request: NewRun, environments: Threads, log: Log): SavedRun {
  const { config, from, out, until, imports, checkpointSeconds, gradientNoise, evaluation } = request;
  const parts = { environments, gradientNoise };
  const options = { out, until, imports, checkpointSeconds, log, ...evaluation };
  if (from === undefined) return startRun(trainNamed(config, parts), options);
  const training = readCheckpoint(from, (bytes) => trainNamed({ ...config, from: bytes }, parts));
  return startRun(training, { ...options, from });
}

function goOn(
  { resume, end, until, imports, checkpointSeconds, gradientNoise }: ResumedRun,
  environments: Threads,
  log: Log,
): SavedRun {
  return resumeRun(resume, { ...end, until, imports, checkpointSeconds, environments, gradientNoise, log });
}

/** The notes to print to standard error before training. */
function notes(request: NewRun | ResumedRun, { training, finished }: SavedRun): string[] {
  if (!("resume" in request)) {
    const hints = request.hint === undefined ? [] : [request.hint];
    return training.resumable ? hints : [...hints, NOT_RESUMABLE];
  }
  const { episodes, steps } = request.end;
  if (episodes === undefined && steps === undefined) return [];
  const budget = `Budget: at most ${limits(training.config)} in all from now on`;
  const lines = [`${budget}; settings that change over a run, such as a learning rate, are adjusted to it.`];
  if (finished) lines.push("The run has already reached the mark at which it ends: with --until end it goes on.");
  return lines;
}

function viewFor({ json, quiet, noColor }: NewRun | ResumedRun): RunView {
  if (json) return new JsonView(process.stdout);
  if (quiet || !canPaint(process.stdout)) return new PlainView(process.stdout, { quiet });
  return new LiveView(process.stdout, colourDepth(process.stdout, noColor));
}

/** Trains to the end or to the first interruption, and saves the run in both cases. Returns the exit code. */
async function drive(run: SavedRun, view: RunView, doubts: Doubts): Promise<number> {
  const interruption = listenForInterruption();
  const dismissLookout = startLookout(STILL_BUSY);
  const start = performance.now();
  try {
    const stopped = () => interruption.code !== undefined;
    doubts.begin(run);
    await view.begin(run, stopped);
    while (!run.finished && !stopped()) {
      await run.work(SLICE_MS);
      view.tick();
      await setImmediate();
    }
    const status = run.finished ? "finished" : "interrupted";
    const result = run.close(status);
    dismissLookout();
    const seconds = (performance.now() - start) / 1000;
    if (interruption.readable) view.end({ result, status, seconds, doubts: doubts.about(result) });
    // The run is already saved, so an error while writing the report does not mark it as failed. Whoever has interrupted
    // the run gets a report too; a second Ctrl-C ends the program without it.
    const { code } = interruption;
    const written = await writeReport(run, () => interruption.code !== code);
    if (!written) process.stderr.write("The run is saved, but its report was not written.\n");
    return interruption.code ?? DONE;
  } catch (error) {
    if (!run.closed) {
      view.abandon(error as Error);
      run.fail(error as Error);
      if (error instanceof FileError && existsSync(join(run.folder, CHECKPOINT))) {
        error.message += `\nThe last checkpoint is good: npx ascent train --resume ${shown(run.folder)} goes on from it.`;
      }
    }
    throw error;
  } finally {
    dismissLookout();
    interruption.stopListening();
  }
}
