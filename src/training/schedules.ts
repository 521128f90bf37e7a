/**
 * Options that are functions of progress. A record of a run holds plain data, so it has a text in place of such a function:
 * where it begins, where it ends, and a digest of its values, by which another function is noticed on resume.
 */

import { ConfigError } from "../errors.js";
import { sha256 } from "../formats/sha256.js";
import { allowed, isWithin, type Scheduled, type Schema } from "../options.js";

/** Functions of progress by the name of their option. */
export type Schedules = Readonly<Record<string, (progress: number) => number>>;

/** A function is known by its values at so many equal steps of progress. */
const STEPS = 1000;
const WORDS = "a function of progress";

const FINAL = /^final(?=[A-Z])/;

/**
 * Refuses an end beside options whose functions have one: `finalLearningRate`, which is for `learningRate` and
 * `valueLearningRate`, where all of these are functions.
 *
 * @throws ConfigError
 */
export function refuseUnusedEnds(schema: Schema, options: Readonly<Record<string, unknown>> = {}): void {
  for (const [name, given] of Object.entries(options)) {
    if (given === undefined || !FINAL.test(name)) continue;
    const what = name.replace(FINAL, "").toLowerCase();
    const ends = Object.keys(schema).filter(
      (other) => schema[other].kind === "schedule" && other.toLowerCase().endsWith(what),
    );
    if (ends.length === 0 || !ends.every((other) => typeof options[other] === "function")) continue;
    const allowed = `nothing beside ${ends.join(" and ")}, given as a function, which says itself where it ends`;
    throw new ConfigError({ field: `options.${name}`, given, allowed });
  }
}

/**
 * Splits options into plain data for records, with texts in place of functions, and those functions.
 *
 * @throws ConfigError if a function gives a number that the option does not allow
 */
export function splitSchedules(
  schema: Schema,
  options: Readonly<Record<string, unknown>>,
): { readonly recorded: Readonly<Record<string, unknown>>; readonly schedules: Schedules } {
  const schedules: Record<string, (progress: number) => number> = {};
  const recorded = Object.entries(options).map(([name, value]) => {
    if (schema[name].kind !== "schedule" || typeof value !== "function") return [name, value];
    schedules[name] = value as Exclude<Scheduled, number>;
    return [name, record(schema, name, schedules[name])];
  });
  return { recorded: Object.fromEntries(recorded), schedules };
}

/**
 * The options of a saved run with functions in place of their texts.
 *
 * @throws ConfigError if one is missing, is not as it was, or belongs to no option that was a function
 */
export function joinSchedules(
  schema: Schema,
  recorded: Readonly<Record<string, unknown>>,
  given: Schedules = {},
): Readonly<Record<string, unknown>> {
  const wanted = Object.keys(recorded).filter((name) => isRecord(schema, name, recorded[name]));
  const refuse = (what: unknown, allowed: string): never => {
    throw new ConfigError({ field: "schedules", given: what, allowed });
  };
  for (const name of Object.keys(given)) {
    if (wanted.includes(name)) continue;
    refuse(name, wanted.length === 0 ? "nothing: this run's options are plain values" : wanted.join(", "));
  }
  const functions = wanted.map((name) => {
    if (typeof given[name] !== "function")
      refuse(
        given,
        `{ ${name}: … }, this run's own: ${recorded[name]}. A checkpoint can't hold a function: pass it again`,
      );
    const found = record(schema, name, given[name]);
    if (found !== recorded[name]) refuse(`${name}, ${found}`, `${name} as it was: ${recorded[name]}`);
    return [name, given[name]];
  });
  return { ...recorded, ...Object.fromEntries(functions) };
}

function isRecord(schema: Schema, name: string, value: unknown): value is string {
  return schema[name]?.kind === "schedule" && typeof value === "string" && value.startsWith(WORDS);
}

function record(schema: Schema, name: string, schedule: (progress: number) => number): string {
  const option = schema[name];
  const values = new Float64Array(STEPS + 1);
  for (let i = 0; i <= STEPS; i++) {
    const progress = i / STEPS;
    const value: unknown = schedule(progress);
    if (option.kind !== "schedule" || !isWithin(option, value)) {
      const given = `${value} at progress ${progress}`;
      throw new ConfigError({ field: `options.${name}`, given, allowed: allowed(option) });
    }
    values[i] = value;
  }
  const digest = sha256(new Uint8Array(values.buffer));
  return `${WORDS}, from ${values[0]} to ${values[STEPS]} (its values: ${digest.slice(0, 16)})`;
}
