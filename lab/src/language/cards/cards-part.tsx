/** A person is the judge: cards with two answers each, and what a reward model and a policy make of the choices. */

import { useEffect } from "preact/hooks";
import { short } from "../../number.js";
import { CopyRow } from "../../share/copy-row.js";
import { BeforeAfter } from "../before-after.js";
import { Choice } from "../choice.js";
import { failures } from "../linguist.js";
import { cardCommand } from "./card-config.js";
import {
  answers,
  bringBack,
  canTakeBack,
  card,
  choose,
  FEWEST,
  foreseen,
  isGoing,
  isOpen,
  learn,
  learned,
  learning,
  openCards,
  readFile,
  said,
  setGoing,
  takeBack,
  throwAway,
  thrown,
  USUAL,
  updates,
  writeFile,
} from "./cards-state.js";

const UPDATES = { "10": "10: a first look", "45": "45", "90": "90" };

export function CardsPart() {
  useEffect(() => {
    setGoing(true);
    return () => setGoing(false);
  }, []);
  const failure = failures.cards.value;
  return (
    <>
      <p class="sentence">
        You are the judge. Say which of two reviews you like better: a reward model learns your taste from the answers,
        and the policy learns to write what you like. Nothing leaves this page.
      </p>
      {failure !== undefined && (
        <p class="trouble" role="alert">
          {failure}
        </p>
      )}
      <div class="grid language-grid">
        <div class="column">
          <Asking />
          <Answers />
        </div>
        <div class="column">
          <Learning />
          <Outcome />
        </div>
      </div>
    </>
  );
}

function Asking() {
  const now = card.value;
  const keys: Readonly<Record<string, () => void>> = {
    "1": () => choose(0),
    "2": () => choose(1),
    "0": () => choose(undefined),
    s: () => choose(undefined),
    u: takeBack,
  };
  if (!isOpen.value)
    return (
      <section class="card" aria-label="Cards">
        <p>
          Each card has two reviews by the small model that comes with Ascent. It is fetched when you begin, 0.4 MB.
        </p>
        <button type="button" class="primary" onClick={openCards}>
          {answers.value.length === 0 ? "Begin to answer" : "Go on answering"}
        </button>
      </section>
    );
  return (
    <section
      class="card asking"
      aria-label="Cards"
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
        keys[event.key]();
        event.preventDefault();
      }}
    >
      <h2>{`Card ${answers.value.length + 1}: which is better?`}</h2>
      {now === undefined ? (
        <p class="quiet-text">The cards are being written.</p>
      ) : (
        <div class="pair">
          {[now.a, now.b].map((response, i) => (
            <button type="button" key={i} class="answer" onClick={() => choose(i === 0 ? 0 : 1)}>
              <kbd>{i + 1}</kbd>
              <span>
                {now.prompt}
                <b>{response}</b>
              </span>
            </button>
          ))}
        </div>
      )}
      <div class="actions">
        <button type="button" disabled={now === undefined} onClick={() => choose(undefined)}>
          Skip <kbd>0</kbd>
        </button>
        <button type="button" disabled={!canTakeBack.value} onClick={takeBack}>
          Undo <kbd>u</kbd>
        </button>
      </div>
      <p class="help">By keys: go to a card with Tab, then 1 and 2 choose, 0 skips.</p>
    </section>
  );
}

function Answers() {
  const count = answers.value.length;
  return (
    <section class="card" aria-label="Your answers">
      <label class="share-done">
        <span>{`${count} answers; ${USUAL} make a clear difference`}</span>
        <progress max={USUAL} value={Math.min(count, USUAL)} />
      </label>
      <div class="actions">
        <button type="button" disabled={count === 0} onClick={writeFile}>
          Save as JSONL
        </button>
        <label class="file-button">
          Add from a file
          <input
            type="file"
            accept=".jsonl,.json,.txt"
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? [];
              if (file !== undefined) void readFile(file);
              currentTarget.value = "";
            }}
          />
        </label>
        {thrown.value.length > 0 ? (
          <button type="button" class="quiet" onClick={bringBack}>
            {`Bring back ${thrown.value.length} answers`}
          </button>
        ) : (
          <button type="button" class="quiet" disabled={count === 0} onClick={throwAway}>
            Delete all answers
          </button>
        )}
      </div>
      <p class="help" role="status">
        {said.value}
      </p>
      {count > 0 && <CopyRow label="Command" text={cardCommand(updates.value)} />}
    </section>
  );
}

function Learning() {
  const now = learning.value;
  const count = answers.value.length;
  return (
    <section class="card" aria-label="Learning from the answers">
      <h2>Reward model, then policy</h2>
      <Choice
        id="card-updates"
        label="updates of the policy"
        value={String(updates.value) as keyof typeof UPDATES}
        texts={UPDATES}
        disabled={now !== undefined}
        onChange={(value) => (updates.value = Number(value))}
      />
      <fieldset class="transport language-transport" aria-label="Learning">
        <button type="button" class="primary" disabled={now !== undefined || count < FEWEST} onClick={learn}>
          {learned.value === undefined ? "Learn from my answers" : "Retrain on all answers"}
        </button>
        {now !== undefined && (
          <button type="button" onClick={() => setGoing(!isGoing.value)}>
            {isGoing.value ? "Pause" : "Go on"}
          </button>
        )}
      </fieldset>
      {count < FEWEST && <p class="help">{`It needs at least ${FEWEST} answers: ${FEWEST - count} more.`}</p>}
      {now !== undefined && (
        <label class="share-done">
          <span>
            {now.stage.name === "judging" ? "The reward model learns your answers." : "The policy learns to write."}
          </span>
          <progress max={1} value={now.share} />
        </label>
      )}
    </section>
  );
}

function Outcome() {
  const found = learned.value;
  if (found === undefined) return null;
  const { agreed, answers: of, assessment, responses, weightsSha256 } = found;
  const { right, of: asked } = foreseen.value;
  return (
    <section class="card" aria-label="What came of it">
      <h2>What came of it</h2>
      <p class="agreement">
        {`The reward model agrees with ${agreed} of the ${of} answers that it learned from.`}
        {asked > 0
          ? ` Of the ${asked} that you gave since, it predicted ${right}.`
          : " Answer more cards to see how many it predicts: that is the fair test."}
      </p>
      <BeforeAfter assessment={assessment} />
      <details>
        <summary>What it wrote last, and what that is worth to the reward model</summary>
        <ul class="samples">
          {responses.map(({ prompt, response, score }, i) => (
            <li key={i}>
              <b>{short(Number(score.toFixed(2)))}</b> {prompt}
              <em>{response}</em>
            </li>
          ))}
        </ul>
      </details>
      <p class="hash">
        Weights: <code>{weightsSha256}</code>
      </p>
      <p class="help">
        The gold score counts good words minus bad ones. It isn't your taste: if yours differs, this score may fall.
      </p>
    </section>
  );
}
