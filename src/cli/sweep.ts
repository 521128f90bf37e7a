/** `ascent sweep`: trains many runs, side by side, and judges each setting over its seeds. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { SweepQueue } from "../node/queue/sweep-queue.js";
import { openSweep, resumeSweep, startSweep } from "../node/sweeps/start-sweep.js";
import type { Sweep } from "../node/sweeps/sweep.js";
import { SWEEP } from "../node/sweeps/sweep-record.js";
import { writeSweepReport } from "../node/sweeps/sweep-report.js";
import { flagName } from "../report/flag-text.js";
import { summarise } from "../sweeps/summary.js";
import { namingFields, throwNamed } from "./arguments.js";
import { canPaint, colourDepth, colours } from "./colour.js";
import type { CommandLine } from "./imports.js";
import { listenForInterruption } from "./interruption.js";
import { mergeCommand } from "./merge.js";
import { openGivenQueue, queueFlags } from "./queue-options.js";
import { schemaCommand } from "./schema.js";
import { DONE, FAILED, type Subcommand } from "./subcommand.js";
import { planLines, sweepOpening } from "./sweep-closing.js";
import { sweepFlags } from "./sweep-flags.js";
import { SweepJsonView } from "./sweep-json-view.js";
import { SweepLiveView } from "./sweep-live-view.js";
import { SweepPlainView } from "./sweep-plain-view.js";
import { QUEUE_WORDS, sweepInQueue } from "./sweep-queue.js";
import { readSweepRequest, type SweepRequest } from "./sweep-request.js";
import type { SweepView } from "./sweep-view.js";
import { asTyped } from "./train-flags.js";
import { warn } from "./warn.js";
import { whileTicking } from "./while-ticking.js";

export const subcommand: Subcommand = {
  usage: "ascent sweep [algorithm] [env] [options], or ascent sweep <file> [options]",
  examples: [
    "ascent sweep --preset lecture --seeds 10   # the lecture's own grid: 4 learning rates × 3 discounts",
    "ascent sweep ppo CartPole-v1 --grid learning-rate=1e-4,1e-3 --grid gamma=0.9,0.99 --seeds 10",
    "ascent sweep ppo LunarLander-v3 --draw 'learning-rate=log(1e-5,1e-2)' --draw 'gamma=one-minus-log(0.9,0.999)' --sample 50",
    "ascent sweep ppo --grid policy=mlp,gru --grid memory-size=16,64 --when memory-size:policy=gru --dry-run",
    "ascent sweep --grid algorithm=reinforce,a2c,ppo --grid 'hidden=64;64,64;none' --steps 50000",
    "ascent sweep sweep.ts --jobs 1   # export default defineSweep({ … }); or sweep.json",
    "ascent sweep --schema > sweep.schema.json   # for editors",
    "ascent sweep sweep.ts --out /shared/study --shard 3/16   # one of 16 parts; or, apart, and then:",
    "ascent sweep --merge runs/part-1 runs/part-2 --out runs/study",
    "ascent sweep sweep.ts --queue redis://:password@host:6379   # trained by ascent worker; also sweep status, sweep cancel",
    "ascent sweep --resume runs/sweep-ppo-CartPole-v1 --seeds 20   # more seeds; what is done is not done again",
  ],
  flags: (tokens) => sweepFlags(tokens),
  async run(line) {
    const [first] = line.tokens.flatMap((token) => (token.kind === "word" ? token.text : []));
    if (QUEUE_WORDS.includes(first)) return sweepInQueue(line.tokens);
    const asks = (name: string): boolean => line.tokens.some((token) => token.kind === "option" && token.name === name);
    if (asks("schema")) return schemaCommand(line.tokens);
    return asks("merge") ? mergeCommand(line.tokens) : runSweep(line);
  },
};

/** Runs a command line of `ascent sweep`, or one of `ascent train --seeds`, which has a single cell. */
export async function runSweep(line: CommandLine, name = "sweep", single = false): Promise<number> {
  const request = await readSweepRequest(line, name, single).catch(throwNamed(flagOf));
  if (request.dryRun) return dryRun(request);
  const view = viewFor(request);
  const queue =
    request.queue === undefined ? undefined : await openGivenQueue(request, (message) => view.note(message));
  try {
    return await drive(
      namingFields(flagOf, () => begin(request, queue)),
      view,
      queueFlags(request, queue),
    );
  } finally {
    await queue?.close();
  }
}

function begin(request: SweepRequest, queue: SweepQueue | undefined): Sweep {
  const { resume, plan, given, imports, jobs, out, shard, endHopeless, otherCode } = request;
  const how = { imports, jobs, shard, queue };
  if (resume !== undefined) return resumeSweep(resume, { ...how, otherCode, more: plan });
  const joined = (): Sweep | undefined =>
    shard !== undefined && out !== undefined && existsSync(join(out, SWEEP))
      ? resumeSweep(out, { ...how, plan })
      : undefined;
  const there = joined();
  if (there !== undefined) return there;
  try {
    return startSweep(plan, { ...how, given, out, endHopeless });
  } catch (error) {
    // Of the parts that share a folder, one makes it. It may have done so at this very moment.
    const made = joined();
    if (made === undefined) throw error;
    return made;
  }
}

function dryRun({ plan, json, noColor }: SweepRequest): number {
  const lines = json
    ? [JSON.stringify({ type: "plan", plan, runs: plan.cells.length * plan.seeds.length })]
    : [sweepOpening(plan, colours(colourDepth(process.stdout, noColor) !== "none")), ...planLines(plan)];
  process.stdout.write(`${lines.join("\n")}\n`);
  return DONE;
}

function viewFor({ json, quiet, noColor }: SweepRequest): SweepView {
  if (json) return new SweepJsonView(process.stdout);
  if (quiet || !canPaint(process.stdout)) return new SweepPlainView(process.stdout, { quiet });
  return new SweepLiveView(process.stdout, colourDepth(process.stdout, noColor));
}

/** Trains to the end or to the first interruption, with everything saved in both cases. Returns the exit code. */
async function drive(sweep: Sweep, view: SweepView, flags: string): Promise<number> {
  const interruption = listenForInterruption();
  const start = performance.now();
  const alarms: string[] = [];
  const train = async (): Promise<void> => {
    for await (const news of sweep) {
      view.news(news);
      if (news.kind === "differs")
        alarms.push(`${news.id} came to different weights on ${news.machines.join(" and ")}`);
    }
  };
  try {
    view.begin(sweep);
    await whileTicking(train, { tick: () => view.tick(), stop: () => sweep.stop(), interruption });
    // Other parts of the sweep may have runs in the folder too.
    const summary = summarise(sweep.plan, openSweep(sweep.folder).outcomes.values());
    writeSweepReport(sweep.folder, summary);
    const status = sweep.complete ? "finished" : "interrupted";
    const broken = new Map([...sweep.broken].map(([id, { error }]) => [id, error.message]));
    if (interruption.readable)
      view.end({ summary, status, seconds: (performance.now() - start) / 1000, broken, flags });
    for (const alarm of alarms) warn(`Warning: ${alarm}. One of them has other code or is damaged.`);
    return interruption.code ?? (broken.size > 0 ? FAILED : DONE);
  } finally {
    interruption.stopListening();
  }
}

/** A field of a sweep as it was typed: `grid.gamma` as `--grid gamma`. */
function flagOf(field: string): string {
  const own = /^(grid|draw|when|seeds|sample|sampling|sampleSeed|jobs|out|resume|shard|queue|files)\b(?:\.(.*))?/.exec(
    field,
  );
  if (own === null) return asTyped(field);
  const [, name, setting] = own;
  const flag = `--${flagName(name)}`;
  return setting === undefined ? flag : `${flag} ${setting}`;
}
