/** Which tests have to wait for others. It is `unmet` of `ascent/exercise`, which the page can't import without the engine. */

import type { Seen } from "../own-code/lesson-protocol.js";
import type { TestEntry } from "../protocol.js";

export interface TestResult {
  /** Undefined if the test was not run, because it waits. */
  readonly seen: Seen | undefined;
  /** The functions whose own tests have to pass first. */
  readonly waitsFor: readonly string[];
}

export type Results = ReadonlyMap<TestEntry, TestResult>;

export function passed({ seen }: TestResult): boolean {
  return seen !== undefined && seen.fault === undefined;
}

/**
 * The functions that a test needs and that have failed their own tests. Where those tests wait themselves, what they wait for
 * is named instead.
 */
export function waitsFor({ needs }: TestEntry, results: Results): readonly string[] {
  const names = needs.flatMap((name) =>
    [...results]
      .filter(([test, result]) => test.subject === name && !passed(result))
      .flatMap(([, result]) => (result.waitsFor.length > 0 ? result.waitsFor : [name])),
  );
  return [...new Set(names)];
}
