/** `ascent sweep status` and `ascent sweep cancel`: sweeps in a queue, from any machine that reaches it. */

import type { QueueStatus, SweepQueue } from "../node/queue/sweep-queue.js";
import { readSweepRecord } from "../node/sweeps/sweep-record.js";
import { flag } from "../options.js";
import { readCommandLine } from "./arguments.js";
import { oneLine, printableJson } from "./printable.js";
import { openGivenQueue, queueOptions } from "./queue-options.js";
import { DONE } from "./subcommand.js";
import { table } from "./table.js";
import type { Token } from "./tokens.js";
import { UsageError } from "./usage-error.js";

const options = { ...queueOptions, json: flag(false, { help: "print JSON" }) };

/** The words after `ascent sweep` that are no algorithms. */
export const QUEUE_WORDS: readonly string[] = ["status", "cancel"];

export async function sweepInQueue(tokens: readonly Token[]): Promise<number> {
  const usage = "ascent sweep status --queue URL, or ascent sweep cancel <folder> --queue URL";
  const { words, values } = readCommandLine(tokens, options, { name: `sweep ${firstWord(tokens)}`, usage, words: 2 });
  const [word, folder] = words;
  if (word === "cancel" && folder === undefined)
    throw new UsageError(`the folder of a sweep is missing. Usage: ${usage}`);
  const record = folder === undefined ? undefined : readSweepRecord(folder);
  const { json } = values;
  const queue = await openGivenQueue(values);
  try {
    if (word === "cancel" && record !== undefined) {
      const waiting = await queue.cancel(record.plan, record);
      process.stdout.write(
        json
          ? `${printableJson({ cancelled: waiting })}\n`
          : `${waiting} waiting runs were taken out; workers leave theirs.\n`,
      );
      return DONE;
    }
    return await status(queue, json);
  } finally {
    await queue.close();
  }
}

function firstWord(tokens: readonly Token[]): string {
  const first = tokens.find(({ kind }) => kind === "word");
  return first?.kind === "word" ? first.text : "";
}

async function status(queue: SweepQueue, json: boolean): Promise<number> {
  const found = await queue.status();
  const cells = ({ sweep, waiting, active, ended, workers }: QueueStatus): string[] => [
    oneLine(sweep.name),
    String(sweep.runs),
    String(waiting),
    String(active),
    String(ended),
    String(workers),
    [`Ascent ${sweep.code.ascent}`, ...sweep.code.modules.map(({ module }) => module)].map(oneLine).join(", "),
  ];
  const headings = ["SWEEP", "RUNS", "WAITING", "AT WORK", "TO COLLECT", "WORKERS", "CODE"];
  const text =
    found.length === 0
      ? `There are no sweeps in ${queue.shown}.`
      : table(headings, found.map(cells), process.stdout.columns);
  process.stdout.write(`${json ? printableJson(found, 2) : text}\n`);
  return DONE;
}
