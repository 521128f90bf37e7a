/**
 * The option schema. Each option of an algorithm or an environment is declared once; flags, documentation tables,
 * checkpoint checks and TypeScript types are derived from that declaration.
 */

import { ConfigError, nearest, unknownOption } from "./errors.js";

/**
 * Numbers from `from` to `to`, even on their scale: "log" for what acts by its ratio, such as a learning rate, and
 * "one-minus-log" for what acts by the ratio of its distance to 1, such as γ.
 */
export interface Range {
  readonly scale: "linear" | "log" | "one-minus-log" | "integer" | "powers-of-two";
  readonly from: number;
  readonly to: number;
}
/** The values among which tuning looks for good ones: a list, and for numbers also a range. */
export type Search<T> = readonly T[] | (number extends T ? Range : never);

interface Described<T> {
  readonly default: T;
  readonly help: string;
  /** An option without this keeps its default while others are tuned. */
  readonly search?: Search<T> | undefined;
  /** Such an option has no value unless one is given: its default only says what kind of value it takes. */
  readonly optional?: true;
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
export interface SeedOption extends Described<number | bigint> {
  readonly kind: "seed";
}
/** A number, or a function of progress that gives it: 0 at the start of a run, 1 at the end of its budget. */
export type Scheduled = number | ((progress: number) => number);
export interface ScheduleOption extends Described<Scheduled> {
  readonly kind: "schedule";
  readonly min: number;
  readonly max: number;
}
export type Option =
  | RealOption
  | IntOption
  | ChoiceOption
  | FlagOption
  | SizesOption
  | TextOption
  | SeedOption
  | ScheduleOption;
/** Options by name. */
export type Schema = Readonly<Record<string, Option>>;

/** The type of a schema's values: `{ gamma: number; baseline: "none" | "mean"; … }`. */
export type Values<S extends Schema> = {
  readonly [K in keyof S]: Value<S[K]> | (S[K] extends { readonly optional: true } ? undefined : never);
};
type Value<O extends Option> = O extends ChoiceOption<infer T> ? T : O extends Described<infer T> ? T : never;

/** The values that a caller may pass for a schema. An option that is missing or `undefined` keeps its default. */
export type Given<S extends Schema> = { readonly [K in keyof S]?: Values<S>[K] | undefined };

/** What the declaration of a number says besides its default. @inline */
interface NumberDetails {
  readonly min?: number;
  readonly max?: number;
  readonly help: string;
  readonly search?: Search<number>;
}

/** A number from `min` to `max`, inclusive. */
export function real(value: number, { min = -Infinity, max = Infinity, help, search }: NumberDetails): RealOption {
  return { kind: "real", default: value, min, max, help, search };
}

/** A number from `min` to `max`, inclusive, or a function of progress that gives such numbers. */
export function schedule(
  value: Scheduled,
  { min = -Infinity, max = Infinity, help, search }: NumberDetails,
): ScheduleOption {
  return { kind: "schedule", default: value, min, max, help, search };
}

/** A whole number from `min` to `max`, inclusive. */
export function int(value: number, { min = -Infinity, max = Infinity, help, search }: NumberDetails): IntOption {
  return { kind: "int", default: value, min, max, help, search };
}

/** One of several words. */
export function choice<const T extends string>(
  value: NoInfer<T>,
  { choices, help, search }: { choices: readonly T[]; help: string; search?: Search<NoInfer<T>> },
): ChoiceOption<T> {
  return { kind: "choice", default: value, choices, help, search };
}

/** True or false. */
export function flag(value: boolean, { help, search }: { help: string; search?: Search<boolean> }): FlagOption {
  return { kind: "flag", default: value, help, search };
}

/** Larger sizes are most likely typing errors, and would need more memory than there is. */
export const LARGEST_SIZE = 4096;
export const MOST_SIZES = 16;

/** How many seeds there are: SeedSequence takes 128 bits. */
const SEEDS = 1n << 128n;

/**
 * Layer sizes, such as `[128, 128]`. An empty list means a linear map. On the command line: `128,128`, or `none`. If
 * the default is `null`, `null` is allowed too.
 */
export function sizes<T extends readonly number[] | null>(
  value: T,
  { help, search }: { help: string; search?: Search<readonly number[]> },
): SizesOption<T extends null ? readonly number[] | null : readonly number[]> {
  return { kind: "sizes", default: value as never, help, search };
}

/** Free text, such as a map. `meaning` describes its format. */
export function text(value: string, { meaning, help }: { meaning: string; help: string }): TextOption {
  return { kind: "text", default: value, meaning, help };
}

/** The seed of a random stream. A bigint holds all the digits that a seed may have. */
export function seed(value: number | bigint, { help }: { help: string }): SeedOption {
  return { kind: "seed", default: value, help };
}

/** The same option without a default: it is absent unless given. */
export function optional<O extends Option>(option: O): O & { readonly optional: true } {
  return { ...option, optional: true };
}

/** Describes the values that an option accepts, for messages and tables. */
export function allowed(option: Option): string {
  switch (option.kind) {
    case "real":
      return within(option, "a number");
    case "int":
      return within(option, "a whole number");
    case "schedule":
      return `${within(option, "a number")} (in a program also a function of progress)`;
    case "choice":
      return `one of ${option.choices.join(", ")}`;
    case "flag":
      return "true or false";
    case "sizes":
      return `a list of at most ${MOST_SIZES} whole numbers from 1 to ${LARGEST_SIZE}, such as [128, 128]`;
    case "text":
      return option.meaning;
    case "seed":
      return "a whole number from 0 to 2^128 - 1";
  }
}

function within({ min, max }: { readonly min: number; readonly max: number }, noun: string): string {
  if (min > -Infinity && max < Infinity) return `${noun} from ${min} to ${max}`;
  if (min > -Infinity) return `${noun} of at least ${min}`;
  if (max < Infinity) return `${noun} of at most ${max}`;
  return noun;
}

/** Checks a value against its declaration and returns it. @throws ConfigError naming the field */
export function checkValue(field: string, option: Option, given: unknown): unknown {
  if (accepts(option, given)) return Array.isArray(given) ? [...given] : given;
  const guess = option.kind === "choice" && typeof given === "string" ? nearest(given, option.choices) : undefined;
  throw new ConfigError({ field, given, allowed: allowed(option), nearest: guess });
}

function accepts(option: Option, given: unknown): boolean {
  switch (option.kind) {
    case "schedule":
      return typeof given === "function" || isWithin(option, given);
    case "real":
      return isWithin(option, given);
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
    case "seed":
      return typeof given === "bigint" ? given >= 0n && given < SEEDS : isCount(given);
  }
}

/** Whether it is a finite number between the bounds. */
export function isWithin(
  { min, max }: { readonly min: number; readonly max: number },
  given: unknown,
): given is number {
  return typeof given === "number" && Number.isFinite(given) && given >= min && given <= max;
}

function isCount(given: unknown): boolean {
  return Number.isSafeInteger(given) && (given as number) >= 0;
}

function isSize(given: unknown): boolean {
  return Number.isSafeInteger(given) && (given as number) >= 1 && (given as number) <= LARGEST_SIZE;
}

/**
 * Fills in the defaults and checks every given value.
 *
 * @throws ConfigError naming a bad value, or an unknown option and the nearest known one
 * Errors call an option `where.name`, or by its name alone where `where` is empty.
 */
export function resolveOptions<S extends Schema>(
  schema: S,
  given: Readonly<Record<string, unknown>> = {},
  where = "options",
): Values<S> {
  requireKnown(given, Object.keys(schema), where);
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(schema)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined && option.optional) continue;
    values[name] = checkValue(fieldIn(where, name), option, value === undefined ? option.default : value);
  }
  return values as Values<S>;
}

/** @throws ConfigError if these are no options by name, or have a name that is not known, with the nearest one */
export function requireKnown(given: object, names: readonly string[], where = ""): void {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new ConfigError({ field: where || "options", given, allowed: "an object of options by name" });
  for (const [name, value] of Object.entries(given)) {
    if (!names.includes(name)) throw unknownOption(name, value, names, fieldIn(where, name));
  }
}

function fieldIn(where: string, name: string): string {
  return where === "" ? name : `${where}.${name}`;
}

/**
 * Parses a value typed on a command line or in a URL. Text that it cannot parse stays text, which `checkValue` refuses.
 */
export function parseValue(option: Option, text: string): unknown {
  switch (option.kind) {
    case "real":
    case "schedule":
    case "int":
      return text.trim() === "" || !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text.trim()) ? text : Number(text);
    case "flag":
      return text === "true" ? true : text === "false" ? false : text;
    case "sizes":
      if (text === "none") return [];
      return /^\d+(,\d+)*$/.test(text) ? text.split(",").map(Number) : text;
    case "seed":
      return /^\d{1,39}$/.test(text) && BigInt(text) < SEEDS ? BigInt(text) : text;
    case "choice":
    case "text":
      return text;
  }
}

/** A value without quotes, as `parseValue` reads it: `64,64`, and `none` for an empty list. */
export function typedValue(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(",");
  return String(value);
}
