/** `ascent export`: writes the policy of a run to a file that is used without Ascent. */

import { join } from "node:path";
import { readRecord } from "../node/run-record.js";
import { choice, optional, text } from "../options.js";
import { envName } from "../training/env-name.js";
import type { RunResult } from "../training/types.js";
import { asFlags, readCommandLine } from "./arguments.js";
import { shown } from "./closing.js";
import { FORMATS, type Format, formatOf, writePolicy } from "./policy-file.js";
import { loadRunPolicy, policyOption } from "./run-policy.js";
import { DONE, type Subcommand } from "./subcommand.js";

const USAGE = "ascent export [run] [options]";

const options = {
  format: optional(
    choice<Format>("mjs", {
      choices: FORMATS,
      help: "a JavaScript module, an ONNX model, or weights for PyTorch; by default what the name in --out ends with, else mjs",
    }),
  ),
  out: optional(
    text("", {
      meaning: "a file to write",
      help: "where to; policy and the ending of its format in the run's folder otherwise",
    }),
  ),
  policy: policyOption,
};

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: ["ascent export", "ascent export reinforce-CartPole-v1-seed0 --out web/policy.onnx"],
  flags: () => [{ heading: "Options", flags: asFlags(options) }],

  async run({ tokens, imports }) {
    const { words, values } = readCommandLine(tokens, options, { name: "export", usage: USAGE, words: 1 });
    const { out, policy: wanted } = values;
    const format = formatOf(out, values.format);
    const { folder, which, policy, config } = await loadRunPolicy(words[0], wanted, imports);
    const about = { environment: envName(config), algorithm: config.algorithm, seed: config.seed, policy: which };
    const { result } = readRecord(folder);
    const path = out ?? join(folder, `policy.${format}`);
    writePolicy(path, format, policy, { ...about, ...scoreOf(result) });
    process.stdout.write(`${shown(path)}: the ${which} policy of ${shown(folder)}\n`);
    return DONE;
  },
};

/** What the run's episodes averaged, if it has ended. */
function scoreOf(result: RunResult | null): Readonly<Record<string, string>> {
  if (result === null || result.averageReturn === null) return {};
  return { score: `${result.averageReturn}, the mean return of the last 100 training episodes` };
}
