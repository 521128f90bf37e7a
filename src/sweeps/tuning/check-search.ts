/** Checks where tuning looks for an option's values. */

import { ConfigError } from "../../errors.js";
import { checkValue, type Option, type Search } from "../../options.js";

/** Scales on which every value is a whole number. */
const WHOLE: readonly string[] = ["integer", "powers-of-two"];

/** @throws ConfigError, naming the field, if tuning could draw a value that the option does not accept */
export function checkSearch(field: string, option: Option, search: Search<number> | readonly unknown[]): void {
  if (Array.isArray(search)) {
    if (search.length < 2) throw new ConfigError({ field, given: search, allowed: "at least two values" });
    for (const value of search) checkValue(field, option, value);
    return;
  }
  if (option.kind !== "real" && option.kind !== "int" && option.kind !== "schedule") {
    const allowed = "a list of values: only numbers can be drawn from a range";
    throw new ConfigError({ field, given: search, allowed });
  }
  const { scale, from, to } = search as Exclude<typeof search, readonly unknown[]>;
  if (option.kind === "int" && !WHOLE.includes(scale))
    throw new ConfigError({ field, given: scale, allowed: `a scale of whole numbers: ${WHOLE.join(" or ")}` });
  for (const bound of [from, to]) checkValue(field, option, bound);
  if (from >= to) throw new ConfigError({ field, given: [from, to], allowed: "from below to" });
}
