/** A program of a chapter. It runs in the worker, and what it prints stands beside what the book says. */

import { useSignal } from "@preact/signals";
import { Listing } from "../listing.js";
import { compareLines } from "./compare.js";

export interface ProgramProps {
  /** For those who hear the page. */
  readonly name: string;
  readonly code: string;
  /** What the book says. */
  readonly output: string;
  readonly run: (print: (text: string) => void) => Promise<void>;
}

export function Program({ name, code, output, run }: ProgramProps) {
  const state = useSignal<"book" | "running" | "ran" | "failed">("book");
  const printed = useSignal("");
  const message = useSignal("");
  const start = async (): Promise<void> => {
    state.value = "running";
    printed.value = "";
    try {
      await run((text) => (printed.value += `${text}\n`));
      state.value = "ran";
    } catch (error) {
      message.value = error instanceof Error ? error.message : String(error);
      state.value = "failed";
    }
  };
  const lines = compareLines(printed.value, output);
  const different = lines.filter(({ book }) => book !== undefined).length;
  return (
    <section class="program" aria-label={name}>
      <Listing kind="code">{code.trimEnd()}</Listing>
      <div class="actions">
        <button type="button" class="primary" disabled={state.value === "running"} onClick={() => void start()}>
          Run
        </button>
        <span role="status" class={state.value === "ran" && different === 0 ? "same" : "quiet-text"}>
          {state.value === "book" && "Below is what the book says."}
          {state.value === "running" && "It runs."}
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
