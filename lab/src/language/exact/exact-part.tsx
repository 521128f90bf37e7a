/** Worlds so small that the optimum is known: one sees whether learning arrives. */

import { useEffect } from "preact/hooks";
import { short } from "../../number.js";
import { failures } from "../linguist.js";
import { Columns } from "./columns.js";
import { destinationOf, markOf } from "./destination.js";
import { DistanceCurve } from "./distance-curve.js";
import { ExactSettingsCard } from "./exact-settings.js";
import { begun, goOn, isGoing, learn, pause, settings, step, told } from "./exact-state.js";

export function ExactPart() {
  useEffect(() => {
    const isNew = begun.peek() === undefined;
    const hasMore = told.peek()?.finished === false;
    if (isNew) learn();
    else if (hasMore) goOn();
    return pause;
  }, []);
  const failure = failures.exact.value;
  return (
    <>
      <p class="sentence">
        The score alone is not what a language model should maximise: each nat of divergence from the reference costs β.
        The best policy is then known: π* ∝ π<sub>ref</sub> e<sup>r/β</sup>. Does learning arrive there?
      </p>
      {failure !== undefined && (
        <p class="trouble" role="alert">
          {failure}
        </p>
      )}
      <div class="grid">
        <div class="column">
          <section class="card" aria-label="Probabilities">
            <h2>What π makes of it</h2>
            <Columns />
          </section>
          <ExactSettingsCard />
        </div>
        <div class="column">
          <section class="card" aria-label="Distance from the optimum">
            <h2>How far π is from π*</h2>
            <DistanceCurve />
            <Figures />
            <Transport />
          </section>
          <WhereItGoes />
        </div>
      </div>
    </>
  );
}

function Figures() {
  const now = told.value;
  if (now === undefined) return <dl class="facts" />;
  const { toOptimum, fromReference, meanReward, value, optimalValue } = now.standing;
  const facts = [
    ["KL(π, π*)", short(toOptimum)],
    ["KL(π, π_ref)", short(fromReference)],
    ["mean reward", short(meanReward)],
    ["J(π) = E[r] − β KL", short(value)],
    ["J(π*)", short(optimalValue)],
    ...(begun.value?.fixedPoint === "forward" ? [["KL to the optimum of KL(ref ‖ π)", short(now.toForward)]] : []),
  ];
  return (
    <dl class="facts" data-updates={now.updates} data-to-optimum={toOptimum}>
      {facts.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function Transport() {
  const now = told.value;
  const isDone = now?.finished === true;
  return (
    <fieldset class="transport language-transport" aria-label="Learning">
      <button
        type="button"
        class="primary"
        disabled={begun.value === undefined || isDone}
        onClick={() => (isGoing.value ? pause() : goOn())}
      >
        {isGoing.value || isDone ? "Pause" : "Go on"}
      </button>
      <button type="button" disabled={begun.value === undefined || isDone} onClick={step}>
        One update
      </button>
      <button type="button" onClick={() => learn()}>
        From the start
      </button>
      <span class="quiet-text">{`update ${now?.updates ?? 0} of ${begun.value?.updates ?? "…"}`}</span>
    </fieldset>
  );
}

function WhereItGoes() {
  const known = begun.value;
  const now = told.value;
  if (known === undefined) return null;
  const { kind, sentence } = destinationOf(known.fixedPoint, settings.value);
  const { value } = markOf(settings.value);
  const toOptimum = now?.standing.toOptimum;
  // What goes elsewhere may pass by.
  const arrived = toOptimum !== undefined && toOptimum <= value && (kind === "right" || now?.finished);
  return (
    <section class={`card destination ${kind}`} aria-label="Where it goes">
      <p>{sentence}</p>
      {toOptimum !== undefined && (
        <p role="status" class="arrival">
          {arrived
            ? `✓ KL(π, π*) is below the mark of ${short(value)}.`
            : now?.finished
              ? `✗ KL(π, π*) ends at ${short(toOptimum)}: above the mark of ${short(value)}.`
              : `KL(π, π*) has to come below ${short(value)}.`}
        </p>
      )}
    </section>
  );
}
