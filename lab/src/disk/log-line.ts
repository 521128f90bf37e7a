/** A line of `metrics.jsonl`, which anybody may have written. JSON has no NaN and no Infinity: they are texts there. */

import type { Update } from "../protocol.js";

/** A line may lack diagnostics that every update has, and may have others. */
export type Logged = Omit<Update, "credit">;

/** Numbers of the updates of a log that are kept. */
const MOST_NUMBERS = 64;

/**
 * The update of a line that comes after `before` steps; undefined if it is none. `names` are those of the numbers that lines
 * have had so far, and get the new ones of this line, as long as there is room: each has a column of its own.
 */
export function updateIn(line: string, before: number, names: Set<string>): Logged | undefined {
  const value = jsonIn(line);
  if (value === undefined) return undefined;
  const [update, episodes, steps] = [value.update, value.episodes, value.steps].map(numberIn);
  if (!Number.isSafeInteger(update) || !Number.isSafeInteger(episodes) || !(steps >= before) || steps === Infinity)
    return undefined;
  const [returns, lengths, ends] = [value.returns, value.lengths, value.lastSteps].map(numbersIn);
  const count = Math.min(returns.length, lengths.length, ends.length);
  // Charts need steps in order.
  let last = before;
  const lastSteps = ends
    .slice(0, count)
    .map((step) => (last = Math.min(steps, Math.max(last, Number.isNaN(step) ? last : step))));
  const { diagnostics } = value;
  return {
    update,
    episodes,
    steps,
    averageReturn: numberIn(value.averageReturn),
    returns: returns.slice(0, count),
    lengths: lengths.slice(0, count),
    lastSteps,
    info: {},
    diagnostics: Object.fromEntries(
      Object.entries(isObject(diagnostics) ? diagnostics : {})
        .filter(([name]) => isKept(name, names))
        .map(([name, number]) => [name, numberIn(number)]),
    ) as Logged["diagnostics"],
  };
}

function isKept(name: string, names: Set<string>): boolean {
  if (name === "steps" || name === "averageReturn") return false;
  if (names.size < MOST_NUMBERS) names.add(name);
  return names.has(name);
}

export interface LoggedEvaluation {
  readonly update: number;
  readonly steps: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The evaluation of a line of `evaluations.jsonl`; undefined if it is none. */
export function evaluationIn(line: string): LoggedEvaluation | undefined {
  const value = jsonIn(line);
  if (value === undefined) return undefined;
  const [update, steps, mean] = [value.update, value.steps, value.mean].map(numberIn);
  const [low = Number.NaN, high = Number.NaN] = numbersIn(value.interval);
  return Number.isSafeInteger(update) && Number.isFinite(steps) ? { update, steps, mean, low, high } : undefined;
}

/** The object of a line; undefined if it is none. */
export function jsonIn(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const WORDS: readonly unknown[] = ["NaN", "Infinity", "-Infinity", "-0"];

/** A number, also as the text of one that JSON lacks; NaN for anything else. */
export function numberIn(value: unknown): number {
  if (typeof value === "number") return value;
  return WORDS.includes(value) ? Number(value) : Number.NaN;
}

function numbersIn(value: unknown): number[] {
  return Array.isArray(value) ? value.map(numberIn) : [];
}
