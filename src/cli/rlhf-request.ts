/** Reads the command line of `ascent rlhf`. */

import {
  type LanguageConfig,
  languageRunOptions,
  namedTrainer,
  recipeOf,
  TRAINERS,
  type TrainerName,
  usualPipeline,
  usualResponses,
} from "../language/run/language-config.js";
import { pipelineOptions } from "../language/run/pipeline-options.js";
import { RECIPES } from "../language/run/recipes.js";
import type { SaveOptions } from "../node/save-options.js";
import { saveOptions } from "../node/save-options.js";
import { choice, flag, optional, type Schema, text, type Values } from "../options.js";
import { flagName } from "../report/flag-text.js";
import { asFlags, atMost, type Flags, knownName, readFlags, valuesOf } from "./arguments.js";
import type { CommandLine } from "./imports.js";
import type { FlagGroup } from "./subcommand.js";
import { type Token, valuesGiven } from "./tokens.js";
import { outputOptions } from "./train-flags.js";
import { unchecked } from "./train-request.js";
import { UsageError } from "./usage-error.js";

export const USAGE = "ascent rlhf [task] [options]";

const { out, checkpointSeconds } = saveOptions;

/** Options of every run that are not part of its config. */
const runOptions = {
  out,
  checkpointSeconds,
  from: optional(
    text("", {
      meaning: "a run, or the file of a model",
      help: "begin with this model in place of texts; shipped: one that comes with Ascent, for sentiment",
    }),
  ),
  preferences: optional(
    text("", {
      meaning: "a file of JSON lines",
      help: "learn the reward from these preferences: prompt, chosen, rejected in each line",
    }),
  ),
  ask: flag(false, { help: "you are the judge: say which of two responses is better, --pairs times (60)" }),
  resume: optional(text("", { meaning: "the folder of a run", help: "go on with this run, with the same bits" })),
};

const TRAINER_NAMES = Object.keys(TRAINERS);
const DEFAULT_TASK = "sentiment";

/** What the command line asks for. */
export interface RlhfRequest {
  readonly config: LanguageConfig;
  readonly resume: string | undefined;
  readonly from: string | undefined;
  readonly preferences: string | undefined;
  readonly ask: boolean;
  readonly out: string | undefined;
  readonly checkpointSeconds: SaveOptions["checkpointSeconds"];
  readonly json: boolean;
  readonly quiet: boolean;
  readonly noColor: boolean;
}

/** With few preferences, each is gone through more often. */
const ASKED = { reward: "learned", pairs: 60, pairEpochs: 12, pairBatch: 10 } as const;

/** The task and the trainer that these tokens name, on which the other flags depend. */
function subjectOf(tokens: readonly Token[]): { readonly task: string; readonly trainer: TrainerName } {
  const words = tokens.flatMap((token) => (token.kind === "word" ? token.text : []));
  const task = words.find((word) => RECIPES.has(word)) ?? DEFAULT_TASK;
  const named = valuesGiven(tokens, "trainer").at(-1) ?? "";
  return { task, trainer: (Object.hasOwn(TRAINERS, named) ? named : recipeOf(task).trainer) as TrainerName };
}

/** The flags for the task and the trainer that are named, with the settings for them as defaults. */
export function rlhfFlags(tokens: readonly Token[]): FlagGroup[] {
  const { task, trainer } = subjectOf(tokens);
  const recipe = recipeOf(task);
  const trainerOption = choice(trainer, { choices: TRAINER_NAMES, help: "what improves the policy" });
  const schema = withDefaults(pipelineOptions, usualPipeline(recipe, namedTrainer(trainer)));
  const defaults = Object.fromEntries(Object.entries(schema).map(([name, option]) => [name, option.default]));
  const usual = usualResponses(recipe, namedTrainer(trainer), defaults as Values<typeof pipelineOptions>);
  const responses = { ...languageRunOptions.responses, default: usual };
  return [
    {
      heading: "Run",
      flags: asFlags({ trainer: trainerOption, seed: languageRunOptions.seed, responses, ...runOptions }),
    },
    { heading: "Output", flags: asFlags(outputOptions) },
    { heading: `Options of ${task}`, flags: asFlags(schema) },
    {
      heading: `Options of ${trainer}`,
      flags: asFlags(withDefaults(schemaOf(trainer), recipe.options[trainer] ?? {})),
    },
  ];
}

function schemaOf(trainer: string): Schema {
  return TRAINERS[trainer as keyof typeof TRAINERS].options;
}

function withDefaults(schema: Schema, defaults: Readonly<Record<string, unknown>>): Schema {
  const entries = Object.entries(schema).map(([name, option]) => [
    name,
    Object.hasOwn(defaults, name) ? { ...option, default: defaults[name] } : option,
  ]);
  return Object.fromEntries(entries) as Schema;
}

/** @throws UsageError @throws ConfigError */
export function readRlhfRequest({ tokens }: CommandLine): RlhfRequest {
  const groups = rlhfFlags(tokens);
  const flags: Flags = Object.assign({}, ...groups.map((group) => group.flags));
  const { words, values } = readFlags(tokens, flags, "rlhf");
  atMost(words, 1, USAGE);
  if (words.length === 1) knownName("task", words[0], [...RECIPES.keys()]);
  const { resume, ...saving } = valuesOf(values, runOptions);
  const output = valuesOf(values, outputOptions);
  if (resume !== undefined) {
    const kept = new Set(["resume", "ask", "checkpoint-seconds", ...Object.keys(asFlags(outputOptions))]);
    const other = words[0] ?? [...values.keys()].find((name) => !kept.has(name));
    if (other !== undefined)
      throw new UsageError(
        `${words[0] ?? `--${other}`} can't go with --resume: a resumed run keeps the settings it began with`,
      );
  }
  const { task, trainer } = subjectOf(tokens);
  if (values.has("trainer")) knownTrainer(String(values.get("trainer")));
  const { seed, responses } = unchecked(values, languageRunOptions, "");
  const config: LanguageConfig = {
    task,
    trainer,
    seed,
    responses,
    options: unchecked(values, schemaOf(trainer), ""),
    pipeline: { ...(saving.ask ? ASKED : {}), ...unchecked(values, pipelineOptions, "") },
  };
  return { ...output, ...saving, resume, config };
}

/** @throws UsageError */
function knownTrainer(name: string): void {
  if (/^best[-_ ]?of/.test(name))
    throw new UsageError(
      "best of n is no trainer: it learns nothing. ascent generate --best-of 8 writes 8 responses to each prompt and keeps the best",
    );
  knownName("trainer", name, TRAINER_NAMES);
}

/** A field of the config as its flag: `options.beta` is `--beta`. */
export function asTyped(field: string): string {
  const name = field.replace(/^(options|pipeline)\./, "");
  return Object.hasOwn({ ...languageRunOptions, trainer: 0 }, name) || name !== field ? `--${flagName(name)}` : field;
}
