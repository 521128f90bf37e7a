/** The runs on the page, each named by what it has otherwise than the others. The seeds of a group stand in one row. */

import { Swatch } from "./charts/swatch.js";
import { beginSeeds, drop, type LabRun, runs, select, selected, setPace } from "./state/lab.js";
import { type NamedPlace, places, runName } from "./state/named.js";
import { outcomeOf } from "./state/outcome.js";

const SEEDS = 5;

export function RunList() {
  const run = selected.value;
  return (
    <section class="run-list" aria-label="Runs">
      <ul class="runs">
        {places.value.map((place) => (
          <Row key={place.key} place={place} />
        ))}
      </ul>
      <div class="actions">
        {run?.begun.value !== undefined && (
          <button type="button" onClick={() => beginSeeds(run, SEEDS)}>
            {`Train with ${SEEDS} seeds`}
          </button>
        )}
        {runs.value.length > 1 && <AllPace />}
      </div>
    </section>
  );
}

function Row({ place }: { readonly place: NamedPlace }) {
  const { name, colour, runs: own, group } = place;
  const chosen = own.some((run) => run === selected.value);
  return (
    <li>
      <button
        type="button"
        class={chosen ? "run selected" : "run"}
        aria-pressed={chosen}
        onClick={() => !chosen && select(own[0])}
      >
        <Swatch colour={colour} />
        <span class="name">{name}</span>
        <span class="state">{stateOf(place)}</span>
      </button>
      {group && chosen && (
        <div class="seeds">
          {own.map((run) => (
            <button
              type="button"
              key={run.id}
              class={run === selected.value ? "selected" : ""}
              aria-pressed={run === selected.value}
              onClick={() => select(run)}
            >
              {runName(place, run)}
            </button>
          ))}
          <button type="button" class="quiet" onClick={() => own.forEach(drop)}>
            Remove all
          </button>
        </div>
      )}
    </li>
  );
}

/** Pauses everything, or goes on with everything: a group of seeds has too many runs to do so one by one. */
function AllPace() {
  const live = runs.value.filter(({ status }) => status.value === "training" || status.value === "paused");
  const going = live.some(({ status }) => status.value === "training");
  if (live.length === 0) return null;
  const all = (pace: LabRun["pace"]["value"]): void => {
    for (const run of live) setPace(run, pace);
  };
  return (
    <button type="button" onClick={() => all(going ? "paused" : "full")}>
      {going ? "Pause all" : "Go on with all"}
    </button>
  );
}

function stateOf(place: NamedPlace): string {
  const { verdict, mean } = outcomeOf(place.runs.map(factsOf));
  return mean === undefined ? verdict : `${verdict} · ${mean.toFixed(1)}`;
}

export function factsOf({ status, result }: LabRun): Parameters<typeof outcomeOf>[0][number] {
  return { status: status.value, result: result.value };
}
