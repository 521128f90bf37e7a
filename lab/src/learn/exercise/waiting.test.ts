import { exercises, unmet } from "ascent/exercise";
import { expect, it } from "vitest";
import type { TestEntry } from "../protocol.js";
import { type TestResult, waitsFor } from "./waiting.js";

it.each(exercises.map(({ name, tests }) => [name, tests] as const))(
  "tests of %s wait for those that ascent/exercise says, whichever function fails",
  (_, tests) => {
    for (const failing of new Set(tests.map(({ subject }) => subject))) {
      const results = new Map<TestEntry, TestResult>();
      const theirs: Parameters<typeof unmet>[1][number][] = [];
      for (const test of tests) {
        const entry: TestEntry = { ...test, needs: test.needs ?? [], episodes: undefined };
        const waits = waitsFor(entry, results);
        expect(waits).toEqual(unmet(test, theirs));
        const fails = test.subject === failing;
        const fault = { mistake: "wrong-sign", detail: "" } as const;
        const seen = fails ? { fault: { ...fault, explained: "" } } : {};
        results.set(entry, { seen: waits.length > 0 ? undefined : seen, waitsFor: waits });
        theirs.push({ test, evidence: fails && waits.length === 0 ? { fault } : {}, waitsFor: waits });
      }
    }
  },
);
