/** `ascent chat`: a trained language model goes on with what one types. */

import { createInterface } from "node:readline";
import { ConfigError } from "../errors.js";
import { flag, seed } from "../options.js";
import { defaultRng } from "../random/index.js";
import { asFlags, readCommandLine } from "./arguments.js";
import { colours, wantsColour } from "./colour.js";
import { line } from "./generate.js";
import { modelAt } from "./language-place.js";
import { DONE, type Subcommand } from "./subcommand.js";
import { writingOptions } from "./writing-options.js";

const USAGE = "ascent chat [run] [options]";

const options = {
  ...writingOptions,
  seed: seed(0, { help: "of the responses" }),
  noColor: flag(false, { help: "no colours; NO_COLOR does the same" }),
};

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: ["ascent chat", "ascent chat runs/friendly --temperature 0.5"],
  flags: () => [{ heading: "Options", flags: asFlags(options) }],

  async run({ tokens }) {
    const { words, values } = readCommandLine(tokens, options, { name: "chat", usage: USAGE, words: 1 });
    const { temperature, topK, policy, noColor } = values;
    const { model, task } = modelAt(words[0], policy);
    const style = colours(wantsColour(process.stdout, noColor));
    const rng = defaultRng(values.seed);
    const terminal = process.stdin.isTTY === true;
    const hint = task === undefined ? "" : `, such as "${task.prompt(defaultRng(0))}"`;
    if (terminal) process.stdout.write(`${style.faint(`Type how a text begins${hint}. Ctrl-D ends.`)}\n`);
    const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: "> ", terminal });
    if (terminal) lines.prompt();
    for await (const typed of lines) {
      if (typed.trim() !== "") process.stdout.write(`${answer(typed)}\n`);
      if (terminal) lines.prompt();
    }
    return DONE;

    /** What the model makes of a beginning, or why it can't. */
    function answer(prompt: string): string {
      try {
        const [written] = model.write([prompt], { temperature, topK }, rng);
        return line(written, style);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        return style.warn(error.message);
      }
    }
  },
};
