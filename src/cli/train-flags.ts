/** The flags of `ascent train`: those of every run, and those of the chosen algorithm and environment. */

import { algorithmEntry, listAlgorithms } from "../algorithms/registry.js";
import { envEntry, listEnvs } from "../envs/registry.js";
import { evaluationOptions } from "../node/evaluation-options.js";
import { saveOptions } from "../node/save-options.js";
import { flag, int, type Option, optional, type Schema, text } from "../options.js";
import { flagName } from "../report/flag-text.js";
import { presetFor } from "../training/config.js";
import { runOptions } from "../training/run-options.js";
import { asFlags, type Flags } from "./arguments.js";
import { policyOption } from "./run-policy.js";
import type { FlagGroup } from "./subcommand.js";
import { type Token, valuesGiven } from "./tokens.js";

export const UNTIL_MEANING = "solved, end, or the average return of the last 100 episodes at which to stop";

export const SEEDS_MEANING = "how many seeds (10), or which (3,5,8 or 100-109)";

export const outputOptions = {
  json: flag(false, { help: "print one JSON object a line: start, update, result" }),
  quiet: flag(false, { help: "print nothing but the verdict" }),
  noColor: flag(false, { help: "no colours; NO_COLOR does the same" }),
};

/** Options of every run that are not part of its config. */
export const trainOptions = {
  until: optional(text("", { meaning: UNTIL_MEANING, help: `${UNTIL_MEANING}; the preset decides otherwise` })),
  seeds: optional(
    text("10", { meaning: SEEDS_MEANING, help: `train a group of runs: ${SEEDS_MEANING}; see ascent sweep --help` }),
  ),
  ...saveOptions,
  log: optional(
    text("", {
      meaning: "names of logs",
      help: "write another log beside metrics.jsonl: tensorboard, csv, or one that an imported module registers; may be repeated",
    }),
  ),
  ...evaluationOptions,
  gradientNoise: optional(
    int(10, {
      min: 1,
      help: "measure in every so many updates how noisy the gradient is, and how large a batch is large enough",
    }),
  ),
  resume: optional(
    text("", {
      meaning: "the folder of a run",
      help: "go on with this run; --steps or --episodes give it another budget",
    }),
  ),
  from: optional(
    text("", { meaning: "a run or a checkpoint file", help: "a new run that begins with the weights of this one" }),
  ),
  policy: optional({
    ...policyOption,
    help: "with --from: the policy at the end with its value network (last, the default), or the best one without",
  }),
};

/** The algorithm and the environment of the command. Defaults: `reinforce` and `CartPole-v1`. */
export interface Subject {
  readonly algorithm: string;
  readonly env: string;
}

/**
 * Finds the algorithm and the environment of a command, on which its flags depend: the first words that are such names,
 * except values of flags that every run has.
 */
export function subjectOf(tokens: readonly Token[], usual: Partial<Subject> = {}): Subject {
  const valued = asFlags({ ...runOptions(algorithmEntry("reinforce")), ...trainOptions });
  const words = tokens.flatMap((token, i) => {
    const before = tokens[i - 1];
    const isValue = before?.kind === "option" && before.inline === undefined && Object.hasOwn(valued, before.name);
    return token.kind === "word" && !isValue ? token.text : [];
  });
  const first = (names: readonly string[]): string | undefined => words.find((word) => names.includes(word));
  return {
    algorithm: first(listAlgorithms().map(({ name }) => name)) ?? usual.algorithm ?? "reinforce",
    env: first(listEnvs().map(({ id }) => id)) ?? usual.env ?? "CartPole-v1",
  };
}

/** The flags for the subject of these tokens, under headings. */
export function trainFlags(tokens: readonly Token[], { algorithm, env }: Subject = subjectOf(tokens)): FlagGroup[] {
  const { stopWhenSolved: _, ...run } = runOptions(algorithmEntry(algorithm));
  const preset = valuesGiven(tokens, "preset").at(-1) ?? "default";
  return [
    { heading: "Run", flags: asFlags({ ...run, ...trainOptions }) },
    { heading: "Output", flags: asFlags(outputOptions) },
    algorithmFlags(algorithm, preset, env),
    envFlags(env),
    { heading: `Options of ${env} in evaluations, where they differ`, flags: evalEnvFlags(env) },
  ];
}

/** The options of an algorithm, with the preset's values as defaults. */
export function algorithmFlags(algorithm: string, preset: string, env: string): FlagGroup {
  return { heading: `Options of ${algorithm}`, flags: asFlags(asPreset(algorithm, preset, env)) };
}

export function envFlags(env: string): FlagGroup {
  return { heading: `Options of ${env}`, flags: asFlags(envEntry(env).options, "env.") };
}

/** In a game, `--opponents` is short for `--env.opponents`. */
export function withOpponents(tokens: readonly Token[], env: string): readonly Token[] {
  if (!Object.hasOwn(envEntry(env).options, "opponents")) return tokens;
  return tokens.map((one) =>
    one.kind === "option" && one.name === "opponents" ? { ...one, name: "env.opponents" } : one,
  );
}

/** Without defaults of their own: an evaluation has the options of the run. */
function evalEnvFlags(env: string): Flags {
  const options = Object.entries(envEntry(env).options).map(([name, option]) => [name, optional(option)]);
  return asFlags(Object.fromEntries(options), "eval-env.");
}

/** Converts a field such as `options.learningRate` to its flag, `--learning-rate`. A field without a flag keeps its name. */
export function asTyped(field: string): string {
  if (field.startsWith("envOptions.")) return `--env.${flagName(field.slice("envOptions.".length))}`;
  if (field.startsWith("evalEnvOptions.")) return `--eval-env.${flagName(field.slice("evalEnvOptions.".length))}`;
  if (field.startsWith("options.")) return `--${flagName(field.slice("options.".length))}`;
  const own = { ...runOptions(algorithmEntry("reinforce")), ...trainOptions };
  return Object.hasOwn(own, field) ? `--${flagName(field)}` : field;
}

/** The options of an algorithm with the preset's values as defaults, for the help. */
function asPreset(name: string, preset: string, env: string): Schema {
  const algorithm = algorithmEntry(name);
  const { options, presets } = algorithm;
  const known = Object.hasOwn(presets, preset) && (!presets[preset].onlyThese || presets[preset].envs?.[env]);
  // An unknown name is reported when the value is checked.
  const settings = known ? presetFor(algorithm, preset, env).options : {};
  return Object.fromEntries(
    Object.entries(options).map(([option, declared]) => [
      option,
      Object.hasOwn(settings, option) ? ({ ...declared, default: settings[option] } as Option) : declared,
    ]),
  );
}
