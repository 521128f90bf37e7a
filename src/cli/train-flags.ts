/** What `ascent train` understands: its own flags, and those that an algorithm and an environment declare. */

import { algorithmEntry, listAlgorithms } from "../algorithms/registry.js";
import { presetFor } from "../training/config.js";
import { envEntry, listEnvs } from "../envs/registry.js";
import { ConfigError } from "../errors.js";
import { kebab } from "../report/train-command.js";
import { choice, flag, int, type Option, real, type Schema, text } from "../options.js";
import type { NamedConfig } from "../training/types.js";
import {
  asFlags,
  atMost,
  type CommandLine,
  type Flags,
  flagValues,
  knownName,
  optional,
  requireKnown,
  splitArguments,
} from "./arguments.js";
import type { FlagGroup } from "./command.js";
import { readSeed, SEED_MEANING } from "./seed.js";
import { UsageError } from "./usage-error.js";

export const USAGE = "ascent train [algorithm] [env] [options]";

const UNTIL_MEANING = "solved, end, or the average return of the last 100 episodes at which to stop";

const outputFlags: Flags = {
  json: flag(false, { help: "print one JSON object a line: start, update, result" }),
  quiet: flag(false, { help: "print nothing but the verdict" }),
  "no-color": flag(false, { help: "no colours; NO_COLOR does the same" }),
  "checkpoint-seconds": optional(
    real(5, {
      min: 0,
      help: "seconds between checkpoints; by default 5, and more where they would cost over 2.5 % of the time",
    }),
  ),
};

const runFlags: Flags = {
  seed: text("0", { meaning: SEED_MEANING, help: "everything random follows from it" }),
  episodes: optional(int(1, { min: 1, max: 1e9, help: "end after so many; the preset says how many otherwise" })),
  steps: optional(
    int(1, {
      min: 1,
      max: 1e12,
      help: "end after so many, of all environments together; with --episodes, whichever comes first",
    }),
  ),
  until: optional(text("", { meaning: UNTIL_MEANING, help: `${UNTIL_MEANING}; the preset decides otherwise` })),
  out: optional(
    text("", { meaning: "a folder that is new or empty", help: "folder of the run; runs/<name> otherwise" }),
  ),
  workers: int(1, {
    min: 1,
    max: 256,
    help: "threads that environments are stepped in; the results are the same bits",
  }),
  resume: optional(text("", { meaning: "the folder of a run", help: "go on with the run in this folder" })),
};

/** What was asked for, checked as far as it can be before training is set up. */
export interface TrainRequest {
  readonly config: NamedConfig;
  readonly until: number | undefined;
  readonly out: string | undefined;
  readonly resume: string | undefined;
  readonly checkpointSeconds: number | undefined;
  readonly workers: number;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly noColour: boolean;
  /** What to say on stderr before the run begins, if anything. */
  readonly hint: string | undefined;
}

/** Flags under headings; those of the algorithm and the environment are the ones that `args` name. */
export function trainFlags(args: readonly string[]): readonly FlagGroup[] {
  const { words, typed } = split(args);
  const { algorithm, env } = chosen(words);
  const preset = typed.findLast(({ name }) => name === "preset")?.value ?? "default";
  return [
    { heading: "Run", flags: { preset: presetFlag(algorithm), ...runFlags } },
    { heading: "Output", flags: outputFlags },
    { heading: `Options of ${algorithm}`, flags: asFlags(asPreset(algorithm, preset, env)) },
    { heading: `Options of ${env}`, flags: asFlags(envEntry(env).options, "env.") },
  ];
}

/** The options of an algorithm with what a preset makes of them as their defaults, for the help. */
function asPreset(algorithm: string, preset: string, env: string): Schema {
  const { options, presets } = algorithmEntry(algorithm);
  const known = Object.hasOwn(presets, preset) && (!presets[preset].onlyThese || presets[preset].envs?.[env]);
  // What is wrong with any other name is said where the flag is read.
  const settings = known ? presetFor(algorithmEntry(algorithm), preset, env).options : {};
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => [
      name,
      Object.hasOwn(settings, name) ? ({ ...option, default: settings[name] } as Option) : option,
    ]),
  );
}

/** @throws UsageError @throws ConfigError */
export function readTrainRequest(args: readonly string[]): TrainRequest {
  const line = split(args);
  requireKnown(line.typed, everyFlag(), "train");
  const { algorithm, env } = chosen(line.words);
  const flags: Flags = Object.assign({}, ...trainFlags(args).map((group) => group.flags));
  const values = flagValues(line.typed, flags, `train ${algorithm} ${env}`);
  const resume = values.get("resume") as string | undefined;
  if (resume !== undefined) requireNothingElse(line);
  const json = values.get("json") === true;
  const quiet = values.get("quiet") === true;
  return {
    config: {
      algorithm,
      env,
      preset: values.get("preset") as string | undefined,
      seed: readSeed(values.get("seed") as string | undefined),
      episodes: values.get("episodes") as number | undefined,
      steps: values.get("steps") as number | undefined,
      stopWhenSolved: stopWhenSolved(values.get("until") as string | undefined, env),
      options: pick(values, algorithmEntry(algorithm).options, ""),
      envOptions: pick(values, envEntry(env).options, "env."),
    },
    until: untilReturn(values.get("until") as string | undefined, resume !== undefined),
    out: values.get("out") as string | undefined,
    resume,
    checkpointSeconds: values.get("checkpoint-seconds") as number | undefined,
    workers: (values.get("workers") as number | undefined) ?? 1,
    json,
    quiet,
    noColour: values.get("no-color") === true,
    hint: json || quiet || resume !== undefined || line.words.includes(algorithm) ? undefined : hintFor(env),
  };
}

/** For who left the algorithm open: REINFORCE is meant for CartPole, and elsewhere `ppo` may have been tuned. */
function hintFor(env: string): string | undefined {
  const tuned = env !== "CartPole-v1" && Object.hasOwn(algorithmEntry("ppo").presets.default.envs ?? {}, env);
  return tuned ? `Hint: ppo has settings for ${env}: npx ascent train ppo ${env}` : undefined;
}

/** `options.learningRate` as it was typed: `--learning-rate`. Other fields that have a flag of their name get their dashes. */
export function asTyped(field: string): string {
  if (field.startsWith("envOptions.")) return `--env.${kebab(field.slice("envOptions.".length))}`;
  if (field.startsWith("options.")) return `--${kebab(field.slice("options.".length))}`;
  return Object.hasOwn(runFlags, field) || field === "preset" ? `--${field}` : field;
}

/**
 * Words and flags. Which flags are followed by a value depends on the algorithm, as one name can be a switch of one and a
 * choice of another; and which word is the algorithm, on that. So the words are looked at twice.
 */
function split(args: readonly string[]): CommandLine {
  const { words } = splitArguments(args, everyFlag());
  return splitArguments(args, everyFlag(words.find((word) => listAlgorithms().some(({ name }) => name === word))));
}

/** Every flag there is; of several with one name that of `algorithm`, or else a switch. */
function everyFlag(algorithm?: string): Flags {
  const all = listAlgorithms().flatMap(({ options }) => Object.entries(asFlags(options)));
  const ofAlgorithms = Object.fromEntries([...all, ...all.filter(([, { kind }]) => kind === "flag")]);
  return Object.assign(
    {},
    ...listEnvs().map(({ options }) => asFlags(options, "env.")),
    ofAlgorithms,
    algorithm === undefined ? {} : asFlags(algorithmEntry(algorithm).options),
    outputFlags,
    runFlags,
    { preset: presetFlag("reinforce") },
  );
}

function presetFlag(algorithm: string): Flags[string] {
  return choice("default", {
    choices: Object.keys(algorithmEntry(algorithm).presets),
    help: "settings to start from; options override them",
  });
}

/** `reinforce CartPole-v1`; either may be left out. */
function chosen(words: readonly string[]): { algorithm: string; env: string } {
  atMost(words, 2, USAGE);
  const names = listAlgorithms().map(({ name }) => name);
  const ids = listEnvs().map(({ id }) => id);
  if (words.length < 2) {
    const word = words.length === 0 ? "reinforce" : knownName("algorithm or environment", words[0], [...names, ...ids]);
    return names.includes(word) ? { algorithm: word, env: "CartPole-v1" } : { algorithm: "reinforce", env: word };
  }
  if (ids.includes(words[0]) && names.includes(words[1])) {
    throw new UsageError(`the algorithm comes first: ascent train ${words[1]} ${words[0]}`);
  }
  return { algorithm: knownName("algorithm", words[0], names), env: knownName("environment", words[1], ids) };
}

function pick(values: ReadonlyMap<string, unknown>, schema: object, prefix: string): Record<string, unknown> {
  const given = Object.keys(schema).filter((name) => values.has(prefix + kebab(name)));
  return Object.fromEntries(given.map((name) => [name, values.get(prefix + kebab(name))]));
}

function stopWhenSolved(until: string | undefined, env: string): boolean | undefined {
  if (until === "solved" && envEntry(env).rewardThreshold === undefined) {
    throw new ConfigError({
      field: "--until",
      given: until,
      allowed: `an average return: ${env} has no mark at which it counts as solved`,
    });
  }
  return until === undefined ? undefined : until === "solved";
}

function untilReturn(until: string | undefined, resuming: boolean): number | undefined {
  if (until === undefined || (until === "solved" && !resuming)) return undefined;
  if (until === "end") return resuming ? Number.POSITIVE_INFINITY : undefined;
  const value = until.trim() === "" ? Number.NaN : Number(until);
  if (Number.isFinite(value)) return value;
  const allowed = resuming ? "end, or the average return of the last 100 episodes at which to stop" : UNTIL_MEANING;
  throw new ConfigError({ field: "--until", given: until, allowed });
}

/** A resumed run has all its settings already; others would make it another run. */
function requireNothingElse({ words, typed }: CommandLine): void {
  const free = ["resume", "until", "workers", ...Object.keys(outputFlags)];
  const other = typed.find(({ name }) => !free.includes(name));
  if (other === undefined && words.length === 0) return;
  const given = other === undefined ? `"${words[0]}"` : `--${other.name}`;
  const allowed = free.map((name) => `--${name}`).join(" ");
  throw new UsageError(
    `${given} can't go with --resume: a resumed run keeps the settings it began with.\nAllowed: ${allowed}`,
  );
}
