/** The latest responses by their tokens: a colour and a bar for a number of each, and all its numbers where one points. */

import { useSignal } from "@preact/signals";
import type { TokenTable } from "ascent/language";
import { short } from "../../number.js";
import { keysAlong } from "../along.js";
import { beta, points, tables } from "./reviews-state.js";
import { KINDS, type Kind, kindsOf, largest, levelOf, numberOf, readingOf, wordsOf } from "./token-kinds.js";

/** A place among the responses. */
interface Place {
  readonly row: number;
  readonly token: number;
}

export function TokenStrips() {
  const rows = tables.value;
  const chosen = useSignal<Kind>("logRatio");
  const at = useSignal<Place | undefined>(undefined);
  const cells = rows.flatMap(({ tokens }) => tokens);
  const kinds = kindsOf(cells);
  if (kinds.length === 0) return <p class="quiet-text">The policy has written nothing yet.</p>;
  const kind = kinds.includes(chosen.value) ? chosen.value : kinds[0];
  const price = points.value.at(-1)?.beta ?? beta.value;
  const most = largest(cells, kind, price);
  const place = at.value;
  const cell = place === undefined ? undefined : rows[place.row]?.tokens[place.token];
  return (
    <>
      <div class="option token-kind">
        <label for="token-kind">colour and bars</label>
        <select
          id="token-kind"
          value={kind}
          onChange={({ currentTarget }) => (chosen.value = currentTarget.value as Kind)}
        >
          {kinds.map((name) => (
            <option key={name} value={name}>
              {KINDS[name]}
            </option>
          ))}
        </select>
      </div>
      <Legend most={most} />
      <div class="strips">
        {rows.map((table, row) => (
          <Strip
            key={row}
            table={table}
            number={row + 1}
            share={(token) => levelOf(numberOf(table.tokens[token], kind, price) ?? 0, most)}
            picked={place?.row === row ? place.token : undefined}
            onPick={(token) => (at.value = token === undefined ? undefined : { row, token })}
          />
        ))}
      </div>
      <p class="reading-line" role="status">
        {cell === undefined || place === undefined
          ? "Point at a token, or go to a response and use the arrow keys, to read its numbers."
          : `Token ${place.token + 1} of response ${place.row + 1}, ${readingOf(cell, price)}`}
      </p>
    </>
  );
}

function Legend({ most }: { readonly most: number }) {
  return (
    <p class="strip-legend">
      <span>{`−${short(most)}`}</span>
      {[-4, -3, -2, -1, 0, 1, 2, 3, 4].map((level) => (
        <i key={level} class={`token ${levelClass(level)}`} />
      ))}
      <span>{`+${short(most)}`}</span>
      <span class="quiet-text">bars up: above 0, bars down: below</span>
    </p>
  );
}

function levelClass(level: number): string {
  return level === 0 ? "level-0" : level > 0 ? `above level-${level}` : `below level-${-level}`;
}

interface StripProps {
  readonly table: TokenTable;
  readonly number: number;
  readonly share: (token: number) => number;
  readonly picked: number | undefined;
  readonly onPick: (token: number | undefined) => void;
}

function Strip({ table: { prompt, score, tokens }, number, share, picked, onPick }: StripProps) {
  return (
    <div
      class="strip-of"
      role="application"
      aria-roledescription="response"
      aria-label={`Response ${number}, worth ${short(score)}: ${prompt}${tokens.map(({ text }) => text).join("")}. Arrow keys move along its tokens.`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move along the tokens.
      tabIndex={0}
      onKeyDown={keysAlong({ count: tokens.length, at: picked, go: onPick })}
      onPointerOver={({ target }) => {
        const token = target instanceof HTMLElement ? target.dataset.token : undefined;
        if (token !== undefined) onPick(Number(token));
      }}
      onPointerLeave={() => onPick(undefined)}
    >
      <span class="strip-score">{short(Number(score.toFixed(2)))}</span>
      <span class="strip-text" aria-hidden="true">
        <span class="strip-prompt">{prompt}</span>
        {wordsOf(tokens).map((word) => (
          <span key={word[0]} class="strip-word">
            {word.map((i) => (
              <span
                key={i}
                data-token={i}
                class={`token ${levelClass(share(i))}${i === picked ? " picked-token" : ""}`}
              >
                {[...tokens[i].text].length === 1 ? tokens[i].text : "▪"}
              </span>
            ))}
          </span>
        ))}
      </span>
    </div>
  );
}
