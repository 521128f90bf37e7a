/** Reads the command line of `ascent train`. */

import { algorithmEntry, listAlgorithms } from "../algorithms/registry.js";
import { envEntry, listEnvs } from "../envs/registry.js";
import { type EvaluationOptions, evaluationOptions } from "../node/evaluation-options.js";
import { findRecord } from "../node/run-folder.js";
import type { Schema, Values } from "../options.js";
import { flagName } from "../report/flag-text.js";
import type { ResumeOptions } from "../training/extended-config.js";
import { runOptions } from "../training/run-options.js";
import type { RunImport } from "../training/run-record.js";
import type { NamedConfig, ResolvedConfig } from "../training/types.js";
import { asFlags, atMost, type Flags, knownName, readFlags, valuesOf } from "./arguments.js";
import { type CommandLine, importForRun, silentImports } from "./imports.js";
import { type Token, valuesGiven } from "./tokens.js";
import {
  asTyped,
  outputOptions,
  type Subject,
  subjectOf,
  trainFlags,
  trainOptions,
  withOpponents,
} from "./train-flags.js";
import { type End, readUntil } from "./until.js";
import { UsageError } from "./usage-error.js";
import { findWeights } from "./weights.js";

export const USAGE = "ascent train [algorithm] [env] [options]";

/** The fields of new and resumed runs. */
interface Shared extends Values<typeof outputOptions> {
  readonly workers: number;
  readonly stepTimeout: number;
  readonly checkpointSeconds: number | undefined;
  readonly gradientNoise: number | undefined;
  readonly until: End["until"];
  readonly imports: readonly RunImport[];
  /** Names of logs. */
  readonly log: readonly string[];
}

export interface NewRun extends Shared {
  readonly evaluation: EvaluationOptions;
  readonly config: NamedConfig;
  readonly out: string | undefined;
  /** The file of the weights to start from. */
  readonly from: string | undefined;
  /** A hint to print to stderr before the run, if any. */
  readonly hint: string | undefined;
}

export interface ResumedRun extends Shared {
  readonly resume: string;
  readonly end: ResumeOptions;
}

/**
 * Reads the command line. `train` and `resume` check the settings of a run.
 * @throws UsageError @throws ConfigError @throws FileError
 */
export function readTrainRequest(line: CommandLine): Promise<NewRun | ResumedRun> {
  const resume = valuesGiven(line.tokens, "resume").at(-1);
  return resume === undefined ? readNewRun(line) : readResumedRun(line, resume);
}

async function readNewRun({ tokens: typed, imports: named }: CommandLine): Promise<NewRun> {
  const wanted = valuesGiven(typed, "policy").at(-1) === "best" ? "best" : "last";
  const weights = valuesGiven(typed, "from").map((from) => findWeights(from, wanted));
  const { path: from, record } = weights.at(-1) ?? {};
  const imports = await importForRun(record?.imports ?? [], named, record?.config.env);
  const { algorithm: known, env: place } = record?.config ?? {};
  const subject = subjectOf(typed, { ...(known && { algorithm: known }), ...(place && { env: place }) });
  const { algorithm, env } = subject;
  const tokens = withOpponents(typed, env);
  const flags: Flags = Object.assign({}, ...trainFlags(tokens, subject).map((group) => group.flags));
  const { words, values } = readFlags(tokens, flags, `train ${algorithm} ${env}`);
  requireNames(words, imports);
  const { out, until, workers, stepTimeout, checkpointSeconds, gradientNoise, policy } = valuesOf(values, trainOptions);
  if (policy !== undefined && from === undefined) throw new UsageError("--policy goes with --from, which is not given");
  const output = valuesOf(values, outputOptions);
  const end = readUntil(until, env);
  const own = algorithmEntry(algorithm);
  const usual = takenOver(record?.config, subject, values.has("preset"));
  const config: NamedConfig = {
    algorithm,
    env,
    ...usual.run,
    ...unchecked(values, runOptions(own), ""),
    stopWhenSolved: end.stopWhenSolved,
    options: { ...usual.options, ...unchecked(values, own.options, "") },
    envOptions: { ...usual.envOptions, ...unchecked(values, envEntry(env).options, "env.") },
  };
  const silent = output.json || output.quiet || from !== undefined || words.includes(algorithm);
  const hint = silent ? undefined : hintFor(env);
  const log = logsGiven(tokens) ?? [];
  return {
    ...output,
    config,
    out,
    workers,
    stepTimeout,
    checkpointSeconds,
    gradientNoise,
    until: end.until,
    imports,
    log,
    evaluation: evaluationGiven(values, env),
    from,
    hint,
  };
}

/** The options of evaluations. @throws UsageError if a run without evaluations has any */
function evaluationGiven(values: ReadonlyMap<string, unknown>, env: string): EvaluationOptions {
  const given = unchecked(values, evaluationOptions, "");
  const evalEnvOptions = unchecked(values, envEntry(env).options, "eval-env.");
  if (given.evalEvery !== undefined) return { ...given, evalEnvOptions };
  const [alone] = [...Object.keys(given), ...Object.keys(evalEnvOptions).map((name) => `evalEnvOptions.${name}`)];
  if (alone !== undefined) throw new UsageError(`${asTyped(alone)} goes with --eval-every, which is not given`);
  return {};
}

/** The names of `--log tensorboard --log csv`, or `--log tensorboard,csv`; undefined without the flag. */
function logsGiven(tokens: readonly Token[]): string[] | undefined {
  const given = valuesGiven(tokens, "log");
  return given.length === 0 ? undefined : [...new Set(given.flatMap((names) => names.split(",")))];
}

/**
 * The settings that a run takes over from the run whose weights it starts from. Options of the algorithm are taken over
 * unless the command names another algorithm or a preset, because layers and activations must fit; options of the
 * environment, unless it names another environment.
 */
function takenOver(config: ResolvedConfig | undefined, { algorithm, env }: Subject, presetTyped: boolean) {
  const sameAlgorithm = config?.algorithm === algorithm && !presetTyped;
  return {
    run: sameAlgorithm ? { preset: config.preset } : {},
    options: sameAlgorithm ? config.options : {},
    envOptions: config?.env === env ? config.envOptions : {},
  };
}

/** Reads the command line of a resumed run. It already has its settings, and only these can be changed. */
async function readResumedRun({ tokens, imports: named }: CommandLine, resume: string): Promise<ResumedRun> {
  const { episodes, steps } = runOptions(algorithmEntry("reinforce"));
  const budget = { episodes, steps };
  const { until, workers, stepTimeout, checkpointSeconds, gradientNoise, log } = trainOptions;
  const other = { until, workers, stepTimeout, checkpointSeconds, gradientNoise, log, ...outputOptions };
  const flags = asFlags({ resume: trainOptions.resume, ...budget, ...other });
  requireOnly(flags, tokens);
  const { words, values } = readFlags(tokens, flags, "train --resume");
  if (words.length > 0) refuse(`"${words[0]}"`, flags);
  const { until: typedUntil, ...shared } = valuesOf(values, other);
  const record = findRecord(resume);
  const imports = await importForRun(record.imports, named, record.config.env);
  const { stopWhenSolved, until: mark } = readUntil(typedUntil, record.config.env);
  const logs = logsGiven(tokens) ?? record.logs;
  return {
    ...shared,
    log: logs,
    until: mark,
    imports,
    resume,
    end: { ...unchecked(values, budget, ""), stopWhenSolved },
  };
}

/** The typed values of a schema, which `train` or `resume` will check. */
export function unchecked<S extends Schema>(
  values: ReadonlyMap<string, unknown>,
  schema: S,
  prefix: string,
): Partial<Values<S>> {
  const given = Object.keys(schema).filter((name) => values.has(prefix + flagName(name)));
  return Object.fromEntries(given.map((name) => [name, values.get(prefix + flagName(name))])) as Partial<Values<S>>;
}

/** Rejects words that are not names, too many words, and names in the wrong order. */
export function requireNames(words: readonly string[], imports: readonly RunImport[], usage: string = USAGE): void {
  atMost(words, 2, usage);
  const names = listAlgorithms().map(({ name }) => name);
  const ids = listEnvs().map(({ id }) => id);
  const note = silentImports(imports);
  if (words.length === 1) knownName("algorithm or environment", words[0], [...names, ...ids], note);
  if (words.length < 2) return;
  if (ids.includes(words[0]) && names.includes(words[1]))
    throw new UsageError(`the algorithm comes first: ${usage.split(" [")[0]} ${words[1]} ${words[0]}`);
  knownName("algorithm", words[0], names, note);
  knownName("environment", words[1], ids, note);
}

/** The hint for a command without an algorithm, if `ppo` is tuned for the environment. The default, REINFORCE, suits CartPole. */
function hintFor(env: string): string | undefined {
  const tuned = env !== "CartPole-v1" && Object.hasOwn(algorithmEntry("ppo").presets.default.envs ?? {}, env);
  return tuned ? `Hint: ppo has settings for ${env}: npx ascent train ppo ${env}` : undefined;
}

function requireOnly(flags: Flags, tokens: readonly Token[]): void {
  for (const token of tokens) {
    if (token.kind === "word") continue;
    const names = [token.name, token.name.replace(/^no-/, "")];
    if (!names.some((name) => Object.hasOwn(flags, name))) refuse(token.typed, flags);
  }
}

function refuse(given: string, flags: Flags): never {
  const allowed = Object.keys(flags).map((name) => `--${name}`);
  throw new UsageError(
    `${given} can't go with --resume: a resumed run keeps the settings it began with.\nAllowed: ${allowed.join(" ")}`,
  );
}
