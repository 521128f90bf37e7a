import { ConfigError } from "../errors.js";

/** Returns the count. @throws ConfigError, naming the field, if it is not a whole number of at least 0 */
export function checkCount(field: string, count: number): number {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new ConfigError({ field, given: count, allowed: "a whole number of at least 0" });
  }
  return count;
}
