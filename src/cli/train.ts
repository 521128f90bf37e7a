/** `ascent train`: trains, shows it, and leaves a run folder. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { ConfigError } from "../errors.js";
import { FileError } from "../node/file-error.js";
import { writeReport } from "../node/report-file.js";
import { CHECKPOINT } from "../node/run-folder.js";
import { resumeRun, type SavedRun, startRun } from "../node/saved-run.js";
import { type Threads, threads } from "../node/threads/threads.js";
import { trainNamed } from "../training/train.js";
import { shown } from "./closing.js";
import { colourDepth, colours, wantsColour } from "./colour.js";
import { type Command, DONE } from "./command.js";
import { listenForInterruption } from "./interruption.js";
import { JsonView } from "./json-view.js";
import { LiveView } from "./live-view.js";
import { PlainView } from "./plain-view.js";
import { asTyped, readTrainRequest, type TrainRequest, trainFlags, USAGE } from "./train-flags.js";
import type { View } from "./view.js";

/** Milliseconds of training between two looks at signals and the screen. */
const SLICE_MS = 40;

export const command: Command = {
  usage: USAGE,
  examples: [
    "ascent train",
    "ascent train ppo LunarLander-v3 --seed 3",
    "ascent train ppo LunarLander-v3 --help   # with the options of these two; ascent list has the names",
    "ascent train --preset exercise --learning-rate 0.003 --hidden 64,64",
    "ascent train --until 300 --out runs/first-try",
    "ascent train --resume runs/first-try --until end",
  ],
  flags: trainFlags,

  async run(args) {
    const request = readTrainRequest(args);
    const environments = threads(request.workers);
    try {
      const run = openRun(request, environments);
      const { warn, faint } = colours(wantsColour(process.stderr, request.noColour));
      const { warning } = run.training;
      if (warning !== undefined) process.stderr.write(`${warn(`Warning: ${warning}`)}\n`);
      if (request.hint !== undefined) process.stderr.write(`${faint(request.hint)}\n`);
      return await drive(run, viewFor(request));
    } finally {
      await environments.close();
    }
  },
};

function openRun({ config, out, resume, ...options }: TrainRequest, environments: Threads): SavedRun {
  if (resume !== undefined) return resumeRun(resume, { ...options, environments });
  try {
    return startRun(trainNamed(config, { environments }), { out, ...options });
  } catch (error) {
    if (error instanceof ConfigError) error.message = error.message.replace(error.field, asTyped(error.field));
    throw error;
  }
}

function viewFor({ json, quiet, noColour }: TrainRequest): View {
  if (json) return new JsonView(process.stdout);
  if (quiet || !process.stdout.isTTY || process.env.TERM === "dumb") return new PlainView(process.stdout, { quiet });
  return new LiveView(process.stdout, colourDepth(process.stdout, noColour));
}

/** Trains to the end or to the first interruption; either way the run is saved. Returns the exit code. */
async function drive(run: SavedRun, view: View): Promise<number> {
  const interruption = listenForInterruption();
  const start = performance.now();
  try {
    view.begin(run);
    while (!run.finished && interruption.code === undefined) {
      for (const update of run.work(SLICE_MS)) view.update(update);
      view.tick();
      await setImmediate();
    }
    const status = run.finished ? "finished" : "interrupted";
    const result = run.close(status);
    if (interruption.readable) view.end({ result, status, seconds: (performance.now() - start) / 1000 });
    // The run itself is safe by now: what happens to its report can't make it a failed one.
    writeReport(run);
    return status === "finished" ? DONE : (interruption.code ?? DONE);
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
    interruption.stopListening();
  }
}
