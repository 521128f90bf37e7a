/** Exercise: algorithms to write oneself, with hints step by step and tests that name the mistake. */

import { exercises } from "virtual:learn/exercises";
import { signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ExerciseText } from "../../../pages/exercises.js";
import { CodeArea } from "../code-area.js";
import { Contents } from "../contents.js";
import { Html } from "../html.js";
import { Listing } from "../listing.js";
import { stopOwn } from "../own-code/run-own.js";
import type { ExerciseEntry } from "../protocol.js";
import { askForExercises, trouble } from "../teacher.js";
import "../learn.css";
import { check, checkAnswer } from "./check.js";
import { keep, kept } from "./kept.js";
import { Tests } from "./tests.js";

const entries = signal<readonly ExerciseEntry[] | undefined>(undefined);
const chosen = signal(Object.keys(exercises)[0]);

export function ExerciseRoom() {
  const failed = useSignal(false);
  useEffect(() => {
    if (entries.peek() === undefined)
      askForExercises().then(
        (found) => (entries.value = found as readonly ExerciseEntry[]),
        () => (failed.value = true),
      );
    return stopOwn;
  }, []);
  if (trouble.value !== undefined || failed.value)
    return (
      <p class="trouble" role="alert">
        {trouble.value ?? "The exercises could not be loaded. Is there a connection?"}
      </p>
    );
  const entry = entries.value?.find(({ name }) => name === chosen.value);
  return (
    <>
      <p class="sentence">Reading an algorithm is not writing it. Five exercises build on each other.</p>
      <div class="lesson-page">
        <Contents name="Exercises">
          <ol>
            {Object.keys(exercises).map((name, i) => (
              <li key={name}>
                <button
                  type="button"
                  aria-current={name === chosen.value ? "page" : undefined}
                  onClick={() => (chosen.value = name)}
                >
                  <span>{`${i + 1}. ${name}`}</span>
                  <span class="quiet-text">{entries.value?.[i]?.summary}</span>
                  <GradeOf name={name} />
                </button>
              </li>
            ))}
          </ol>
        </Contents>
        {entry === undefined ? <p>Loading …</p> : <Exercise key={entry.name} entry={entry} />}
      </div>
    </>
  );
}

function GradeOf({ name }: { readonly name: string }) {
  const grade = kept.value[name]?.grade;
  if (grade === undefined) return null;
  const { passed, of, best } = grade;
  const most = best > passed ? `, once ${best}` : "";
  return <span class={passed === of ? "same" : "quiet-text"}>{`${passed} of ${of} tests pass${most}`}</span>;
}

function Exercise({ entry }: { readonly entry: ExerciseEntry }) {
  const text = useSignal<ExerciseText | undefined>(undefined);
  useEffect(() => {
    exercises[entry.name]().then(
      ({ exercise }) => (text.value = exercise),
      () => (trouble.value = "The exercise could not be loaded. Is there a connection?"),
    );
  }, [entry.name]);
  if (text.value === undefined) return <p>Loading …</p>;
  const { task, starter, solution, explanation, hints } = text.value;
  return (
    <article class="chapter" aria-label={entry.name}>
      <h2>{entry.name}</h2>
      <Html html={task} />
      <h3>Your code</h3>
      <Answer entry={entry} starter={starter} />
      <h3>Tests</h3>
      <Tests entry={entry} />
      <h3>Hints</h3>
      {Object.entries(hints).map(([subject, steps]) => (
        <Hints key={subject} exercise={entry.name} subject={subject} steps={steps} />
      ))}
      <details class="solution">
        <summary>The solution, and why it is written like this</summary>
        <div class="program">
          <Listing kind="code">{solution.trimEnd()}</Listing>
        </div>
        <Html html={explanation} />
      </details>
    </article>
  );
}

function Answer({ entry, starter }: { readonly entry: ExerciseEntry; readonly starter: string }) {
  const code = kept.value[entry.name]?.code ?? starter;
  const isRunning = check.value?.isRunning === true;
  return (
    <section class="program" aria-label="Your answer">
      <CodeArea
        name={`Your code for ${entry.name}`}
        code={code}
        onInput={(changed) => keep(entry.name, { code: changed === starter ? undefined : changed })}
      />
      <div class="actions">
        <button type="button" class="primary" disabled={isRunning} onClick={() => void checkAnswer(entry, code)}>
          Check
        </button>
        {isRunning && (
          <button type="button" onClick={stopOwn}>
            Stop
          </button>
        )}
        {code !== starter && !isRunning && (
          <button
            type="button"
            onClick={() => {
              if (confirm("This puts the starter in the place of your code.")) keep(entry.name, { code: undefined });
            }}
          >
            Start over
          </button>
        )}
        <span role="status" class="quiet-text">
          {isRunning &&
            (check.value?.now === undefined ? "The compiler and the engine are starting." : "It is being tested.")}
        </span>
      </div>
      <p class="quiet-text">Your code runs in this browser, apart from the page, and it is kept here alone.</p>
    </section>
  );
}

interface HintsProps {
  readonly exercise: string;
  readonly subject: string;
  /** From a nudge to the line. */
  readonly steps: readonly string[];
}

function Hints({ exercise, subject, steps }: HintsProps) {
  const read = kept.value[exercise]?.hints ?? {};
  const count = Math.min(read[subject] ?? 0, steps.length);
  const next = count === 0 ? "A nudge" : count === steps.length - 1 ? "Show the line" : "Another hint";
  return (
    <section class="hints" aria-label={`Hints for ${subject}`}>
      <h4>
        <code>{subject}</code> <span class="quiet-text">{`${count} of ${steps.length} hints`}</span>
      </h4>
      <ol aria-live="polite">
        {steps.slice(0, count).map((step) => (
          <li key={step}>
            <Html html={step} />
          </li>
        ))}
      </ol>
      {count < steps.length && (
        <button
          type="button"
          onClick={() => keep(exercise, { hints: { ...read, [subject]: count + 1 } })}
          aria-label={`${next} for ${subject}`}
        >
          {next}
        </button>
      )}
    </section>
  );
}
