import { ConfigError } from "../../errors.js";

/**
 * Refuses what is not valid Unicode: UTF-8 has no bytes for half of a surrogate pair, so such a text could not be
 * given back.
 *
 * @throws ConfigError naming the place
 */
export function checkText(text: string, field = "text"): void {
  if (typeof text !== "string") throw new ConfigError({ field, given: text, allowed: "a string" });
  const place = text.search(/\p{Surrogate}/u);
  if (place === -1) return;
  const allowed = "valid Unicode; this is half of a surrogate pair, as cutting a string in two may leave it";
  throw new ConfigError({ field: `${field}[${place}]`, given: text[place], allowed });
}
