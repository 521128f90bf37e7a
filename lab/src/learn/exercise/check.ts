/** Checks an answer: its tests run one by one, isolated, and the grade is kept. */

import { signal } from "@preact/signals";
import { OwnAnswer, stopOwn } from "../own-code/run-own.js";
import type { ExerciseEntry, TestEntry } from "../protocol.js";
import { keep, kept } from "./kept.js";
import { passed, type Results, type TestResult, waitsFor } from "./waiting.js";

export interface Check {
  readonly exercise: string;
  /** The code that is checked. */
  readonly code: string;
  readonly results: Results;
  /** The test that runs. Undefined: the check is at its end, or has not begun. */
  readonly now: TestEntry | undefined;
  /** How far its training has come, if it trains. */
  readonly training: { readonly episodes: number; readonly mean: number } | undefined;
  /** Why the answer could not be loaded, or that the check was stopped. */
  readonly trouble: string | undefined;
  readonly isRunning: boolean;
}

/** The latest check. */
export const check = signal<Check | undefined>(undefined);

function change(changed: Partial<Check>): void {
  if (check.value !== undefined) check.value = { ...check.value, ...changed };
}

export async function checkAnswer(entry: ExerciseEntry, code: string): Promise<void> {
  stopOwn();
  const results = new Map<TestEntry, TestResult>();
  check.value = {
    exercise: entry.name,
    code,
    results,
    now: undefined,
    training: undefined,
    trouble: undefined,
    isRunning: true,
  };
  /** The next test that waits for nothing. Those before it that wait are passed over. */
  const next = (): TestEntry | undefined => {
    for (const test of entry.tests) {
      if (results.has(test)) continue;
      const waits = waitsFor(test, results);
      if (waits.length === 0) {
        change({ now: test, training: undefined, results: new Map(results) });
        return test;
      }
      results.set(test, { seen: undefined, waitsFor: waits });
    }
    return undefined;
  };
  try {
    const answer = await OwnAnswer.to(entry.name, code);
    const first = next();
    if (first !== undefined)
      await answer.run(
        first,
        ({ name }, seen) => {
          const test = entry.tests.find((one) => one.name === name);
          if (test !== undefined) results.set(test, { seen, waitsFor: [] });
          return next();
        },
        (episodes, mean) => change({ training: { episodes, mean } }),
      );
    const count = [...results.values()].filter(passed).length;
    const best = Math.max(count, kept.value[entry.name]?.grade?.best ?? 0);
    keep(entry.name, { grade: { passed: count, of: entry.tests.length, best } });
  } catch (error) {
    change({ trouble: error instanceof Error ? error.message : String(error) });
  }
  change({ results: new Map(results), now: undefined, training: undefined, isRunning: false });
}
