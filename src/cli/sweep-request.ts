/** Reads the command line of `ascent sweep`. */

import { algorithmEntry } from "../algorithms/registry.js";
import { envEntry } from "../envs/registry.js";
import { readSweepRecord, type SweepRecord } from "../node/sweeps/sweep-record.js";
import type { Values } from "../options.js";
import { extendPlan } from "../sweeps/extend-plan.js";
import type { SweepPlan } from "../sweeps/plan.js";
import { planSweep } from "../sweeps/plan-sweep.js";
import { parseSeeds, seedTexts } from "../sweeps/seeds.js";
import type { SweepConfig } from "../sweeps/sweep-config.js";
import { runOptions } from "../training/run-options.js";
import type { RunImport } from "../training/run-record.js";
import { asFlags, type Flags, readFlags, valuesOf } from "./arguments.js";
import { type CommandLine, importForRun } from "./imports.js";
import type { queueOptions } from "./queue-options.js";
import { isSweepFile, loadSweep } from "./sweep-file.js";
import { spaceOptions, subjectsOf, sweepFlags, untilOption, workOptions } from "./sweep-flags.js";
import { readSpace } from "./sweep-space.js";
import type { Token } from "./tokens.js";
import { outputOptions } from "./train-flags.js";
import { requireNames, unchecked } from "./train-request.js";
import { readUntil } from "./until.js";

export interface SweepRequest extends Values<typeof outputOptions & typeof queueOptions> {
  readonly plan: SweepPlan;
  /** What the plan was made from; undefined for a sweep that only goes on. */
  readonly given: SweepConfig | undefined;
  readonly imports: readonly RunImport[];
  readonly jobs: number | undefined;
  readonly out: string | undefined;
  readonly shard: string | undefined;
  /** The folder of a sweep that goes on. Its plan is then part of `plan`. */
  readonly resume: string | undefined;
  readonly endHopeless: boolean;
  readonly otherCode: boolean;
  readonly dryRun: boolean;
}

type Work = Values<typeof workOptions & typeof outputOptions>;

/** Options of the command beside a file, or beside `--resume` alone. */
const outerOptions = { ...workOptions, ...outputOptions };

/** `single` makes a sweep of one cell, whatever grid the preset has. @throws UsageError @throws ConfigError @throws FileError */
export async function readSweepRequest(line: CommandLine, name = "sweep", single = false): Promise<SweepRequest> {
  const { tokens } = line;
  const file = tokens.flatMap((token) => (token.kind === "word" && isSweepFile(token.text) ? token.text : [])).at(0);
  if (file !== undefined) {
    const { values } = readFlags(tokens, asFlags(outerOptions), `${name} ${file}`);
    const work = valuesOf(values, outerOptions);
    const { config, imports } = await loadSweep(file);
    return planned(config, work, [...imports, ...line.imports]);
  }
  if (isBareResume(tokens)) {
    const work = valuesOf(readFlags(tokens, asFlags(outerOptions), `${name} --resume`).values, outerOptions);
    return planned(undefined, work, line.imports);
  }
  const subjects = subjectsOf(tokens);
  const flags: Flags = Object.assign({}, ...sweepFlags(tokens, subjects).map((group) => group.flags));
  const { words, values } = readFlags(tokens, flags, name);
  requireNames(words, line.imports, `ascent ${name} [algorithm] [env] [options]`);
  const work = valuesOf(values, outerOptions);
  const [algorithm] = subjects.algorithms;
  const { until, stopWhenSolved } = readUntil(valuesOf(values, untilOption).until, subjects.envs[0]);
  const { sample, sampling, sampleSeed } = unchecked(values, spaceOptions, "");
  const { seed: _, ...run } = runOptions(algorithmEntry(algorithm));
  const config: SweepConfig = {
    algorithm,
    env: subjects.envs[0],
    ...unchecked(values, run, ""),
    stopWhenSolved,
    until: until ?? undefined,
    options: Object.assign({}, ...subjects.algorithms.map((one) => unchecked(values, algorithmEntry(one).options, ""))),
    envOptions: Object.assign({}, ...subjects.envs.map((id) => unchecked(values, envEntry(id).options, "env."))),
    ...(single ? { grid: {} } : readSpace(tokens, subjects)),
    sample,
    sampling,
    sampleSeed,
  };
  return planned(config, work, line.imports);
}

/** The plan of a config, or of a sweep that goes on, or of both together. */
async function planned(
  config: SweepConfig | undefined,
  work: Work,
  named: readonly RunImport[],
): Promise<SweepRequest> {
  const { seeds: typed, resume, ...rest } = work;
  const record = resume === undefined ? undefined : readSweepRecord(resume);
  const imports = await importForRun(record?.imports ?? [], named);
  const seeds = typed === undefined ? undefined : seedTexts(parseSeeds(typed)).map(BigInt);
  return { ...rest, resume, imports, given: config, plan: planOf(config, seeds, record) };
}

function planOf(
  config: SweepConfig | undefined,
  seeds: readonly bigint[] | undefined,
  record: SweepRecord | undefined,
): SweepPlan {
  const own = config && { ...config, seeds: seeds ?? config.seeds };
  if (record === undefined) return planSweep(own ?? {});
  const { plan } = record;
  if (own === undefined) return extendPlan(plan, { ...plan, seeds: seeds?.map(String) ?? plan.seeds });
  return extendPlan(
    plan,
    planSweep({ ...own, seeds: own.seeds ?? plan.seeds.map(BigInt), until: own.until ?? plan.until ?? undefined }),
  );
}

/** Whether nothing is said about what is trained, so that it is what the folder has. */
function isBareResume(tokens: readonly Token[]): boolean {
  const outer = asFlags(outerOptions);
  const names = tokens.flatMap((token) => (token.kind === "option" ? token.name : []));
  const known = names.every((name) => Object.hasOwn(outer, name) || Object.hasOwn(outer, name.replace(/^no-/, "")));
  return names.includes("resume") && known && readFlags(tokens, outer, "").words.length === 0;
}
