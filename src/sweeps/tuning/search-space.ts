/** Which options are tuned, and among which values. */

import type { Algorithm } from "../../algorithms/algorithm.js";
import { ConfigError } from "../../errors.js";
import { type Range, requireKnown } from "../../options.js";
import { checkRange } from "../range.js";
import { checkSearch } from "./check-search.js";
import type { TuneConfig } from "./tune-config.js";

/** Ranges, or lists to choose from, by the names of options. */
export type SearchSpace = Readonly<Record<string, Range | readonly unknown[]>>;

/** Whether these are the bounds of numbers, and not a list. */
export function isRange(source: Range | readonly unknown[]): source is Range {
  return !Array.isArray(source);
}

/**
 * What the algorithm declares, less the options that the config sets, with the config's own ranges.
 *
 * @throws ConfigError for an unknown option, one that is both set and searched, values that the option does not accept,
 * or if nothing is left to be tuned
 */
export function searchSpace(
  { name, options }: Pick<Algorithm, "name" | "options">,
  { search: own = {}, options: set = {} }: Pick<TuneConfig, "search" | "options">,
): SearchSpace {
  requireKnown(own, Object.keys(options), "search");
  const space: Record<string, Range | readonly unknown[]> = {};
  for (const [option, { search: declared, ...rest }] of Object.entries(options)) {
    const isSet = Object.hasOwn(set, option);
    const source = own[option] ?? (isSet ? undefined : declared);
    if (source === undefined) continue;
    const field = `search.${option}`;
    if (isSet) throw new ConfigError({ field, given: source, allowed: `nothing, since options.${option} is set` });
    if (isRange(source)) checkRange(source, field);
    checkSearch(field, rest, source);
    space[option] = source;
  }
  if (Object.keys(space).length > 0) return space;
  const allowed = `at least one option of ${name} with a range or a list: learningRate=log(1e-4, 1e-2)`;
  throw new ConfigError({ field: "search", given: own, allowed });
}
