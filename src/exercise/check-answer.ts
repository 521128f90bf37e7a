/** Runs the tests of an exercise in order. */

import type { Evidence } from "./exercise.js";
import type { GradedExercise, GradedTest } from "./exercises.js";

/** A test and what it saw. */
export interface Result {
  readonly test: GradedTest;
  readonly evidence: Evidence;
  /** The functions whose own tests have to pass before this test is run at all. */
  readonly waitsFor: readonly string[];
}

/** The results of the tests one by one, in this process. An answer with an endless loop does not return. */
export function* checkAnswer({ tests }: Pick<GradedExercise, "tests">, module: object): Generator<Result, void> {
  const results: Result[] = [];
  for (const test of tests) {
    const waitsFor = unmet(test, results);
    const result = { test, evidence: waitsFor.length === 0 ? test.run(module) : {}, waitsFor };
    results.push(result);
    yield result;
  }
}

/** Whether a test was run and found no fault. */
export function passed({ evidence, waitsFor }: Result): boolean {
  return evidence.fault === undefined && waitsFor.length === 0;
}

/**
 * The functions that a test needs and that have failed their own tests. Where those tests wait themselves, what they wait for
 * is named instead.
 */
export function unmet({ needs = [] }: GradedTest, results: readonly Result[]): string[] {
  const names = needs.flatMap((name) =>
    results
      .filter((result) => result.test.subject === name && !passed(result))
      .flatMap(({ waitsFor }) => (waitsFor.length > 0 ? waitsFor : [name])),
  );
  return [...new Set(names)];
}
