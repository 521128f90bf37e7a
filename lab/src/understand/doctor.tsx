/** What the doctor finds in the selected run, while it trains: what it saw, why that matters, and what to try next. */

import { useRef } from "preact/hooks";
import { useLive } from "../live.js";
import type { Advice, Diagnosis } from "../protocol.js";
import { begin, diagnose, type LabRun } from "../state/lab.js";
import { asText, words } from "../words.js";
import "./understand.css";

/** Milliseconds between two diagnoses. */
const PAUSE = 3000;
/** Each reads the whole history, so that of a long run is followed by a rest of so many times as long. */
const REST = 20;

const GRAVITY = { error: "Error", warning: "Warning", note: "Note" } as const;

export function Doctor({ run }: { readonly run: LabRun }) {
  const due = useRef(0);
  const { live, place } = useLive<"findings", Diagnosis>(run, {
    pause: PAUSE,
    question: () => (run.history.updateCount === 0 || performance.now() < due.current ? undefined : "findings"),
    ask: async () => {
      const start = performance.now();
      const diagnosis = await diagnose(run.id, run.history.data());
      due.current = start + (REST + 1) * (performance.now() - start);
      return diagnosis;
    },
  });
  const diagnosis = live.value?.answer;
  return (
    <div ref={place}>
      <p role="status">{saying(diagnosis)}</p>
      {typeof diagnosis === "object" && (
        <ul class="advice">
          {diagnosis.map((advice) => (
            <Finding key={advice.code} advice={advice} />
          ))}
        </ul>
      )}
    </div>
  );
}

function saying(diagnosis: Diagnosis | undefined): string {
  if (diagnosis === undefined) return "The doctor reads the first updates.";
  if (diagnosis === "not loaded") return "The doctor could not be loaded. Is there a connection?";
  if (diagnosis === "no beginning")
    return "The doctor compares a run with how it began, and this page has not seen the beginning of this one.";
  if (diagnosis.length === 0) return "So far the doctor finds nothing wrong with this run.";
  return diagnosis.length === 1
    ? "The doctor found one thing."
    : `The doctor found ${diagnosis.length} things, the most serious first.`;
}

function Finding({ advice: { code, severity, seen, why, tryNext, next } }: { readonly advice: Advice }) {
  return (
    <li class={severity}>
      <p>
        <strong>{`${GRAVITY[severity]}: ${code.replaceAll("-", " ")}`}</strong> {seen}
      </p>
      <p class="help">{why}</p>
      {next === undefined ? (
        <p class="help">{`To try: ${tryNext}`}</p>
      ) : (
        <button type="button" onClick={() => begin({ link: next.link })}>
          {`Train with ${next.settings.map(phrase).join(", ")}`}
        </button>
      )}
    </li>
  );
}

/** `learning rate 0.00067`, `scale rewards on`. */
function phrase([name, value]: readonly [string, unknown]): string {
  const text = value === true ? "on" : value === false ? "off" : asText(value);
  return `${words(name.replace(/^env\./, ""))} ${text}`;
}
