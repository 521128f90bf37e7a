/** `ascent export`: a trained policy as a file that runs without Ascent. */

import { envName } from "../training/env-name.js";
import { join } from "node:path";
import { ConfigError } from "../errors.js";
import { toModule, toOnnx } from "../export/index.js";
import { writeAtomically } from "../node/write-file.js";
import { choice, text } from "../options.js";
import { atMost, type Flags, flagValues, optional, splitArguments } from "./arguments.js";
import { shown } from "./closing.js";
import { type Command, DONE } from "./command.js";
import { loadRunPolicy, policyFlag } from "./run-policy.js";

const USAGE = "ascent export [run] [options]";

const flags: Flags = {
  format: optional(
    choice("mjs", {
      choices: ["mjs", "onnx"],
      help: "a JavaScript module without dependencies, or an ONNX model; by default what the name in --out ends with, else mjs",
    }),
  ),
  out: optional(
    text("", { meaning: "a file to write", help: "where to; policy.mjs or policy.onnx in the run's folder otherwise" }),
  ),
  policy: policyFlag,
};

export const command: Command = {
  usage: USAGE,
  examples: ["ascent export", "ascent export reinforce-CartPole-v1-seed0 --out web/policy.onnx"],
  flags: () => [{ heading: "Options", flags }],

  async run(args) {
    const { words, typed } = splitArguments(args, flags);
    atMost(words, 1, USAGE);
    const values = flagValues(typed, flags, "export");
    const out = values.get("out") as string | undefined;
    const format = (values.get("format") as string | undefined) ?? (out?.endsWith(".onnx") ? "onnx" : "mjs");
    if (out !== undefined && !out.endsWith(`.${format}`)) {
      throw new ConfigError({
        field: "--out",
        given: out,
        allowed: `a file whose name ends in ${values.has("format") ? `.${format}` : ".mjs or .onnx"}`,
      });
    }
    const { folder, which, policy, config } = loadRunPolicy(
      words[0],
      (values.get("policy") as "best" | "last" | undefined) ?? "best",
    );
    const about = { environment: envName(config), algorithm: config.algorithm, seed: config.seed, policy: which };
    const path = out ?? join(folder, `policy.${format}`);
    writeAtomically(path, format === "onnx" ? toOnnx(policy, { about }) : toModule(policy, { about }));
    process.stdout.write(`${shown(path)}: the ${which} policy of ${shown(folder)}\n`);
    return DONE;
  },
};
