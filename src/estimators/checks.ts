/** What the lab's functions ask of what they are given: types don't reach a program in JavaScript. */

import type { Table } from "../envs/tabular.js";
import { ConfigError } from "../errors.js";
import { checkValue, choice, flag, int, real, seed, text } from "../options.js";

/** @throws ConfigError unless it is a whole number of at least `least` */
export function checkWhole(field: string, given: unknown, least: number): void {
  checkValue(field, int(least, { min: least, help: "" }), given);
}

/** @throws ConfigError unless it is a finite number between the bounds */
export function checkReal(
  field: string,
  given: unknown,
  { min = -Infinity, max = Infinity }: { readonly min?: number; readonly max?: number } = {},
): void {
  checkValue(field, real(0, { min, max, help: "" }), given);
}

/** @throws ConfigError unless it is a number between 0 and 1, and neither of them */
export function checkShare(field: string, given: unknown): void {
  if (typeof given !== "number" || !(given > 0 && given < 1))
    throw new ConfigError({ field, given, allowed: "a number between 0 and 1" });
}

/** @throws ConfigError unless it is true or false */
export function checkFlag(field: string, given: unknown): void {
  checkValue(field, flag(false, { help: "" }), given);
}

/** @throws ConfigError unless it is text */
export function checkText(field: string, given: unknown): void {
  checkValue(field, text("", { meaning: "text", help: "" }), given);
}

/** @throws ConfigError unless it is one of these names, with the nearest one */
export function checkName(field: string, given: unknown, names: readonly string[]): void {
  checkValue(field, choice<string>("", { choices: names, help: "" }), given);
}

/** @throws ConfigError unless a generator can be made from it */
export function checkSeed(given: unknown): void {
  checkValue("seed", seed(0, { help: "" }), given);
}

/** @throws ConfigError unless it is a list or an array of so many finite numbers, by default of any length */
export function checkNumbers(field: string, given: unknown, length?: number): void {
  const numbers = given instanceof Float64Array || given instanceof Float32Array || Array.isArray(given) ? given : [];
  const isRight = numbers === given && numbers.length === (length ?? numbers.length) && everyFinite(numbers);
  if (!isRight) throw new ConfigError({ field, given, allowed: `${length ?? "a list of"} finite numbers` });
}

function everyFinite(numbers: ArrayLike<unknown>): boolean {
  for (let i = 0; i < numbers.length; i++) if (!Number.isFinite(numbers[i])) return false;
  return true;
}

/** @throws ConfigError unless it is a list */
export function checkList(field: string, given: unknown, allowed: string): asserts given is readonly unknown[] {
  if (!Array.isArray(given)) throw new ConfigError({ field, given, allowed });
}

/** @throws ConfigError unless it is a function */
export function checkFunction(field: string, given: unknown): void {
  if (typeof given !== "function") throw new ConfigError({ field, given, allowed: "a function" });
}

/** @throws ConfigError unless it has all these fields */
export function checkFields(field: string, given: unknown, names: readonly string[], allowed: string): void {
  if (!hasFields(given, names)) throw new ConfigError({ field, given, allowed });
}

/** @throws ConfigError unless it is an object with all these fields */
export function checkOptions(given: unknown, names: readonly string[], field = "options"): void {
  checkFields(field, given, names, `an object with ${names.join(", ").replace(/, (\w+)$/, " and $1")}`);
}

function hasFields(given: unknown, names: readonly string[]): given is Readonly<Record<string, unknown>> {
  return isObject(given) && names.every((name) => name in given);
}

/** Whether it has fields that can be read. */
export function isObject(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === "object" && given !== null;
}

/** @throws ConfigError unless it is a policy in a world, as `settingOf` makes it */
export function checkSetting(given: unknown): void {
  checkFields("setting", given, ["world", "parameters", "mdp", "policy", "values"], "a setting, of settingOf()");
}

/** @throws ConfigError unless it is a world */
export function checkWorld(given: unknown): void {
  if (!hasFields(given, ["table", "gamma", "logits", "criticError"]) || !isTable(given.table))
    throw new ConfigError({ field: "world", given, allowed: "a world, of worldNamed() or worldOf()" });
}

/** A value that looks like a `Table`. `mdpOf` checks what it holds. */
export function isTable(some: unknown): some is Table {
  return hasFields(some, ["outcomes"]) && typeof some.outcomes === "function";
}

/** @throws ConfigError unless it is a batch of episodes */
export function checkBatch(given: unknown): void {
  const columns = ["states", "actions", "rewards", "segments", "finalStates"];
  checkFields("batch", given, columns, "a batch, of batchOf(), drawBatch() or eachBatch()");
}

/** @throws ConfigError unless it is a list of episodes with their probabilities */
export function checkTrajectories(given: unknown): void {
  const allowed = "a list of episodes, of allEpisodes()";
  checkList("episodes", given, allowed);
  for (const one of given) checkFields("episodes", one, ["probability", "actions"], allowed);
}

/** @throws ConfigError unless it is an episode: lists of states, actions and rewards, with as many states and rewards as actions, or more */
export function checkEpisode(given: unknown): void {
  const isEpisode =
    hasFields(given, ["states", "actions", "rewards"]) &&
    Array.isArray(given.states) &&
    Array.isArray(given.actions) &&
    given.states.length >= given.actions.length &&
    hasFields(given.rewards, ["length"]) &&
    Number(given.rewards.length) >= given.actions.length;
  if (!isEpisode)
    throw new ConfigError({
      field: "episode",
      given,
      allowed: "lists of states, actions and rewards, at least as many states and rewards as actions",
    });
}
