/** Makes the plan of a sweep. */

import { ConfigError, unknownOption } from "../errors.js";
import { canonical } from "../formats/digest.js";
import { checkValue, choice, int, optional, real, requireKnown, type Schema, seed } from "../options.js";
import { registerBuiltIns } from "../training/built-ins.js";
import { algorithmOf } from "../training/config.js";
import { cellsOf } from "./cells.js";
import { combinations, MOST_RUNS, refuseTooMany } from "./combinations.js";
import { checkConditions } from "./conditions.js";
import type { SweepPlan } from "./plan.js";
import { seedTexts, USUAL_SEEDS } from "./seeds.js";
import { variable } from "./settings.js";
import type { FilledSweep, Settings, SweepConfig } from "./sweep-config.js";

/** How points are drawn. Flags of `ascent sweep` are derived from this schema. */
export const drawOptions = {
  sample: optional(int(50, { min: 1, max: MOST_RUNS, help: "how many points are drawn from the ranges of --draw" })),
  sampling: choice<"quasi-random" | "random">("quasi-random", {
    choices: ["quasi-random", "random"],
    help: "how they are drawn: quasi-random points leave no large holes",
  }),
  sampleSeed: seed(0, { help: "the seed of the draws" }),
};

const SCHEMA: Schema = { ...drawOptions, until: optional(real(0, { help: "" })) };
const SHARED = ["algorithm", "env", "envOptions", "preset", "options", "episodes", "steps", "stopWhenSolved"];
/** Why a sweep takes no functions. */
const PLAIN = "the processes that train are given the settings as text";
const FIELDS = [...SHARED, "grid", "draw", "when", "seeds", ...Object.keys(SCHEMA)];

/**
 * Resolves and checks every run of a sweep: each combination of settings, with equal ones merged. Nothing is trained.
 *
 * @throws ConfigError naming the setting, and the combination where others matter too
 */
export function planSweep(given: SweepConfig): SweepPlan {
  registerBuiltIns();
  checkFields(given);
  const asked = { ...given, ...gridOfPreset(given) };
  const sweep: FilledSweep = {
    ...asked,
    grid: defined(asked.grid),
    draw: defined(asked.draw),
    when: defined(asked.when),
  };
  const { grid, draw, when, seeds = USUAL_SEEDS, until = null } = sweep;
  const known = Object.keys(variable(valuesOf("algorithm", sweep), valuesOf("env", sweep)));
  for (const [where, settings] of Object.entries({ grid, draw }))
    for (const [name, value] of Object.entries(settings))
      if (!known.includes(name)) throw unknownOption(name, value, known, `${where}.${name}`);
  const names = [...Object.keys(grid), ...Object.keys(draw)];
  checkConditions(when, names, known);
  const texts = seedTexts(seeds);
  const { algorithm, env, envOptions, preset, options, episodes, steps, stopWhenSolved } = sweep;
  const shared = { algorithm, env, envOptions, preset, options, episodes, steps, stopWhenSolved };
  const all = combinations(sweep);
  refuseTooMany(all.length * texts.length);
  const cells = cellsOf(shared, all, sweep);
  const varied = names.filter((name) => new Set(cells.map(({ settings }) => canonical(settings[name]))).size > 1);
  return {
    varied,
    cells: cells.map((cell) => ({ ...cell, settings: only(varied, cell.settings) })),
    seeds: texts,
    until,
  };
}

/** The grid that the preset declares, where the sweep says nothing of its own. */
function gridOfPreset({ grid, draw, algorithm = "reinforce", preset }: SweepConfig): Pick<SweepConfig, "grid"> {
  if (grid !== undefined || draw !== undefined || preset === undefined) return {};
  const { presets } = algorithmOf({ algorithm });
  return Object.hasOwn(presets, preset) ? { grid: presets[preset].grid } : {};
}

/** The names of algorithms or environments that the runs have. */
function valuesOf(name: "algorithm" | "env", { grid, draw, ...shared }: FilledSweep): string[] {
  const usual = { algorithm: "reinforce", env: "CartPole-v1" }[name];
  const values = grid[name] ?? draw[name] ?? [shared[name] ?? usual];
  return (Array.isArray(values) ? values : []).map(String);
}

/** Without the entries that are `undefined`. */
function defined<T>(entries: Readonly<Record<string, T | undefined>> = {}): Record<string, T> {
  const isGiven = (entry: [string, T | undefined]): entry is [string, T] => entry[1] !== undefined;
  return Object.fromEntries(Object.entries(entries).filter(isGiven));
}

function only(names: readonly string[], settings: Settings): Settings {
  return Object.fromEntries(names.filter((name) => name in settings).map((name) => [name, settings[name]]));
}

function checkFields(given: SweepConfig): void {
  requireKnown(given, FIELDS);
  for (const [name, option] of Object.entries(SCHEMA)) {
    const value = given[name as keyof SweepConfig];
    if (value !== undefined) checkValue(name, option, value);
  }
  for (const field of ["grid", "draw", "when"] as const) {
    const value: unknown = given[field];
    if (value !== undefined && (typeof value !== "object" || value === null || Array.isArray(value)))
      throw new ConfigError({ field, given: value, allowed: "settings by name" });
  }
  for (const field of ["algorithm", "env"] as const)
    if (given[field] !== undefined && typeof given[field] !== "string")
      throw new ConfigError({ field, given: given[field], allowed: `a registered name: ${PLAIN}` });
  const functions = Object.entries(given.options ?? {}).filter(([, value]) => typeof value === "function");
  for (const [name, value] of functions)
    throw new ConfigError({ field: `options.${name}`, given: value, allowed: `plain data: ${PLAIN}` });
}
