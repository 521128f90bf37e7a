/** Reads the command line of `ascent tune`. */

import { algorithmEntry } from "../algorithms/registry.js";
import { envEntry } from "../envs/registry.js";
import { readStudy } from "../node/sweeps/tune-folder.js";
import type { Values } from "../options.js";
import type { TuneConfig } from "../sweeps/tuning/tune-config.js";
import { resolveConfig } from "../training/config.js";
import type { RunImport } from "../training/run-record.js";
import { asFlags, type Flags, readFlags, valuesOf } from "./arguments.js";
import { type CommandLine, importForRun } from "./imports.js";
import type { Token } from "./tokens.js";
import { subjectOf } from "./train-flags.js";
import { requireNames, unchecked } from "./train-request.js";
import { comparedOptions, searchOptions, studyOptions, tuneFlags, tuneOutput } from "./tune-flags.js";
import { readFixed, readSearch } from "./tune-space.js";
import { UsageError } from "./usage-error.js";

export const TUNE_USAGE = "ascent tune [algorithm] [env] [options]";

type Shared = Values<typeof studyOptions & typeof tuneOutput> & { readonly imports: readonly RunImport[] };

export interface TuneRequest extends Shared {
  /** Undefined for a study that goes on. */
  readonly config: TuneConfig | undefined;
}

/** @throws UsageError @throws ConfigError @throws FileError */
export async function readTuneRequest({ tokens, imports: named }: CommandLine): Promise<TuneRequest> {
  const options = { ...studyOptions, ...tuneOutput };
  if (tokens.some((token) => token.kind === "option" && token.name === "resume")) {
    const { out: _, ...known } = options;
    const { words, values } = readFlags(tokens, asFlags(known), "tune --resume");
    if (words.length > 0) throw new UsageError(`"${words[0]}" can't go with --resume: a study keeps what it compares`);
    const own = valuesOf(values, known);
    const imports = await importForRun(readStudy(own.resume as string).imports, named);
    return { ...own, out: undefined, config: undefined, imports };
  }
  const subject = subjectOf(tokens);
  const flags: Flags = Object.assign({}, ...tuneFlags(tokens, subject).map((group) => group.flags));
  const { words, values } = readFlags(tokens, flags, `tune ${subject.algorithm} ${subject.env}`);
  requireNames(words, named, TUNE_USAGE);
  const own = valuesOf(values, options);
  if (own.more !== undefined) throw new UsageError("--more goes with --resume, which is not given");
  const config = configOf(tokens, values, subject);
  return { ...own, config, imports: named };
}

function configOf(
  tokens: readonly Token[],
  values: ReadonlyMap<string, unknown>,
  { algorithm, env }: ReturnType<typeof subjectOf>,
): TuneConfig {
  const { options: schema } = algorithmEntry(algorithm);
  const run = {
    algorithm,
    env,
    ...unchecked(values, comparedOptions(algorithm), ""),
    envOptions: unchecked(values, envEntry(env).options, "env."),
  };
  const { tuneSeed } = valuesOf(values, searchOptions);
  const usual = resolveConfig(run).options;
  return { ...run, tuneSeed, options: readFixed(tokens, schema, usual), search: readSearch(tokens, schema) };
}
