/** `ascent import`: reads a policy that another library trained. */

import { readFileSync } from "node:fs";
import { ConfigError } from "../errors.js";
import { fromStableBaselines3 } from "../export/index.js";
import { readCheckpoint } from "../node/read-checkpoint.js";
import { reading } from "../node/reading.js";
import { writeAtomically } from "../node/write-file.js";
import { optional, text } from "../options.js";
import { loadPolicy } from "../training/load-policy.js";
import { asFlags, readCommandLine } from "./arguments.js";
import { shown } from "./closing.js";
import { formatOf, writePolicy } from "./policy-file.js";
import { DONE, type Subcommand } from "./subcommand.js";
import { UsageError } from "./usage-error.js";

const USAGE = "ascent import <model.zip> [options]";

const options = {
  out: optional(
    text("", {
      meaning: "a file to write",
      help: "weights for ascent train --from if it ends in .safetensors, or a module (.mjs) or an ONNX model (.onnx) that acts; the model's name and .safetensors otherwise",
    }),
  ),
  vecNormalize: optional(
    text("", {
      meaning: "a file",
      help: "the statistics that VecNormalize.save wrote, if the model was trained with it",
    }),
  ),
  env: optional(text("", { meaning: "an id", help: "the environment, which the model's file does not name" })),
};

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: [
    "ascent import ppo_cartpole.zip --out cartpole.safetensors",
    "ascent import a2c_pendulum.zip --vec-normalize vec_normalize.pkl --out pendulum.mjs",
  ],
  flags: () => [{ heading: "Options", flags: asFlags(options) }],

  async run({ tokens }) {
    const { words, values } = readCommandLine(tokens, options, { name: "import", usage: USAGE, words: 1 });
    const [model] = words;
    if (model === undefined || model === "")
      throw new UsageError(`import needs the zip of a Stable-Baselines3 model. Usage: ${USAGE}`);
    const { out = `${model.replace(/\.zip$/, "")}.safetensors`, env } = values;
    if (out === model) throw new ConfigError({ field: "--out", given: out, allowed: "another file than the model" });
    const format = formatOf(out, undefined);
    const { vecNormalize: statistics } = values;
    const vecNormalize = statistics === undefined ? undefined : reading(statistics, () => readFileSync(statistics));
    const bytes = readCheckpoint(model, (zip) => fromStableBaselines3(zip, { vecNormalize, env }));
    const { policy, config } = loadPolicy(bytes);
    if (format === "safetensors") writeAtomically(out, bytes);
    else writePolicy(out, format, policy, { algorithm: config.algorithm, source: "Stable-Baselines3" });
    process.stdout.write(`${shown(out)}: the ${config.algorithm} policy of ${shown(model)}\n`);
    return DONE;
  },
};
