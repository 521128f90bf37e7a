/** Reads `--search` and `--fix`. */

import { parseValue, type Range, type Schema } from "../options.js";
import { parseRange } from "../sweeps/range.js";
import { settingName } from "../sweeps/settings.js";
import { isRangeText, listOf, split } from "./sweep-space.js";
import { type Token, valuesGiven } from "./tokens.js";
import { UsageError } from "./usage-error.js";

/** Names and values are not checked here: `planStudy` does it. @throws UsageError @throws ConfigError */
export function readSearch(tokens: readonly Token[], schema: Schema): Record<string, Range | readonly unknown[]> {
  return named(tokens, "search", (name, text) => {
    if (text === undefined) throw new UsageError(`--search ${name} needs values: ${name}=log(1e-4,1e-2), or a list`);
    if (isRangeText(text)) return parseRange(text, `--search ${name}`);
    return listOf(text, Object.hasOwn(schema, name) ? schema[name] : undefined);
  });
}

/** The options that are set; without a value, to the one that they have in `usual`. @throws UsageError */
export function readFixed(
  tokens: readonly Token[],
  schema: Schema,
  usual: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return named(tokens, "fix", (name, text) => {
    if (!Object.hasOwn(schema, name)) return text ?? null;
    return text === undefined ? usual[name] : parseValue(schema[name], text);
  });
}

function named<T>(
  tokens: readonly Token[],
  flag: string,
  read: (name: string, text: string | undefined) => T,
): Record<string, T> {
  const found = new Map<string, T>();
  for (const typed of valuesGiven(tokens, flag)) {
    const [before, after] = split(typed, "=");
    const name = settingName(before.trim());
    const text = after?.trim();
    if (name === "" || text === "")
      throw new UsageError(`--${flag}: got "${typed}", allowed is an option and its value`);
    if (found.has(name)) throw new UsageError(`--${flag} ${name} is given twice`);
    found.set(name, read(name, text));
  }
  return Object.fromEntries(found);
}
