/** `ascent generate`: texts of a trained language model. */

import type { Written } from "../language/run/language-model.js";
import { flag, int, optional, seed, text } from "../options.js";
import { defaultRng } from "../random/index.js";
import { asFlags, readCommandLine } from "./arguments.js";
import { type Colours, colours, wantsColour } from "./colour.js";
import { modelAt } from "./language-place.js";
import { printableJson } from "./printable.js";
import { DONE, type Subcommand } from "./subcommand.js";
import { valuesGiven } from "./tokens.js";
import { UsageError } from "./usage-error.js";
import { writingOptions } from "./writing-options.js";

const USAGE = "ascent generate [run] [options]";

const options = {
  prompt: optional(
    text("", {
      meaning: "a text",
      help: "what responses begin with; may be repeated. By default the task draws prompts",
    }),
  ),
  count: int(5, { min: 1, max: 10_000, help: "prompts to draw, or responses to each prompt that is given" }),
  ...writingOptions,
  seed: seed(0, { help: "of the prompts and the responses" }),
  json: flag(false, { help: "print one JSON object a line, with the log-probability of each token" }),
  noColor: flag(false, { help: "no colours; NO_COLOR does the same" }),
};

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: [
    "ascent generate",
    "ascent generate runs/friendly --count 10",
    'ascent generate runs/friendly --prompt "the film was" --temperature 0.5',
    "ascent generate runs/friendly --policy reference   # before tuning",
  ],
  flags: () => [{ heading: "Options", flags: asFlags(options) }],

  async run({ tokens }) {
    const { words, values } = readCommandLine(tokens, options, { name: "generate", usage: USAGE, words: 1 });
    const { count, temperature, topK, policy, json, noColor } = values;
    const { model, task } = modelAt(words[0], policy);
    const rng = defaultRng(values.seed);
    const given = valuesGiven(tokens, "prompt");
    const each = (prompt: string): string[] => Array.from({ length: count }, () => prompt);
    if (given.length === 0 && task === undefined)
      throw new UsageError("a model without a task has no prompts: give one with --prompt");
    const prompts = given.length > 0 ? given.flatMap(each) : Array.from({ length: count }, () => task!.prompt(rng));
    for (const written of model.write(prompts, { temperature, topK }, rng)) {
      process.stdout.write(
        json ? `${printableJson(written)}\n` : `${line(written, colours(wantsColour(process.stdout, noColor)))}\n`,
      );
    }
    return DONE;
  },
};

/** A response behind its prompt; one that did not come to an end has an ellipsis. */
export function line({ prompt, response, ended }: Written, { faint }: Colours): string {
  return `${faint(prompt)}${response}${ended ? "" : faint(" …")}`;
}
