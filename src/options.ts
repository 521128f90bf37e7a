/**
 * The option schema. Each option of an algorithm or an environment is declared once; flags, documentation tables,
 * checkpoint checks and TypeScript types are derived from that declaration.
 */

import { ConfigError, nearest } from "./errors.js";

interface Described<T> {
  readonly default: T;
  readonly help: string;
}
export interface RealOption extends Described<number> {
  readonly kind: "real";
  readonly min: number;
  readonly max: number;
}
export interface IntOption extends Described<number> {
  readonly kind: "int";
  readonly min: number;
  readonly max: number;
}
export interface ChoiceOption<T extends string = string> extends Described<T> {
  readonly kind: "choice";
  readonly choices: readonly T[];
}
export interface FlagOption extends Described<boolean> {
  readonly kind: "flag";
}
/** A `null` default means that the value follows from another option. */
export interface SizesOption<T extends readonly number[] | null = readonly number[] | null> extends Described<T> {
  readonly kind: "sizes";
}
export interface TextOption extends Described<string> {
  readonly kind: "text";
  /** A description of the text for messages, such as "rows of letters". The reader of the text checks it. */
  readonly meaning: string;
}
export type Option = RealOption | IntOption | ChoiceOption | FlagOption | SizesOption | TextOption;
/** Options by name, each declared once. */
export type Schema = Readonly<Record<string, Option>>;

/** The type of a schema's values: `{ gamma: number; baseline: "none" | "mean"; … }`. */
export type Values<S extends Schema> = {
  readonly [K in keyof S]: S[K] extends ChoiceOption<infer T> ? T : S[K] extends Described<infer T> ? T : never;
};

/** What a caller may give for a schema: any of its options; one that is left out or `undefined` keeps its default. */
export type Given<S extends Schema> = { readonly [K in keyof S]?: Values<S>[K] | undefined };

/** A number from `min` to `max`, inclusive. */
export function real(
  value: number,
  { min = -Infinity, max = Infinity, help }: { min?: number; max?: number; help: string },
): RealOption {
  return { kind: "real", default: value, min, max, help };
}

/** A whole number from `min` to `max`, inclusive. */
export function int(
  value: number,
  { min = -Infinity, max = Infinity, help }: { min?: number; max?: number; help: string },
): IntOption {
  return { kind: "int", default: value, min, max, help };
}

/** One of several words. */
export function choice<const T extends string>(
  value: NoInfer<T>,
  { choices, help }: { choices: readonly T[]; help: string },
): ChoiceOption<T> {
  return { kind: "choice", default: value, choices, help };
}

/** True or false. */
export function flag(value: boolean, { help }: { help: string }): FlagOption {
  return { kind: "flag", default: value, help };
}

/** Larger sizes are most likely typing errors, and would need more memory than there is. */
const LARGEST_SIZE = 4096;
const MOST_SIZES = 16;

/**
 * Layer sizes, such as `[128, 128]`. An empty list means a linear map. On the command line: `128,128`, or `none`. If
 * the default is `null`, `null` is allowed too.
 */
export function sizes<T extends readonly number[] | null>(
  value: T,
  { help }: { help: string },
): SizesOption<T extends null ? readonly number[] | null : readonly number[]> {
  return { kind: "sizes", default: value as never, help };
}

/** Free text, such as a map. `meaning` describes its format. */
export function text(value: string, { meaning, help }: { meaning: string; help: string }): TextOption {
  return { kind: "text", default: value, meaning, help };
}

/** Describes the values that an option accepts, for messages and tables. */
export function allowed(option: Option): string {
  switch (option.kind) {
    case "real":
    case "int": {
      const noun = option.kind === "int" ? "a whole number" : "a number";
      if (option.min > -Infinity && option.max < Infinity) return `${noun} from ${option.min} to ${option.max}`;
      if (option.min > -Infinity) return `${noun} of at least ${option.min}`;
      if (option.max < Infinity) return `${noun} of at most ${option.max}`;
      return noun;
    }
    case "choice":
      return `one of ${option.choices.join(", ")}`;
    case "flag":
      return "true or false";
    case "sizes":
      return `a list of at most ${MOST_SIZES} whole numbers from 1 to ${LARGEST_SIZE}, such as [128, 128]`;
    case "text":
      return option.meaning;
  }
}

/** Checks a value against its declaration and returns it. @throws ConfigError naming the field */
export function checkValue(field: string, option: Option, given: unknown): unknown {
  if (accepts(option, given)) return Array.isArray(given) ? [...given] : given;
  const guess = option.kind === "choice" && typeof given === "string" ? nearest(given, option.choices) : undefined;
  throw new ConfigError({ field, given, allowed: allowed(option), nearest: guess });
}

function accepts(option: Option, given: unknown): boolean {
  switch (option.kind) {
    case "real":
      return typeof given === "number" && Number.isFinite(given) && given >= option.min && given <= option.max;
    case "int":
      return Number.isSafeInteger(given) && (given as number) >= option.min && (given as number) <= option.max;
    case "choice":
      return typeof given === "string" && option.choices.includes(given);
    case "flag":
      return typeof given === "boolean";
    case "sizes":
      if (given === null) return option.default === null;
      return Array.isArray(given) && given.length <= MOST_SIZES && [...given].every(isSize);
    case "text":
      return typeof given === "string";
  }
}

function isSize(given: unknown): boolean {
  return Number.isSafeInteger(given) && (given as number) >= 1 && (given as number) <= LARGEST_SIZE;
}

/**
 * Fills in the defaults and checks every given value.
 *
 * @throws ConfigError naming a bad value, or an unknown option and the nearest known one
 */
export function resolveOptions<S extends Schema>(
  schema: S,
  given: Readonly<Record<string, unknown>> = {},
  where = "options",
): Values<S> {
  const values: Record<string, unknown> = {};
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new ConfigError({ field: where, given, allowed: "an object of options by name" });
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(schema, name)) {
      const names = Object.keys(schema);
      throw new ConfigError({
        field: `${where}.${name}`,
        given: given[name],
        allowed: `only ${names.join(", ")}`,
        nearest: nearest(name, names),
      });
    }
  }
  for (const [name, option] of Object.entries(schema)) {
    const value = Object.hasOwn(given, name) && given[name] !== undefined ? given[name] : option.default;
    values[name] = checkValue(`${where}.${name}`, option, value);
  }
  return values as Values<S>;
}

/**
 * Parses a value typed on a command line or in a URL. Text that it cannot parse stays text, which `checkValue` refuses.
 */
export function parseValue(option: Option, text: string): unknown {
  switch (option.kind) {
    case "real":
    case "int":
      return text.trim() === "" || !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text.trim()) ? text : Number(text);
    case "flag":
      return text === "true" ? true : text === "false" ? false : text;
    case "sizes":
      if (text === "none") return [];
      return /^\d+(,\d+)*$/.test(text) ? text.split(",").map(Number) : text;
    case "choice":
    case "text":
      return text;
  }
}
