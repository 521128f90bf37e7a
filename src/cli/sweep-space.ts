/** Reads `--grid`, `--draw` and `--when`. */

import { type Option, parseValue, type Schema } from "../options.js";
import { settingName, variable } from "../sweeps/settings.js";
import type { SweepConfig } from "../sweeps/sweep-config.js";
import type { Subjects } from "./sweep-flags.js";
import { type Token, valuesGiven } from "./tokens.js";
import { UsageError } from "./usage-error.js";

/** What the tokens vary. Names are not checked here: `planSweep` does it. @throws UsageError */
export function readSpace(
  tokens: readonly Token[],
  { algorithms, envs }: Subjects,
): Pick<SweepConfig, "grid" | "draw" | "when"> {
  const options = variable(algorithms, envs);
  const grid = namedValues(tokens, "grid", (name, values) => {
    if (isRangeText(values))
      throw new UsageError(
        `--grid ${name}: ${values} is a range, to draw from: --draw '${name}=${values}' --sample 50`,
      );
    return listOf(values, options[name]);
  });
  const draw = namedValues(tokens, "draw", (name, values) =>
    isRangeText(values) ? values : listOf(values, options[name]),
  );
  return { grid, draw, when: conditions(tokens, options) };
}

/** The values by name of `--grid name=…`. Undefined without the flag. */
function namedValues<T>(
  tokens: readonly Token[],
  flag: "grid" | "draw",
  read: (name: string, values: string) => T,
): Record<string, T> | undefined {
  const typed = valuesGiven(tokens, flag);
  const found = new Map<string, T>();
  for (const one of typed) {
    const [name, values] = split(one, "=");
    if (name === "" || values === undefined || values.trim() === "")
      throw new UsageError(
        `--${flag}: got "${one}", allowed is a setting and its values, such as learningRate=${flag === "grid" ? "1e-3,1e-2" : "log(1e-5,1e-1)"}`,
      );
    const setting = settingName(name.trim());
    if (found.has(setting)) throw new UsageError(`--${flag} ${setting} is given twice; its values belong in one list`);
    found.set(setting, read(setting, values.trim()));
  }
  return typed.length === 0 ? undefined : Object.fromEntries(found);
}

/** The values of a list: `1e-3,1e-2`, or with semicolons where values have commas themselves. */
export function listOf(text: string, option: Option | undefined): unknown[] {
  const separator = text.includes(";") ? ";" : ",";
  const values = text.split(separator).map((value) => value.trim());
  return option === undefined ? values : values.map((value) => plain(parseValue(option, value)));
}

/** Seeds are read as bigints, which JSON does not have. */
function plain(value: unknown): unknown {
  return typeof value === "bigint" && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

function conditions(tokens: readonly Token[], options: Schema): SweepConfig["when"] {
  const found: Record<string, Record<string, unknown>> = {};
  for (const typed of valuesGiven(tokens, "when")) {
    const [name, condition = ""] = split(typed, ":");
    const [other, value] = split(condition, "=");
    if (name === "" || other === "" || value === undefined || value === "")
      throw new UsageError(
        `--when: got "${typed}", allowed is a setting and a condition, such as memorySize:policy=gru`,
      );
    const setting = settingName(name);
    const values = listOf(value, options[settingName(other)]);
    found[setting] = { ...found[setting], [settingName(other)]: values.length === 1 ? values[0] : values };
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

/** Whether a text is meant as a range to draw from, such as `log(1e-5,1e-1)`, and not as a list of values. */
export function isRangeText(text: string): boolean {
  return /^[\w-]+\s*\(/.test(text);
}

/** The text before and after the first separator; undefined after it where there is none. */
export function split(text: string, separator: string): [before: string, after: string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
