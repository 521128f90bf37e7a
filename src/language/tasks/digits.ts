/**
 * Tasks on digits, whose answers a program verifies: sort six digits, reverse them, or add two numbers of two digits, the sum's
 * last digit first. Six digits are "352014>" with the answer "012345".
 */

import { ConfigError, nearest } from "../../errors.js";
import type { Generator } from "../../random/index.js";
import type { LanguageTask, Sample } from "./task.js";

const DIGITS = 6;

interface Rule {
  readonly summary: string;
  readonly digits: number;
  /** The right answer to these digits. */
  answer(digits: string): string;
}

const rules = {
  sort: { summary: "six digits in order", digits: DIGITS, answer: (digits) => [...digits].sort().join("") },
  reverse: { summary: "six digits backwards", digits: DIGITS, answer: backwards },
  add: {
    summary: "the sum of two numbers of two digits, its last digit first",
    digits: 4,
    answer: (digits) => backwards(String(Number(digits.slice(0, 2)) + Number(digits.slice(2))).padStart(3, "0")),
  },
} satisfies Record<string, Rule>;

function backwards(text: string): string {
  return [...text].reverse().join("");
}

/** The name of a task on digits. */
export type DigitTaskName = keyof typeof rules;

/** A task with one right answer to each prompt. */
export interface DigitTask extends LanguageTask {
  answer(prompt: string): string;
}

/** A task on digits. Its gold score is 1 for the right answer, and 0. @throws ConfigError for an unknown name */
export function digitTask(name: DigitTaskName): DigitTask {
  if (!Object.hasOwn(rules, name)) {
    const names = Object.keys(rules);
    throw new ConfigError({
      field: "task",
      given: name,
      allowed: `one of ${names.join(", ")}`,
      nearest: nearest(name, names),
    });
  }
  const { summary, digits, answer }: Rule = rules[name];
  const prompt = (rng: Generator): string => `${Array.from({ length: digits }, () => rng.integers(10)).join("")}>`;
  const right = (given: string): string => answer(given.slice(0, digits));
  return {
    name,
    summary,
    alphabet: "0123456789>",
    longest: digits + 1 + answer("0".repeat(digits)).length,
    answer: right,
    prompt,
    example(rng) {
      const given = prompt(rng);
      return { prompt: given, response: right(given) };
    },
    gold: ({ prompt: given, response }) => Number(response === right(given)),
    isValid: ({ prompt: given, response }: Sample) => /^\d+$/.test(response) && response.length === right(given).length,
  };
}

/** A verifier that can be fooled: it looks at the last digit only. */
export function lastDigitOnly(task: DigitTask): (sample: Sample) => number {
  return ({ prompt, response }) => Number(response !== "" && response.at(-1) === task.answer(prompt).at(-1));
}
