/** Runs in rows, with only what differs between them, what came of them, and how far they are from the baseline. */

import { Swatch } from "../charts/swatch.js";
import { factsOf } from "../run-list.js";
import { drop } from "../state/lab.js";
import { type NamedPlace, places } from "../state/named.js";
import { type Outcome, outcomeOf } from "../state/outcome.js";
import { words } from "../words.js";
import { baseline, compared, isShown, measureBy, show } from "./compared.js";
import { differing } from "./differences.js";

export function DifferenceTable() {
  const shown = compared.value;
  const names = differing(shown.flatMap(({ settings }) => settings ?? []));
  const against = baseline.value && outcomeOf(baseline.value.runs.map(factsOf));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, which the keyboard has to be able to do.
    <section class="card difference" aria-label="What differs" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">run</th>
            {names.map((name) => (
              <th scope="col" key={name}>
                {words(name)}
              </th>
            ))}
            <th scope="col">verdict</th>
            <th scope="col" class="number">
              episodes to solve
            </th>
            <th scope="col" class="number">
              last mean
            </th>
            <th scope="col">
              <span class="unseen">actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {places.value.map((place) => (
            <Row
              key={place.key}
              place={shown.find(({ key }) => key === place.key) ?? place}
              names={names}
              against={against}
            />
          ))}
        </tbody>
      </table>
      {shown.length > 1 && names.length === 0 && <p class="legend">These runs have the same settings.</p>}
    </section>
  );
}

interface RowProps {
  readonly place: NamedPlace;
  readonly names: readonly string[];
  /** What came of the baseline. */
  readonly against: Outcome | undefined;
}

function Row({ place, names, against }: RowProps) {
  const { key, name, colour, settings, runs } = place;
  const shown = isShown(key);
  const { verdict, solvedAt, mean } = outcomeOf(runs.map(factsOf));
  const base = baseline.value?.key === key;
  const other = base || !shown ? undefined : against;
  return (
    <tr class={shown ? "" : "hidden"}>
      <th scope="row">
        <label>
          <input type="checkbox" checked={shown} onChange={({ currentTarget }) => show(key, currentTarget.checked)} />
          <Swatch colour={colour} />
          <span>{name}</span>
        </label>
      </th>
      {names.map((setting) => (
        <td key={setting} data-label={words(setting)}>
          {shown ? (settings?.get(setting) ?? "–") : ""}
        </td>
      ))}
      <td data-label="verdict">{verdict}</td>
      <td class="number" data-label="episodes to solve">
        {solvedAt ?? "–"}
        <Delta from={other?.solvedAt} to={solvedAt} digits={0} />
      </td>
      <td class="number" data-label="last mean">
        {mean?.toFixed(1) ?? "–"}
        <Delta from={other?.mean} to={mean} digits={1} />
      </td>
      <td class="last">
        <button type="button" aria-pressed={base} disabled={!shown} onClick={() => measureBy(key)}>
          {base ? "Baseline" : "Make baseline"}
        </button>
        <button
          type="button"
          class="quiet"
          aria-label={`Remove ${name}`}
          title="Remove"
          onClick={() => runs.forEach(drop)}
        >
          ×
        </button>
      </td>
    </tr>
  );
}

/** How much more than the baseline. */
function Delta({
  from,
  to,
  digits,
}: {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly digits: number;
}) {
  if (from === undefined || to === undefined) return null;
  const text = Math.abs(to - from).toFixed(digits);
  const sign = Number(text) === 0 ? "±" : to > from ? "+" : "−";
  return <span class="delta">{`${sign}${text}`}</span>;
}
