/** The tests of an exercise: what each wants, and what the latest check has seen. */

import type { ExerciseEntry, TestEntry } from "../protocol.js";
import { type Check, check } from "./check.js";
import { LearningCurve } from "./learning-curve.js";
import { passed } from "./waiting.js";

export function Tests({ entry }: { readonly entry: ExerciseEntry }) {
  const latest = check.value?.exercise === entry.name ? check.value : undefined;
  const returns = [...(latest?.results.values() ?? [])].find(({ seen }) => seen?.returns !== undefined)?.seen?.returns;
  return (
    <>
      {latest?.trouble !== undefined && (
        <p class="trouble" role="alert">
          {latest.trouble}
        </p>
      )}
      <ol class="tests">
        {entry.tests.map((test) => (
          <OneTest key={test.name} test={test} latest={latest} />
        ))}
      </ol>
      {returns !== undefined && <LearningCurve returns={returns} />}
    </>
  );
}

function OneTest({ test, latest }: { readonly test: TestEntry; readonly latest: Check | undefined }) {
  const result = latest?.results.get(test);
  const isNow = latest?.now === test;
  const mark = isNow ? "…" : result === undefined ? "" : passed(result) ? "✓" : result.seen === undefined ? "·" : "✗";
  const said = { "…": "runs", "": "not run", "✓": "passed", "·": "waits", "✗": "failed" }[mark];
  const fault = result?.seen?.fault;
  return (
    <li class={said.replace(" ", "-")} data-test={test.name}>
      <span class="test-mark" role="img" aria-label={said}>
        {mark}
      </span>
      <div>
        <code>{test.subject}</code> {test.wants}
        {isNow && latest?.training !== undefined && (
          <p class="quiet-text">
            {`episode ${latest.training.episodes} of ${test.episodes}, the last 100 paid ${latest.training.mean.toFixed(0)} on average`}
          </p>
        )}
        {result !== undefined && result.waitsFor.length > 0 && (
          <p class="quiet-text">{`It waits until the tests of ${result.waitsFor.join(" and ")} pass.`}</p>
        )}
        {fault !== undefined && <p class="explained">{fault.explained}</p>}
        {fault !== undefined && fault.mistake !== "not-written" && <p class="quiet-text">{fault.detail}</p>}
      </div>
    </li>
  );
}
