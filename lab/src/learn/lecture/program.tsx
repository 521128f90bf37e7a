/**
 * A program of a chapter, which can be changed. As the book has it, it is part of the page; changed, it runs apart from it.
 * What it prints stands beside what the book says.
 */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { CodeArea } from "../code-area.js";
import { Listing } from "../listing.js";
import { runOwn, stopOwn } from "../own-code/run-own.js";
import { compareLines } from "./compare.js";

export interface ProgramProps {
  /** For those who hear the page. */
  readonly name: string;
  readonly code: string;
  /** What the book says. */
  readonly output: string;
  /** Runs the program of the book. */
  readonly run: (print: (text: string) => void) => Promise<void>;
}

export function Program({ name, code, output, run }: ProgramProps) {
  const mine = useSignal(code);
  const state = useSignal<"book" | "running" | "ran" | "failed">("book");
  const printed = useSignal("");
  const message = useSignal("");
  useEffect(() => stopOwn, []);
  const isOwn = mine.value.trimEnd() !== code.trimEnd();
  const start = async (): Promise<void> => {
    state.value = "running";
    printed.value = "";
    const print = (text: string): void => {
      printed.value += `${text}\n`;
    };
    try {
      await (isOwn ? runOwn(mine.value, print) : run(print));
      state.value = "ran";
    } catch (error) {
      message.value = error instanceof Error ? error.message : String(error);
      state.value = "failed";
    }
  };
  const lines = compareLines(printed.value, output);
  const different = lines.filter(({ book }) => book !== undefined).length;
  const isRunning = state.value === "running";
  return (
    <section class="program" aria-label={name}>
      <CodeArea name={`Code of ${name}`} code={mine.value} onInput={(text) => (mine.value = text)} />
      <div class="actions">
        <button type="button" class="primary" disabled={isRunning} onClick={() => void start()}>
          Run
        </button>
        {isRunning && isOwn && (
          <button type="button" onClick={stopOwn}>
            Stop
          </button>
        )}
        {isOwn && !isRunning && (
          <button
            type="button"
            onClick={() => {
              mine.value = code;
              state.value = "book";
            }}
          >
            Back to the book
          </button>
        )}
        <span role="status" class={state.value === "ran" && different === 0 ? "same" : "quiet-text"}>
          {state.value === "book" && "Below is what the book says."}
          {isRunning && "It runs."}
          {state.value === "ran" &&
            (different === 0 ? "As in the book." : `${different} of ${lines.length} lines differ from the book.`)}
        </span>
      </div>
      {state.value === "failed" && (
        <p class="trouble" role="alert">
          {message.value}
        </p>
      )}
      <Listing kind="printed">
        {state.value === "book"
          ? output.trimEnd()
          : state.value === "ran"
            ? lines.map((line, i) => <Line key={i} {...line} />)
            : printed.value}
      </Listing>
    </section>
  );
}

function Line({ printed, book }: ReturnType<typeof compareLines>[number]) {
  if (book === undefined) return <>{`${printed}\n`}</>;
  return (
    <>
      <ins>{printed ?? "nothing"}</ins>
      {"\n"}
      <del>{`in the book: ${book}`}</del>
      {"\n"}
    </>
  );
}
