/** Makes a plan larger. Runs have their ids from their configs, so those that are done already count in the larger sweep. */

import { ConfigError } from "../errors.js";
import { canonical } from "../formats/digest.js";
import { refuseTooMany } from "./combinations.js";
import type { Cell, SweepPlan } from "./plan.js";
import { settingIn } from "./settings.js";

/**
 * The cells of both plans with the seeds of both, those of the first plan first.
 *
 * @throws ConfigError if runs of the two end at different marks
 */
export function extendPlan(plan: SweepPlan, more: SweepPlan): SweepPlan {
  if (plan.until !== more.until) {
    const allowed = `${plan.until ?? "none"}, as for the runs that this sweep has already`;
    throw new ConfigError({ field: "until", given: more.until, allowed });
  }
  const seeds = [...new Set([...plan.seeds, ...more.seeds])];
  const known = new Set(plan.cells.map(({ config }) => canonical(config)));
  const cells = [...plan.cells, ...more.cells.filter(({ config }) => !known.has(canonical(config)))];
  refuseTooMany(cells.length * seeds.length);
  const varying = [...new Set([...plan.varied, ...more.varied])];
  const told = (names: readonly string[]): Cell[] =>
    cells.map((cell, i) => filled(cell, names, i < plan.cells.length ? plan.varied : more.varied));
  const texts = new Set(told(varying).map(({ settings }) => canonical(settings)));
  // Cells of the two plans may differ in what neither of them varied.
  const names = texts.size === cells.length ? varying : [...new Set([...varying, ...differing(cells)])];
  const all = told(names);
  const varied = names.filter((name) => new Set(all.map(({ settings }) => canonical(settings[name]))).size > 1);
  return { varied, cells: all, seeds, until: plan.until };
}

/** The settings of a cell, with the values from its config where its own plan did not vary them. */
function filled({ settings, config }: Cell, names: readonly string[], own: readonly string[]): Cell {
  const entries = names.flatMap((name) => {
    const value = own.includes(name) ? settings[name] : settingIn(config, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { settings: Object.fromEntries(entries), config };
}

/** Settings that no plan varied, but in which the two plans differ. */
function differing(cells: readonly Cell[]): string[] {
  const [first] = cells;
  const names = new Set(cells.flatMap(({ config }) => namesIn(config)));
  return [...names].filter((name) =>
    cells.some(({ config }) => canonical(settingIn(config, name)) !== canonical(settingIn(first.config, name))),
  );
}

function namesIn({ algorithm: _a, from: _f, ownFeatures: _o, options, envOptions, ...run }: Cell["config"]): string[] {
  const ofEnv = Object.keys(envOptions).map((name) => `env.${name}`);
  return ["algorithm", ...Object.keys(run), ...ofEnv, ...Object.keys(options)];
}
