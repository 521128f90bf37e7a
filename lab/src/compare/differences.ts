/** What runs have otherwise than others, and their names made of it. */

import type { ResolvedConfig } from "../protocol.js";
import { nameOf } from "../sentence.js";
import { settingEntries } from "../setting-entries.js";
import { asText, words } from "../words.js";

/** All settings by name, as they stand in a link. */
export type Settings = ReadonlyMap<string, string>;

/** `seeds` are those of a group. */
export function settingsOfConfig(config: ResolvedConfig, seeds: readonly string[] = [config.seed]): Settings {
  const seed = seeds.length === 1 ? seeds[0] : `${seeds[0]}–${seeds[seeds.length - 1]}`;
  return new Map(settingEntries({ ...config, seed }).map(([name, value]) => [name, asText(value)]));
}

/** Settings of which at least two of those that have them have another value. What an algorithm lacks is no difference. */
export function differing(all: readonly Settings[]): string[] {
  const names = new Set(all.flatMap((settings) => [...settings.keys()]));
  return [...names].filter((name) => {
    const values = all.flatMap((settings) => settings.get(name) ?? []);
    return new Set(values).size > 1;
  });
}

/** What other settings depend on: a run is called by these first, and by its options only beside others that share them. */
const HEADS = ["algorithm", "env", "preset"];

/** Each name says what a run has otherwise than the others: few words, because they stand at the ends of lines. */
export function namesOf(all: readonly Settings[]): string[] {
  const different = differing(all);
  const heads = HEADS.filter((name) => different.includes(name));
  const names = all.map((settings) => {
    const like = all.filter((other) => HEADS.every((name) => other.get(name) === settings.get(name)));
    const phrases = phrasesOf(settings, [...heads, ...telling(settings, like)]);
    return phrases === "" ? plainName(settings) : phrases;
  });
  return names.map((name, i) => {
    const before = names.slice(0, i).filter((other) => other === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}

/** The options by which a run is told from those like it: all that differ, or those that the first has otherwise. */
function telling(settings: Settings, [first, ...others]: readonly Settings[]): string[] {
  const names = differing([first, ...others]).sort((a, b) => Number(a === "seed") - Number(b === "seed"));
  return names.length <= 2 ? names : names.filter((name) => settings.get(name) !== first.get(name));
}

function phrasesOf(settings: Settings, names: readonly string[]): string {
  return names.flatMap((name) => (settings.has(name) ? phrase(name, settings.get(name) as string) : [])).join(", ");
}

function plainName(settings: Settings): string {
  const seed = settings.get("seed") ?? "";
  return `${nameOf(settings.get("algorithm") ?? "")} on ${settings.get("env")}, ${phrase("seed", seed)}`;
}

function phrase(name: string, value: string): string {
  if (name === "algorithm") return nameOf(value);
  if (name === "env") return value;
  if (name === "seed" && value.includes("–")) return `seeds ${value}`;
  return `${words(name.replace(/^env\./, ""))} ${value}`;
}
