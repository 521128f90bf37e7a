/** Estimators: their bias and their variance fill up batch by batch, beside what theory says. */

import { useEffect } from "preact/hooks";
import { openChapter } from "../lecture/state.js";
import { trouble } from "../teacher.js";
import "../learn.css";
import { ErrorBars } from "./bars.js";
import { QUESTIONS } from "./questions.js";
import { Scatter } from "./scatter.js";
import { EstimatorSettings } from "./settings.js";
import {
  asked,
  askQuestion,
  drawMore,
  goOn,
  isGoing,
  MOST_BATCHES,
  measure,
  measured,
  opened,
  pause,
  question,
  refusal,
  wanted,
} from "./state.js";

export function EstimatorsRoom() {
  useEffect(() => {
    if (opened.peek() === undefined) measure();
    else if ((measured.peek()?.batches ?? 0) < wanted.peek()) goOn();
    return pause;
  }, []);
  const problem = trouble.value ?? refusal.value;
  return (
    <>
      <p class="sentence">
        A policy gradient is estimated from sampled episodes. In a small world the exact one is known: is the estimate
        right on average, and how noisy is it?
      </p>
      <section class="card questions" aria-label="Questions">
        <div class="actions">
          {QUESTIONS.map((one) => (
            <button type="button" key={one.asks} aria-pressed={one === asked.value} onClick={() => askQuestion(one)}>
              {one.asks}
            </button>
          ))}
        </div>
        <p>
          {asked.value.look}{" "}
          <button type="button" class="link" onClick={() => openChapter(asked.value.chapter)}>
            {`Chapter ${asked.value.chapter}`}
          </button>
        </p>
      </section>
      {problem !== undefined && (
        <p class="trouble" role="alert">
          {problem}
        </p>
      )}
      <div class="grid estimators">
        <div class="column">
          <section class="card" aria-label="Errors of the estimators">
            <h2>Mean squared error = bias² + variance</h2>
            <ErrorBars />
            <Transport />
          </section>
        </div>
        <div class="column">
          <Scatter />
          <EstimatorSettings />
        </div>
      </div>
    </>
  );
}

function Transport() {
  const batches = measured.value?.batches ?? 0;
  const isDone = batches >= wanted.value;
  return (
    <>
      <label class="drawn">
        <span>{`${batches.toLocaleString("en-GB")} of ${wanted.value.toLocaleString("en-GB")} batches`}</span>
        <progress max={wanted.value} value={batches} />
      </label>
      <fieldset class="transport" aria-label="Drawing">
        <button
          type="button"
          class="primary"
          disabled={opened.value === undefined || isDone}
          onClick={() => (isGoing.value ? pause() : goOn())}
        >
          {isGoing.value || isDone ? "Pause" : "Go on"}
        </button>
        <button type="button" disabled={opened.value === undefined || wanted.value >= MOST_BATCHES} onClick={drawMore}>
          4 times as many
        </button>
        <button type="button" onClick={() => measure({ seed: question.value.seed + 1 })}>
          Another seed
        </button>
        <span class="quiet-text">{`seed ${question.value.seed}`}</span>
      </fieldset>
    </>
  );
}
