/** The map of a sweep: a cell for each pair of values, coloured by score or by verdict, and always with its words. */

import { useSignal } from "@preact/signals";
import { axisOf, type Spot, spotsOf } from "./heat.js";
import type { CellView, SweepView } from "./reader-protocol.js";
import { toneOf } from "./run-table.js";
import { meanText, valueText } from "./words.js";

const ALL = "all";

export function HeatMap({
  view,
  onOpen,
}: {
  readonly view: SweepView;
  readonly onOpen: (spot: Spot, title: string) => void;
}) {
  const down = useSignal<string | undefined>(view.varied[0]);
  const across = useSignal<string | undefined>(view.varied[1]);
  const colour = useSignal<"score" | "verdict">("score");
  const fixed = useSignal<Readonly<Record<string, string>>>({});
  const others = view.varied.filter((name) => name !== down.value && name !== across.value);
  const chosen = view.cells.filter(({ settings }) =>
    others.every((name) => (fixed.value[name] ?? ALL) === ALL || valueText(settings[name]) === fixed.value[name]),
  );
  const [rows, columns] = [axisOf(down.value, view.cells), axisOf(across.value, view.cells)];
  const spots = spotsOf(chosen, rows, columns);
  const scores = spots.flat().flatMap((spot) => spot?.score ?? []);
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const choose = (axis: typeof down, other: typeof down, name: string): void => {
    if (other.value === name) other.value = axis.value;
    axis.value = name;
  };
  return (
    <>
      <div class="actions">
        {view.varied.length > 1 && (
          <>
            <Choice
              label="down"
              value={down.value ?? ""}
              all={view.varied}
              onChange={(name) => choose(down, across, name)}
            />
            <Choice
              label="across"
              value={across.value ?? ""}
              all={view.varied}
              onChange={(name) => choose(across, down, name)}
            />
          </>
        )}
        <Choice
          label="colour"
          value={colour.value}
          all={["score", "verdict"]}
          onChange={(name) => (colour.value = name === "verdict" ? "verdict" : "score")}
        />
        {others.map((name) => (
          <Choice
            key={name}
            label={name}
            value={fixed.value[name] ?? ALL}
            all={[ALL, ...axisValues(name, view.cells)]}
            onChange={(value) => (fixed.value = { ...fixed.value, [name]: value })}
          />
        ))}
      </div>
      <div class="wide">
        <table class="heat" aria-label="Map of the sweep">
          <thead>
            <tr>
              <th class="corner">
                <span>{columns.name === "" ? "" : `${columns.name} →`}</span>
                <span>{`${rows.name} ↓`}</span>
              </th>
              {columns.labels.map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {spots.map((row, r) => (
              <tr key={rows.labels[r]}>
                <th scope="row">{rows.labels[r]}</th>
                {row.map((spot, c) => (
                  <td key={columns.labels[c]}>
                    {spot !== undefined && (
                      <SpotButton
                        spot={spot}
                        place={placeText([rows.name, rows.labels[r]], [columns.name, columns.labels[c]])}
                        share={spot.score === null || high === low ? 0.5 : (spot.score - low) / (high - low)}
                        byScore={colour.value === "score"}
                        onOpen={onOpen}
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="help">
        {`The number is the score: the mean return at the end of the runs, over seeds (interquartile mean)${
          others.length > 0 ? ", and the mean over the settings that are not on the map" : ""
        }. A cell opens its runs.`}
      </p>
    </>
  );
}

function SpotButton({
  spot,
  place,
  share,
  byScore,
  onOpen,
}: {
  readonly spot: Spot;
  readonly place: string;
  readonly share: number;
  readonly byScore: boolean;
  readonly onOpen: (spot: Spot, title: string) => void;
}) {
  const style = byScore && spot.score !== null ? { "--share": `${Math.round(8 + 47 * share)}%` } : {};
  const tone = byScore ? (spot.score === null ? "" : "by-score") : toneOf(spot.kind) || "neutral";
  const only = spot.cells.length === 1 ? spot.cells[0] : undefined;
  return (
    <button
      type="button"
      class={`spot ${tone}`}
      style={style}
      title={only?.text ?? `${spot.cells.length} cells, most of them ${spot.kind}`}
      aria-label={`${place}: ${spot.kind}, score ${meanText(spot.score)}`}
      onClick={() => onOpen(spot, place)}
    >
      <span class="score">{meanText(spot.score)}</span>
      <span class="kind">{spot.kind}</span>
    </button>
  );
}

function Choice({
  label,
  value,
  all,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly all: readonly string[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <label class="inline">
      {label}
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {all.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}

const MOST_CHOICES = 50;

function axisValues(name: string, cells: readonly CellView[]): string[] {
  return [...new Set(cells.map(({ settings }) => valueText(settings[name])))].slice(0, MOST_CHOICES);
}

function placeText(...settings: readonly (readonly [name: string, value: string])[]): string {
  return settings.flatMap(([name, value]) => (name === "" ? [] : `${name} ${value}`)).join(", ");
}
