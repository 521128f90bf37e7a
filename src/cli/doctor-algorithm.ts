/** `ascent doctor algorithm`: trains an algorithm in small worlds whose right answers are known. */

import { algorithmEntry, listAlgorithms } from "../algorithms/registry.js";
import type { ProbeCheck, ProbeResult } from "../doctor/algorithm/probe.js";
import { probeAlgorithm } from "../doctor/algorithm/probe-algorithm.js";
import { optional, text } from "../options.js";
import { flagName } from "../report/flag-text.js";
import { runOptions } from "../training/run-options.js";
import { asFlags, atMost, knownName, namingFields, readFlags, valuesOf } from "./arguments.js";
import { type Colours, colours, wantsColour } from "./colour.js";
import { doctorOptions } from "./doctor-flags.js";
import { figure } from "./figures.js";
import { type CommandLine, silentImports } from "./imports.js";
import { oneLine, printableJson } from "./printable.js";
import { DONE, FAILED, type FlagGroup } from "./subcommand.js";
import { table } from "./table.js";
import { type Token, valuesGiven } from "./tokens.js";
import { asTyped } from "./train-flags.js";
import { UsageError } from "./usage-error.js";
import { wrap } from "./wrap.js";

const USAGE = "ascent doctor algorithm <name> [options]";
/** The width of text where there is no terminal. */
const COLUMNS = 80;

const probeOptions = {
  probe: optional(
    text("", { meaning: "names of probes", help: "only these probes, such as time-limit; may be repeated" }),
  ),
};

/** The flags of the command for the algorithm that the tokens name. */
export function algorithmFlags(tokens: readonly Token[]): FlagGroup[] {
  const name = nameIn(tokens);
  const own = name === undefined ? undefined : algorithmEntry(name);
  return [
    {
      heading: "Options",
      flags: asFlags({ ...(own && { preset: runOptions(own).preset }), ...probeOptions, ...doctorOptions }),
    },
    ...(own === undefined ? [] : [{ heading: `Options of ${name}`, flags: asFlags(own.options) }]),
  ];
}

/** The first word that is the name of an algorithm. */
function nameIn(tokens: readonly Token[]): string | undefined {
  const names = listAlgorithms().map(({ name }) => name);
  return tokens.flatMap((token) => (token.kind === "word" ? token.text : [])).find((word) => names.includes(word));
}

/** Prints what the probes found. Returns 1 if one of them failed. */
export function doctorAlgorithm({ tokens, imports }: CommandLine): number {
  const flags = Object.assign({}, ...algorithmFlags(tokens).map((group) => group.flags));
  const { words, values } = readFlags(tokens, flags, "doctor algorithm");
  atMost(words, 2, USAGE);
  const [, name] = words;
  if (name === undefined) throw new UsageError(`which algorithm? Usage: ${USAGE}`);
  const names = listAlgorithms().map((one) => one.name);
  const algorithm = algorithmEntry(knownName("algorithm", name, names, silentImports(imports)));
  const { seed, json, noColor } = valuesOf(values, doctorOptions);
  const { preset } = valuesOf(values, { preset: runOptions(algorithm).preset });
  const typed = Object.keys(algorithm.options).filter((option) => values.has(flagName(option)));
  const options = Object.fromEntries(typed.map((option) => [option, values.get(flagName(option))]));
  const chosen = valuesGiven(tokens, "probe").flatMap((given) => given.split(","));
  const probes = chosen.length === 0 ? undefined : chosen;
  const results = namingFields(typedName, () => probeAlgorithm(algorithm, { preset, options, seed, probes }));
  const code = results.some(({ outcome }) => outcome === "failed") ? FAILED : DONE;
  if (json) process.stdout.write(`${printableJson({ algorithm: name, preset, options, seed, results })}\n`);
  else {
    const tones = colours(wantsColour(process.stdout, noColor));
    process.stdout.write(`${resultLines(results, process.stdout.columns ?? COLUMNS, tones).join("\n")}\n`);
  }
  return code;
}

const typedName = (field: string): string => (field === "probes" ? "--probe" : asTyped(field));

function resultLines(results: readonly ProbeResult[], columns: number, tones: Colours): string[] {
  const rows = results.flatMap(({ probe, outcome, checks }) => {
    if (checks.length === 0) return [[probe, outcome, "", ""]];
    return checks.map((check, i) => [...(i === 0 ? [probe, outcome] : ["", ""]), seen(check), wanted(check)]);
  });
  const [heading, ...lines] = table(["PROBE", "OUTCOME", "SEEN", "EXPECTED"], rows, columns).split("\n");
  const failed = results.filter(({ outcome }) => outcome === "failed");
  const inapplicable = results.filter(({ outcome }) => outcome === "not applicable");
  const passed = results.length - failed.length - inapplicable.length;
  return [
    tones.strong(heading),
    ...lines,
    ...failed.flatMap((result) => failureLines(result, columns, tones)),
    ...(inapplicable.length === 0 ? [] : [""]),
    ...inapplicableLines(inapplicable, columns).map(tones.faint),
    "",
    `${passed} passed, ${failed.length} failed, ${inapplicable.length} not applicable. docs/doctor.md explains each probe.`,
  ];
}

/** One sentence for each reason, with all probes that it concerns. */
function inapplicableLines(results: readonly ProbeResult[], columns: number): string[] {
  const reasons = [...new Set(results.map(({ reason }) => reason))];
  return reasons.flatMap((reason) => {
    const names = results.filter((one) => one.reason === reason).map(({ probe }) => probe);
    return wrap(oneLine(`Not applicable: ${names.join(", ")}: ${reason}`), columns);
  });
}

function failureLines({ probe, world, reason, means, lookAt }: ProbeResult, columns: number, tones: Colours): string[] {
  const paragraphs = [
    ...wrap(`World: ${world}.`, columns - 2).map(tones.faint),
    ...(reason === undefined ? wrap(means, columns - 2) : wrap(oneLine(reason), columns - 2)),
    ...wrap(`Look at: ${lookAt}`, columns - 2).map(tones.accent),
  ];
  return ["", `${tones.bad("failed")} ${tones.strong(probe)}`, ...paragraphs.map((line) => `  ${line}`)];
}

const seen = (check: ProbeCheck): string => `${check.of} = ${figure(Number(check.seen.toFixed(3)))}`;
const wanted = ({ expected, within }: ProbeCheck): string =>
  within === 0 ? figure(expected) : `${figure(expected)} ± ${figure(within)}`;
