/** The cells of a sweep: each combination of settings, resolved, and each shape tried out without a step of training. */

import { ConfigError } from "../errors.js";
import { canonical } from "../formats/digest.js";
import { resolveConfig } from "../training/config.js";
import { trainNamed } from "../training/start.js";
import type { NamedConfig } from "../training/types.js";
import { active } from "./conditions.js";
import type { Cell } from "./plan.js";
import { settingOfField, withSettings } from "./settings.js";
import { shapeOf } from "./shape.js";
import type { FilledSweep, Settings } from "./sweep-config.js";

/** Each different config once, with the settings that it was first made by. @throws ConfigError naming setting and cell */
export function cellsOf(shared: NamedConfig, all: readonly Settings[], sweep: FilledSweep): Cell[] {
  const cells = new Map<string, Cell>();
  const tried = new Set<string>();
  const used = new Set<string>();
  const resolve = (settings: Settings): Cell["config"] =>
    blaming(settings, sweep, () => {
      const { seed: _, ...config } = resolveConfig(withSettings(shared, settings));
      return config;
    });
  for (const combination of all) {
    const settings = active(combination, sweep.when, resolve);
    for (const name of Object.keys(settings)) used.add(name);
    const config = resolve(settings);
    const text = canonical(config);
    if (cells.has(text)) continue;
    cells.set(text, { settings, config });
    const shape = shapeOf(config);
    if (tried.has(shape)) continue;
    tried.add(shape);
    // Some settings contradict each other only when the environment and the networks are there.
    blaming(settings, sweep, () => trainNamed(withSettings(shared, settings)));
  }
  requireUse(sweep, used);
  return [...cells.values()];
}

/** Refuses conditions that hold in no cell. Whether those of a draw ever hold is left to chance. @throws ConfigError */
function requireUse({ when, draw }: FilledSweep, used: ReadonlySet<string>): void {
  if (Object.keys(draw).length > 0) return;
  for (const [name, given] of Object.entries(when))
    if (!used.has(name))
      throw new ConfigError({ field: `when.${name}`, given, allowed: "a condition that holds in some cell" });
}

/** Errors about a config as errors about the sweep: `grid.gamma`, and in which cell. */
function blaming<T>(settings: Settings, { draw }: FilledSweep, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const name = settingOfField(error.field);
    const place = Object.hasOwn(draw, name) ? "draw" : "grid";
    const renamed = Object.hasOwn(settings, name) ? error.renamed(`${place}.${name}`) : error;
    const others = Object.entries(settings).filter(([other]) => other !== name);
    if (others.length > 0) renamed.message += ` (where ${others.map(settingText).join(", ")})`;
    throw renamed;
  }
}

function settingText([name, value]: [string, unknown]): string {
  return `${name} = ${typeof value === "string" ? value : JSON.stringify(value)}`;
}
