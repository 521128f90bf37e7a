/** `ascent sweep --merge`: puts the folders of sweeps together. */

import { mergeSweeps } from "../node/sweeps/merge-sweeps.js";
import { openSweep } from "../node/sweeps/start-sweep.js";
import { writeSweepReport } from "../node/sweeps/sweep-report.js";
import { flag } from "../options.js";
import { summarise } from "../sweeps/summary.js";
import { namingFields, readCommandLine } from "./arguments.js";
import { shown } from "./closing.js";
import { printableJson } from "./printable.js";
import { DONE } from "./subcommand.js";
import { mergeOptions, workOptions } from "./sweep-flags.js";
import type { Token } from "./tokens.js";

const options = { ...mergeOptions, out: workOptions.out, json: flag(false, { help: "print JSON" }) };

export async function mergeCommand(tokens: readonly Token[]): Promise<number> {
  const usage = "ascent sweep --merge <folder> <folder> … --out <folder>";
  const { words, values } = readCommandLine(tokens, options, {
    name: "sweep --merge",
    usage,
    words: Number.POSITIVE_INFINITY,
  });
  const merged = namingFields(
    (field) => `--${field}`,
    () => mergeSweeps(words, values.out),
  );
  const { record, outcomes } = openSweep(merged.folder);
  writeSweepReport(merged.folder, summarise(record.plan, outcomes.values()));
  const { done, runs, folder } = merged;
  const rest = done === runs ? "" : ` npx ascent sweep --resume ${shown(folder)} trains the other ${runs - done}.`;
  const text = `${shown(folder)}: ${done} of ${runs} runs have ended.${rest}`;
  process.stdout.write(`${values.json ? printableJson(merged) : text}\n`);
  return DONE;
}
