/** Runs grouped by all of their settings but the seed. */

import { canonical } from "../formats/digest.js";
import type { ResolvedConfig } from "../training/types.js";
import type { RunOutcome } from "./outcome.js";
import type { Settings } from "./sweep-config.js";

/** Runs that differ in their seeds only. */
export interface Group {
  /** All settings by the names of a sweep: `learningRate`, `env.gravity`, `episodes` … */
  readonly settings: Settings;
  /** The settings that tell it from the other groups: `learningRate 0.001, gamma 0.9`. */
  readonly label: string;
  /** One for each seed, in the order given. */
  readonly outcomes: readonly RunOutcome[];
}

/** Groups of runs, and what tells them apart. */
export interface Grouped {
  /** In the order in which they first occur. */
  readonly groups: readonly Group[];
  /** Of all settings that differ between groups, those that the labels need to tell them apart. */
  readonly labelled: readonly string[];
  /** The others that differ, as the options of another algorithm do. */
  readonly others: readonly string[];
  /** How many outcomes were left out, because the same run was there already. */
  readonly repeated: number;
  /** The runs that were there twice with other weights at the end, which should never be. */
  readonly contradicting: readonly RunOutcome[];
}

/** These come first in labels; the others follow from them or stand for themselves. */
const FIRST = ["algorithm", "env", "preset"];

/** The settings of a config without its seed, those that are not set left out. */
export function settingsOf(config: Omit<ResolvedConfig, "seed">, until: number | null): Settings {
  const { algorithm, env, preset, episodes, steps, stopWhenSolved, from, options, envOptions } = config;
  const ofEnv = Object.entries(envOptions).map(([name, value]) => [`env.${name}`, value]);
  const ofRun = { from, until, episodes, steps, stopWhenSolved, numerics: config.numerics ?? null };
  const all = [...Object.entries({ algorithm, env, preset, ...options }), ...ofEnv, ...Object.entries(ofRun)];
  return Object.fromEntries(all.filter(([, value]) => value !== null));
}

/** Groups runs. A run that occurs twice (the same config and seed) counts once. */
export function groupRuns(outcomes: readonly RunOutcome[]): Grouped {
  const first = new Map<string, RunOutcome>();
  const contradicting: RunOutcome[] = [];
  for (const outcome of outcomes) {
    const other = first.get(outcome.id);
    if (other === undefined) first.set(outcome.id, outcome);
    else if (contradict(other, outcome)) contradicting.push(outcome);
  }
  const { groups, labelled, others } = groupBySettings([...first.values()], ({ config, until }) =>
    settingsOf(config, until),
  );
  return {
    groups: groups.map(({ members, ...group }) => ({ ...group, outcomes: members })),
    labelled,
    others,
    repeated: outcomes.length - first.size,
    contradicting,
  };
}

/** Groups anything by its settings, in the order in which they first occur. */
export function groupBySettings<T>(
  members: readonly T[],
  settingsOf: (member: T) => Settings,
): Pick<Grouped, "labelled" | "others"> & { groups: (Omit<Group, "outcomes"> & { readonly members: readonly T[] })[] } {
  const bySettings = new Map<string, { settings: Settings; members: T[] }>();
  for (const member of members) {
    const settings = settingsOf(member);
    const key = canonical(settings);
    const group = bySettings.get(key) ?? { settings, members: [] };
    group.members.push(member);
    bySettings.set(key, group);
  }
  const unlabelled = [...bySettings.values()];
  const { labelled, others } = differing(unlabelled.map(({ settings }) => settings));
  return {
    groups: unlabelled.map((group) => ({ ...group, label: labelOf(group.settings, labelled) })),
    labelled,
    others,
  };
}

/**
 * The names of settings that differ: those that are needed to tell all groups apart, and the others. Algorithm, environment and
 * preset are preferred, then the settings of learning, then those of the run.
 */
function differing(all: readonly Settings[]): { labelled: string[]; others: string[] } {
  const names = [...new Set(all.flatMap((settings) => Object.keys(settings)))];
  const apart = (of: readonly string[]): number =>
    new Set(all.map((settings) => canonical(of.map((name) => settings[name] ?? null)))).size;
  const differ = names.filter((name) => apart([name]) > 1);
  const ordered = [...FIRST.filter((name) => differ.includes(name)), ...differ.filter((name) => !FIRST.includes(name))];
  const enough: string[] = [];
  for (const name of ordered) if (apart([...enough, name]) > apart(enough)) enough.push(name);
  const labelled = enough.reduceRight((kept, name) => {
    const without = kept.filter((other) => other !== name);
    return FIRST.includes(name) || apart(without) < apart(kept) ? kept : without;
  }, enough);
  return { labelled, others: differ.filter((name) => !labelled.includes(name)) };
}

function labelOf(settings: Settings, labelled: readonly string[]): string {
  if (labelled.length === 0) return `${settings.algorithm} on ${settings.env ?? "an environment without a name"}`;
  return labelled
    .map((name) => (FIRST.includes(name) ? shownValue(settings[name]) : `${name} ${shownValue(settings[name])}`))
    .join(", ");
}

/** A value for readers, among others that commas separate: `64×64`, `none` for an empty list, a dash where there is none. */
export function shownValue(value: unknown): string {
  if (value === undefined || value === null) return "–";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join("×");
  return typeof value === "object" ? canonical(value) : String(value);
}

/** Whether two finished runs of one config came to other weights. With fast numerics, machines may. */
function contradict(a: RunOutcome, b: RunOutcome): boolean {
  const finished = a.end === "finished" && b.end === "finished";
  return finished && a.config.numerics === undefined && a.weightsSha256 !== b.weightsSha256;
}
