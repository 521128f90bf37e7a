import { ConfigError } from "../errors.js";

/** The count itself, if it is one; else a `ConfigError` that names the field. */
export function checkCount(field: string, count: number): number {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new ConfigError({ field, given: count, allowed: "a whole number of at least 0" });
  }
  return count;
}
