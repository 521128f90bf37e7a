/** `ascent export`: writes a trained policy to a file that runs without Ascent. */

import { join } from "node:path";
import { ConfigError } from "../errors.js";
import { toModule, toOnnx } from "../export/index.js";
import { writeAtomically } from "../node/write-file.js";
import { choice, optional, text } from "../options.js";
import { envName } from "../training/env-name.js";
import { asFlags, readCommandLine } from "./arguments.js";
import { shown } from "./closing.js";
import { loadRunPolicy, policyOption } from "./run-policy.js";
import { DONE, type Subcommand } from "./subcommand.js";

const USAGE = "ascent export [run] [options]";

const options = {
  format: optional(
    choice<"mjs" | "onnx">("mjs", {
      choices: ["mjs", "onnx"],
      help: "a JavaScript module without dependencies, or an ONNX model; by default what the name in --out ends with, else mjs",
    }),
  ),
  out: optional(
    text("", { meaning: "a file to write", help: "where to; policy.mjs or policy.onnx in the run's folder otherwise" }),
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
    const format = values.format ?? (out?.endsWith(".onnx") ? "onnx" : "mjs");
    if (out !== undefined && !out.endsWith(`.${format}`)) {
      const allowed = `a file whose name ends in ${values.format === undefined ? ".mjs or .onnx" : `.${format}`}`;
      throw new ConfigError({ field: "--out", given: out, allowed });
    }
    const { folder, which, policy, config } = await loadRunPolicy(words[0], wanted, imports);
    const about = { environment: envName(config), algorithm: config.algorithm, seed: config.seed, policy: which };
    const path = out ?? join(folder, `policy.${format}`);
    writeAtomically(path, format === "onnx" ? toOnnx(policy, { about }) : toModule(policy, { about }));
    process.stdout.write(`${shown(path)}: the ${which} policy of ${shown(folder)}\n`);
    return DONE;
  },
};
