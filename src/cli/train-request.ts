/** From a command line to what `ascent train` is to do. */

import { algorithmEntry, listAlgorithms } from "../algorithms/registry.js";
import { envEntry, listEnvs } from "../envs/registry.js";
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
import { outputOptions, type Subject, subjectOf, trainFlags, trainOptions } from "./train-flags.js";
import { type End, readUntil } from "./until.js";
import { UsageError } from "./usage-error.js";
import { findWeights } from "./weights.js";

export const USAGE = "ascent train [algorithm] [env] [options]";

/** What holds for a new run and for one that goes on. */
interface Shared extends Values<typeof outputOptions> {
  readonly workers: number;
  readonly checkpointSeconds: number | undefined;
  readonly until: End["until"];
  readonly imports: readonly RunImport[];
}

export interface NewRun extends Shared {
  readonly config: NamedConfig;
  readonly out: string | undefined;
  /** A file of weights to begin with. */
  readonly from: string | undefined;
  /** What to say on stderr before the run begins, if anything. */
  readonly hint: string | undefined;
}

export interface ResumedRun extends Shared {
  readonly resume: string;
  readonly end: ResumeOptions;
}

/**
 * Reads the command line. Settings of a run are left for `train` and `resume` to check, once.
 * @throws UsageError @throws ConfigError @throws FileError
 */
export function readTrainRequest(line: CommandLine): Promise<NewRun | ResumedRun> {
  const resume = valuesGiven(line.tokens, "resume").at(-1);
  return resume === undefined ? readNewRun(line) : readResumedRun(line, resume);
}

async function readNewRun({ tokens, imports: named }: CommandLine): Promise<NewRun> {
  const wanted = valuesGiven(tokens, "policy").at(-1) === "best" ? "best" : "last";
  const weights = valuesGiven(tokens, "from").map((from) => findWeights(from, wanted));
  const { path: from, record } = weights.at(-1) ?? {};
  const imports = await importForRun(record?.imports ?? [], named);
  const { algorithm: known, env: place } = record?.config ?? {};
  const subject = subjectOf(tokens, { ...(known && { algorithm: known }), ...(place && { env: place }) });
  const { algorithm, env } = subject;
  const flags: Flags = Object.assign({}, ...trainFlags(tokens, subject).map((group) => group.flags));
  const { words, values } = readFlags(tokens, flags, `train ${algorithm} ${env}`);
  requireNames(words, imports);
  const { out, until, workers, checkpointSeconds, policy } = valuesOf(values, trainOptions);
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
  return { ...output, config, out, workers, checkpointSeconds, until: end.until, imports, from, hint };
}

/**
 * Settings that a run takes over from the one whose weights it begins with: the algorithm's unless it is another one or a
 * preset is typed, as layers and activations have to fit; the environment's unless it is another one.
 */
function takenOver(config: ResolvedConfig | undefined, { algorithm, env }: Subject, presetTyped: boolean) {
  const sameAlgorithm = config?.algorithm === algorithm && !presetTyped;
  return {
    run: sameAlgorithm ? { preset: config.preset } : {},
    options: sameAlgorithm ? config.options : {},
    envOptions: config?.env === env ? config.envOptions : {},
  };
}

/** A resumed run has all its settings already; others than these would make it another run. */
async function readResumedRun({ tokens, imports: named }: CommandLine, resume: string): Promise<ResumedRun> {
  const { episodes, steps } = runOptions(algorithmEntry("reinforce"));
  const budget = { episodes, steps };
  const { until, workers, checkpointSeconds } = trainOptions;
  const other = { until, workers, checkpointSeconds, ...outputOptions };
  const flags = asFlags({ resume: trainOptions.resume, ...budget, ...other });
  requireOnly(flags, tokens);
  const { words, values } = readFlags(tokens, flags, "train --resume");
  if (words.length > 0) refuse(`"${words[0]}"`, flags);
  const { until: typedUntil, ...shared } = valuesOf(values, other);
  const record = findRecord(resume);
  const imports = await importForRun(record.imports, named);
  const { stopWhenSolved, until: mark } = readUntil(typedUntil, record.config.env);
  return { ...shared, until: mark, imports, resume, end: { ...unchecked(values, budget, ""), stopWhenSolved } };
}

/** Values of a schema as they were typed, for `train` or `resume` to check. */
function unchecked<S extends Schema>(
  values: ReadonlyMap<string, unknown>,
  schema: S,
  prefix: string,
): Partial<Values<S>> {
  const given = Object.keys(schema).filter((name) => values.has(prefix + flagName(name)));
  return Object.fromEntries(given.map((name) => [name, values.get(prefix + flagName(name))])) as Partial<Values<S>>;
}

/** Words that are no names, or too many, or in the wrong order. */
function requireNames(words: readonly string[], imports: readonly RunImport[]): void {
  atMost(words, 2, USAGE);
  const names = listAlgorithms().map(({ name }) => name);
  const ids = listEnvs().map(({ id }) => id);
  const note = silentImports(imports);
  if (words.length === 1) knownName("algorithm or environment", words[0], [...names, ...ids], note);
  if (words.length < 2) return;
  if (ids.includes(words[0]) && names.includes(words[1]))
    throw new UsageError(`the algorithm comes first: ascent train ${words[1]} ${words[0]}`);
  knownName("algorithm", words[0], names, note);
  knownName("environment", words[1], ids, note);
}

/** For those who leave the algorithm open: REINFORCE is meant for CartPole, and elsewhere `ppo` may have been tuned. */
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
