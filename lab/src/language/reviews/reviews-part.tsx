/** The whole of learning from preferences, in the tab: pairs, a reward model, a policy; and β, which acts while it learns. */

import { useEffect } from "preact/hooks";
import { short } from "../../number.js";
import { BeforeAfter } from "../before-after.js";
import { BetaSlider } from "../beta-slider.js";
import { failures } from "../linguist.js";
import type { ReviewSettings } from "../protocol.js";
import { Frontier } from "./frontier.js";
import { Repeat } from "./repeat.js";
import { ReviewSettingsCard } from "./review-settings.js";
import {
  beta,
  end,
  goOn,
  isGoing,
  isStarted,
  pause,
  points,
  ranWith,
  start,
  steer,
  step,
  told,
  USUAL,
} from "./reviews-state.js";
import { Stages } from "./stages.js";
import { TokenStrips } from "./token-strips.js";

interface Question {
  readonly asks: string;
  /** What there is to see. */
  readonly look: string;
  readonly settings: ReviewSettings;
}

const QUESTIONS: readonly Question[] = [
  {
    asks: "Learn what people like",
    look: "Proxy and gold rise together, and reviews stay reviews.",
    settings: USUAL,
  },
  {
    asks: "What if nothing holds it back?",
    look: "Without guard and price, the proxy rises while the gold score stalls, and the grammar is lost. Move β up in time.",
    settings: { ...USUAL, guard: false, beta: 0, learningRate: 1e-3 },
  },
  {
    asks: "What if divergence is expensive?",
    look: "The policy stays near the reference. Move β down, and it sets out.",
    settings: { ...USUAL, beta: 2 },
  },
];

/** The question that the run at hand is about, if it has the settings of one. */
function questionAsked(): Question | undefined {
  const now = JSON.stringify(ranWith.value);
  return QUESTIONS.find(({ settings }) => JSON.stringify(settings) === now);
}

export function ReviewsPart() {
  useEffect(() => {
    if (isStarted.peek() && end.peek() === undefined) goOn();
    return pause;
  }, []);
  const question = questionAsked();
  const failure = failures.reviews.value;
  return (
    <>
      <p class="sentence">
        A small model writes reviews. A judge says which of two is better, a reward model learns what the judge likes,
        and the policy learns from the reward model. It is rewarded for the proxy: does it get at the truth?
      </p>
      <section class="card to-begin" aria-label="Runs to begin">
        <div class="actions">
          {QUESTIONS.map((one) => (
            <button type="button" key={one.asks} aria-pressed={one === question} onClick={() => start(one.settings)}>
              {one.asks}
            </button>
          ))}
        </div>
        {question !== undefined && <p>{question.look}</p>}
        {!isStarted.value && (
          <p>A run takes about a minute. Its first step fetches the model that comes with Ascent, 0.4 MB.</p>
        )}
      </section>
      {failure !== undefined && (
        <p class="trouble" role="alert">
          {failure}
        </p>
      )}
      {isStarted.value ? <Running /> : <ReviewSettingsCard />}
    </>
  );
}

function Running() {
  return (
    <>
      <section class="card" aria-label="Stages">
        <Stages />
        <Transport />
      </section>
      <div class="grid language-grid">
        <div class="column">
          <section class="card" aria-label="Proxy and gold">
            <h2>Proxy and gold, as the policy moves away</h2>
            <Frontier />
          </section>
          <section class="card" aria-label="Price of divergence">
            <BetaSlider id="review-beta" value={beta.value} onInput={steer} />
            <p class="help">
              It acts on the run at hand, from its next update on. A smaller one lets the policy go further; a larger
              one pulls it back.
            </p>
            <Latest />
          </section>
          <Repeat />
          <ReviewSettingsCard />
        </div>
        <div class="column">
          <section class="card" aria-label="Answers by their tokens">
            <h2>Its latest answers, token by token</h2>
            <TokenStrips />
          </section>
          {end.value !== undefined && (
            <section class="card" aria-label="Before and after">
              <h2>Before and after</h2>
              <BeforeAfter assessment={end.value.assessment} />
            </section>
          )}
        </div>
      </div>
    </>
  );
}

function Latest() {
  const last = points.value.at(-1);
  if (last === undefined) return null;
  const facts = [
    ["proxy", short(Number(last.proxy.toFixed(2)))],
    ["gold", short(Number(last.gold.toFixed(2)))],
    ["valid", `${Math.round(100 * last.valid)} %`],
    ["KL, nats", short(Number(last.kl.toFixed(2)))],
    ["β of this update", short(Number(last.beta.toPrecision(3)))],
  ];
  return (
    <dl class="facts" data-update={last.update}>
      {facts.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** In this stage, at the rate of the latest updates. */
function timeLeft(): string {
  const now = told.value;
  if (now === undefined || !Number.isFinite(now.milliseconds)) return "";
  const seconds = (now.milliseconds * (now.stage.of - now.stage.done)) / 1000;
  return seconds < 1 ? "" : `about ${Math.ceil(seconds)} s left in this stage`;
}

function Transport() {
  const isDone = end.value !== undefined;
  const isReady = told.value !== undefined && !isDone;
  return (
    <fieldset class="transport language-transport" aria-label="Learning">
      <button type="button" class="primary" disabled={!isReady} onClick={() => (isGoing.value ? pause() : goOn())}>
        {isGoing.value || isDone ? "Pause" : "Go on"}
      </button>
      <button type="button" disabled={!isReady} onClick={step}>
        One update
      </button>
      <span class="quiet-text" role="status">
        {isDone ? "The run is over." : isReady && !isGoing.value ? "Paused after the update at work." : ""}
      </span>
      <span class="quiet-text">{isGoing.value ? timeLeft() : ""}</span>
    </fieldset>
  );
}
