import { isBuiltIn } from "../algorithms/entries.js";
import { algorithmEntry } from "../algorithms/registry.js";
import { canonical } from "../formats/digest.js";
import type { Cell } from "./plan.js";

/**
 * What of a config decides whether its networks and its environment can be made. Of two configs with one shape, only the
 * first has to be tried out: initial weights take nearly all of the time that it takes to check a sweep.
 *
 * Real numbers, such as rates, are left out, since their ranges are checked before. An algorithm that is not Ascent's own
 * may look at more.
 */
export function shapeOf({ algorithm, env, envOptions, options }: Cell["config"]): string {
  const entry = algorithmEntry(algorithm);
  const counts = (name: string): boolean => !isBuiltIn(entry) || !NUMBERS.includes(entry.options[name].kind);
  const counted = Object.entries(options).filter(([name]) => counts(name));
  return canonical({ algorithm, env, envOptions, options: Object.fromEntries(counted) });
}

const NUMBERS: readonly string[] = ["real", "schedule"];
