/** `ascent generate`: texts of a trained language model. */

import { join } from "node:path";
import type { Written } from "../language/run/language-model.js";
import type { LanguageTraining } from "../language/run/language-training.js";
import { resumeLanguage } from "../language/run/train-language.js";
import { type BestWritten, writeBest } from "../language/run/write-best.js";
import { readCheckpoint } from "../node/read-checkpoint.js";
import { CHECKPOINT } from "../node/run-folder.js";
import { flag, int, optional, seed, text } from "../options.js";
import { defaultRng } from "../random/index.js";
import { asFlags, readCommandLine } from "./arguments.js";
import { type Colours, colours, wantsColour } from "./colour.js";
import { figure } from "./figures.js";
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
  bestOf: optional(
    int(8, {
      min: 1,
      max: 1024,
      help: "write so many responses to each prompt, and keep the one that the run's reward likes best",
    }),
  ),
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
    "ascent generate runs/friendly --policy reference --best-of 8 --count 200   # what tuning is measured against",
  ],
  flags: () => [{ heading: "Options", flags: asFlags(options) }],

  async run({ tokens }) {
    const { words, values } = readCommandLine(tokens, options, { name: "generate", usage: USAGE, words: 1 });
    const { count, temperature, topK, policy, json, noColor, bestOf } = values;
    const { model, task, folder } = modelAt(words[0], policy);
    const rng = defaultRng(values.seed);
    const given = valuesGiven(tokens, "prompt");
    const each = (prompt: string): string[] => Array.from({ length: count }, () => prompt);
    if (given.length === 0 && task === undefined)
      throw new UsageError("a model without a task has no prompts: give one with --prompt");
    const prompts = given.length > 0 ? given.flatMap(each) : Array.from({ length: count }, () => task!.prompt(rng));
    const style = colours(wantsColour(process.stdout, noColor));
    const print = (written: Written): boolean =>
      process.stdout.write(`${json ? printableJson(written) : line(written, style)}\n`);
    if (bestOf === undefined) {
      model.write(prompts, { temperature, topK }, rng).forEach(print);
      return DONE;
    }
    if (folder === undefined || task === undefined)
      throw new UsageError("--best-of needs a run on a built-in task: its reward says which response is the best");
    const { chosen, ...means } = writeBest(
      rewardOf(folder),
      task,
      prompts,
      { n: bestOf, model, temperature, topK },
      rng,
    );
    chosen.forEach(print);
    process.stdout.write(json ? `${printableJson({ bestOf, ...means })}\n` : `${summary(bestOf, means, style)}\n`);
    return DONE;
  },
};

/** The run in a folder, whose reward judges. @throws FileError @throws CorruptFileError @throws ConfigError */
function rewardOf(folder: string): LanguageTraining {
  return readCheckpoint(join(folder, CHECKPOINT), (bytes) => resumeLanguage(bytes));
}

/** `Best of 8: reward 1.2 (all: 0), gold 1.7 (all: -0.2), at most 1.2 nats from what all are drawn from`. */
function summary(n: number, { reward, gold, klBound }: Omit<BestWritten, "chosen">, { faint }: Colours): string {
  const pair = (name: string, { all, best }: BestWritten["reward"]): string =>
    `${name} ${figure(best)} (of all: ${figure(all)})`;
  return faint(
    `Best of ${n}: ${pair("reward", reward)}, ${pair("gold score", gold)}; KL from the model at most ${figure(klBound)} nats`,
  );
}

/** A response behind its prompt; one that did not come to an end has an ellipsis. */
export function line({ prompt, response, ended }: Written, { faint }: Colours): string {
  return `${faint(prompt)}${response}${ended ? "" : faint(" …")}`;
}
