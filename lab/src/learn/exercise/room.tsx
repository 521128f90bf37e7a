/** Exercise: algorithms to write oneself, with hints step by step. */

import { exercises } from "learn:exercises";
import { signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ExerciseText } from "../../../pages/exercises.js";
import { Html } from "../html.js";
import { Listing } from "../listing.js";
import type { ExerciseEntry } from "../protocol.js";
import { askForExercises, trouble } from "../teacher.js";
import "../learn.css";
import { hintsRead, keepHints } from "./progress.js";

const entries = signal<readonly ExerciseEntry[] | undefined>(undefined);
const chosen = signal(Object.keys(exercises)[0]);
const read = signal(hintsRead());

export function ExerciseRoom() {
  const failed = useSignal(false);
  useEffect(() => {
    if (entries.peek() !== undefined) return;
    askForExercises().then(
      (found) => (entries.value = found as readonly ExerciseEntry[]),
      () => (failed.value = true),
    );
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
      <div class="reading">
        <nav class="chapters" aria-label="Exercises">
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
                </button>
              </li>
            ))}
          </ol>
        </nav>
        {entry === undefined ? <p>Loading …</p> : <Exercise key={entry.name} entry={entry} />}
      </div>
    </>
  );
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
      <h3>What is tested</h3>
      <ol class="tests">
        {entry.tests.map(({ name, subject, wants }) => (
          <li key={name}>
            <code>{subject}</code> {wants}
          </li>
        ))}
      </ol>
      <h3>Hints</h3>
      {Object.entries(hints).map(([subject, steps]) => (
        <Hints key={subject} name={`${entry.name}/${subject}`} subject={subject} steps={steps} />
      ))}
      <h3>The starter</h3>
      <p>
        {"Write it in your editor: "}
        <code>{`npx ascent exercise start ${entry.name} ./mine`}</code>
        {" lays it into a folder, and "}
        <code>npx ascent exercise check ./mine</code>
        {" tests it and names your mistakes."}
      </p>
      <Code code={starter} />
      <details class="solution">
        <summary>The solution, and why it is written like this</summary>
        <Code code={solution} />
        <Html html={explanation} />
      </details>
    </article>
  );
}

interface HintsProps {
  readonly name: string;
  readonly subject: string;
  /** From a nudge to the line. */
  readonly steps: readonly string[];
}

function Hints({ name, subject, steps }: HintsProps) {
  const count = Math.min(read.value[name] ?? 0, steps.length);
  const more = (): void => {
    read.value = { ...read.value, [name]: count + 1 };
    keepHints(read.value);
  };
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
        <button type="button" onClick={more} aria-label={`${next} for ${subject}`}>
          {next}
        </button>
      )}
    </section>
  );
}

function Code({ code }: { readonly code: string }) {
  const copied = useSignal(false);
  return (
    <div class="program">
      <button
        type="button"
        class="copy-code"
        onClick={() => void navigator.clipboard.writeText(code).then(() => (copied.value = true))}
      >
        {copied.value ? "Copied" : "Copy"}
      </button>
      <Listing kind="code">{code.trimEnd()}</Listing>
    </div>
  );
}
