/** Reads a command line by option schemas. */

import { ConfigError, nearest } from "../errors.js";
import { allowed, checkValue, type Option, parseValue, type Schema, type Values } from "../options.js";
import { flagName } from "../report/flag-text.js";
import { importOptions } from "./import-options.js";
import type { Token, TypedOption } from "./tokens.js";
import { UsageError } from "./usage-error.js";

/** Options by their typed names without dashes: `learning-rate`, `env.g`. */
export type Flags = Readonly<Record<string, Option>>;

/** A schema's options as flags, with a prefix. */
export function asFlags(schema: Schema, prefix = ""): Flags {
  return Object.fromEntries(Object.entries(schema).map(([name, option]) => [prefix + flagName(name), option]));
}

/** The parsed command line: words, and unchecked values of flags by name. */
export interface Typed {
  readonly words: readonly string[];
  readonly values: ReadonlyMap<string, unknown>;
}

/** Reads tokens with the flags of a command. If a flag is repeated, its last value counts. @throws UsageError */
export function readFlags(tokens: readonly Token[], flags: Flags, command: string): Typed {
  const words: string[] = [];
  const values = new Map<string, unknown>();
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token.kind === "word") words.push(token.text);
    else {
      const [name, option, negated] = flagOf(token, flags, command);
      const next = tokens[i + 1];
      if (option.kind === "flag") {
        values.set(name, negated ? false : token.inline === undefined || parseValue(option, token.inline));
      } else if (token.inline !== undefined) values.set(name, parseValue(option, token.inline));
      else if (next?.kind === "word") {
        values.set(name, parseValue(option, next.text));
        i++;
      } else throw new UsageError(`--${name} needs a value: ${allowed(option)}`);
    }
  }
  return { words, values };
}

function flagOf(token: TypedOption, flags: Flags, command: string): [name: string, option: Option, negated: boolean] {
  const { name, inline } = token;
  if (Object.hasOwn(flags, name)) return [name, flags[name], false];
  const positive = name.replace(/^no-/, "");
  const switchedOff = positive !== name && inline === undefined && Object.hasOwn(flags, positive);
  if (switchedOff && flags[positive].kind === "flag") return [positive, flags[positive], true];
  const known = Object.keys({ ...flags, ...asFlags(importOptions) });
  const guess = nearest(name, known);
  const given = inline === undefined ? "" : ` (given: ${inline})`;
  const hint = guess === undefined ? "" : ` Did you mean --${guess}?`;
  const list = known.map((flag) => `--${flag}`).join(" ");
  throw new UsageError(`${token.typed}${given} is not an option of ascent ${command}.${hint}\nAllowed: ${list}`);
}

/** The values of a schema: typed values, checked, and defaults for the rest. @throws ConfigError naming the flag */
export function valuesOf<S extends Schema>(values: ReadonlyMap<string, unknown>, schema: S): Values<S> {
  const entries = Object.entries(schema).map(([name, option]) => {
    const flag = flagName(name);
    if (values.has(flag)) return [name, checkValue(`--${flag}`, option, values.get(flag))];
    return [name, option.optional ? undefined : option.default];
  });
  return Object.fromEntries(entries) as Values<S>;
}

/** Reads the command line of a command with a single schema of flags. @throws UsageError @throws ConfigError */
export function readCommandLine<S extends Schema>(
  tokens: readonly Token[],
  schema: S,
  { name, usage, words: most }: { name: string; usage: string; words: number },
): { words: readonly string[]; values: Values<S> } {
  const { words, values } = readFlags(tokens, asFlags(schema), name);
  atMost(words, most, usage);
  return { words, values: valuesOf(values, schema) };
}

/** Returns a known name. @throws UsageError for any other, with the nearest known one */
export function knownName(what: string, given: string, known: readonly string[], note = ""): string {
  if (known.includes(given)) return given;
  const guess = nearest(given, known);
  const hint = guess === undefined ? "" : ` Did you mean ${guess}?`;
  throw new UsageError(`unknown ${what} "${given}".${hint}\nAllowed: ${known.join(", ")}${note}`);
}

/** @throws UsageError if there are more words than the command takes */
export function atMost(words: readonly string[], count: number, usage: string): void {
  if (words.length > count) throw new UsageError(`"${words[count]}" is one word too many. Usage: ${usage}`);
}

/** Runs some work, with the fields in its errors named as the user typed them. */
export function namingFields<T>(nameOf: (field: string) => string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    return throwNamed(nameOf)(error);
  }
}

/** Throws an error with its field named as the user typed it: what `catch` of a promise takes. */
export function throwNamed(nameOf: (field: string) => string): (error: unknown) => never {
  return (error) => {
    throw error instanceof ConfigError ? error.renamed(nameOf(error.field)) : error;
  };
}
