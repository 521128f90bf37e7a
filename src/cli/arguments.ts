/** Reading a command line by the option schemas that everything else is declared with. */

import { parseArgs } from "node:util";
import { nearest } from "../errors.js";
import { kebab } from "../report/train-command.js";
import { allowed, checkValue, type Option, parseValue } from "../options.js";
import { UsageError } from "./usage-error.js";

/** An option of the command line; `optional` ones have no default of their own and are absent unless given. */
export type Flag = Option & { readonly optional?: true };
/** By name as it is typed, without the dashes: `learning-rate`, `env.g`. */
export type Flags = Readonly<Record<string, Flag>>;

/** A flag that is absent unless given. */
export function optional<T extends Option>(option: T): T & { readonly optional: true } {
  return { ...option, optional: true };
}

/** A schema's options as flags, behind a prefix. */
export function asFlags(schema: Readonly<Record<string, Option>>, prefix = ""): Flags {
  return Object.fromEntries(Object.entries(schema).map(([name, option]) => [prefix + kebab(name), option]));
}

export interface Typed {
  readonly name: string;
  /** Undefined where nothing followed. */
  readonly value: string | undefined;
}

export interface CommandLine {
  readonly words: readonly string[];
  readonly typed: readonly Typed[];
}

/** Splits arguments into words and flags. `flags` says which names are followed by a value; none is checked yet. */
export function splitArguments(args: readonly string[], flags: Flags): CommandLine {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(flags).map(([name, { kind }]) => [name, { type: kind === "flag" ? "boolean" : "string" }]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const words: string[] = [];
  const typed: Typed[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind === "option") {
      // `--out --json`: the second is a flag, not the name of a folder.
      const swallowed = token.inlineValue === false && token.value.startsWith("--");
      if (swallowed) throw new UsageError(`--${token.name} needs a value: ${allowed(flags[token.name])}`);
      typed.push({ name: token.name, value: token.value });
    }
  }
  return { words, typed };
}

/** The values of the flags that were given, checked, by their names. @throws UsageError @throws ConfigError */
export function flagValues(typed: readonly Typed[], flags: Flags, command: string): Map<string, unknown> {
  return new Map(typed.map((flag) => readFlag(flag, flags, command)));
}

/**
 * Refuses flags that no choice of words could make valid. It comes before the words are looked at: what follows an unknown
 * flag would be taken for one.
 */
export function requireKnown(typed: readonly Typed[], flags: Flags, command: string): void {
  for (const flag of typed) {
    const known = [flag.name, flag.name.replace(/^no-/, "")].some((name) => Object.hasOwn(flags, name));
    if (!known) throw new UsageError(unknownFlag(flag, Object.keys(flags), command));
  }
}

function readFlag({ name, value }: Typed, flags: Flags, command: string): [string, unknown] {
  if (Object.hasOwn(flags, name)) {
    const flag = flags[name];
    if (flag.kind === "flag")
      return [name, value === undefined || checkValue(`--${name}`, flag, parseValue(flag, value))];
    if (value === undefined) throw new UsageError(`--${name} needs a value: ${allowed(flag)}`);
    return [name, checkValue(`--${name}`, flag, parseValue(flag, value))];
  }
  const positive = name.replace(/^no-/, "");
  if (positive !== name && Object.hasOwn(flags, positive) && flags[positive].kind === "flag" && value === undefined) {
    return [positive, false];
  }
  throw new UsageError(unknownFlag({ name, value }, Object.keys(flags), command));
}

function unknownFlag({ name, value }: Typed, known: readonly string[], command: string): string {
  const dashes = name.length === 1 ? "-" : "--";
  const given = value === undefined ? "" : ` (given: ${value})`;
  const guess = nearest(name, known);
  const hint = guess === undefined ? "" : ` Did you mean --${guess}?`;
  return `${dashes}${name}${given} is not an option of ascent ${command}.${hint}\nAllowed: ${listed(known).join(" ")}`;
}

/** Without those of environments where there are many: the flags of all environments together are a screenful that hides the message. */
function listed(known: readonly string[]): string[] {
  const shown = known.length > 40 ? known.filter((name) => !name.startsWith("env.")) : known;
  return [...shown.map((name) => `--${name}`), ...(shown.length < known.length ? ["--env.…"] : [])];
}

/** One of the known names, or an error that offers the nearest. */
export function knownName(what: string, given: string, known: readonly string[]): string {
  if (known.includes(given)) return given;
  const guess = nearest(given, known);
  const hint = guess === undefined ? "" : ` Did you mean ${guess}?`;
  throw new UsageError(`unknown ${what} "${given}".${hint}\nAllowed: ${known.join(", ")}`);
}

/** @throws UsageError where more words were typed than a command takes */
export function atMost(words: readonly string[], count: number, usage: string): void {
  if (words.length > count) throw new UsageError(`"${words[count]}" is one word too many. Usage: ${usage}`);
}
