/** The legs of a study as a table: each is the training of a point with a seed up to a rung. */

import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { connection, type DiskSweep } from "./folders.js";
import { LineReader } from "./line-reader.js";
import { jsonIn, numberIn } from "./log-line.js";
import { go } from "./place.js";
import { runsOfSweep } from "./sweep-page.js";
import { meanText, valueText } from "./words.js";

interface LegRow {
  readonly run: string;
  readonly point: number;
  readonly stream: string;
  readonly seed: number;
  readonly rung: number;
  readonly score: number;
  readonly end: string;
  readonly seconds: number;
}

/** Rows in the page. */
const MOST_ROWS = 300;
const SHARES = ["1/9", "1/3", "all"];

export function StudyLegs({ sweep }: { readonly sweep: DiskSweep }) {
  const legs = useSignal<readonly LegRow[]>([]);
  const best = useSignal(true);
  const reader = useMemo(() => {
    let found: LegRow[] = [];
    return new LineReader(`sweeps/${sweep.id}/legs`, {
      anew: () => (found = []),
      take: (line) => found.push(...legIn(line)),
      changed: () => (legs.value = [...found]),
    });
  }, [sweep.id]);
  const runs = runsOfSweep(sweep.id);
  const changed = runs.reduce((latest, run) => Math.max(latest, run.changed), sweep.changed);
  useEffect(() => {
    void reader.read();
    // A leg is written just after its run has paused.
    const again = setTimeout(() => void reader.read(), 1500);
    return () => clearTimeout(again);
  }, [changed, connection.value.kind === "live"]);
  const byName = new Map(runs.map((run) => [run.name.split(/[/\\]/).at(-1), run.id]));
  const rows = best.value
    ? [...legs.value].sort((a, b) => (Number.isNaN(b.score) ? -1 : Number.isNaN(a.score) ? 1 : b.score - a.score))
    : [...legs.value].reverse();
  return (
    <section class="card" aria-label="Legs">
      <h3>{`Legs: ${legs.value.length}`}</h3>
      {reader.problem.value !== undefined && <p class="trouble">{reader.problem.value}</p>}
      <p class="help">
        A leg trains a point (some settings; point 0 is the preset) with one seed up to a share of the budget.
      </p>
      <label class="inline">
        <input
          type="checkbox"
          checked={best.value}
          onChange={({ currentTarget }) => (best.value = currentTarget.checked)}
        />
        best first
      </label>
      <div class="wide">
        <table class="settings-table legs">
          <thead>
            <tr>
              {["point", "seeds", "seed", "budget", "score", "end", "seconds", "run"].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MOST_ROWS).map((leg, i) => {
              const run = byName.get(leg.run);
              return (
                <tr key={i}>
                  <td>{leg.point}</td>
                  <td>{leg.stream}</td>
                  <td>{leg.seed}</td>
                  <td>{SHARES[leg.rung] ?? leg.rung}</td>
                  <td>{meanText(leg.score)}</td>
                  <td>{leg.end}</td>
                  <td>{meanText(leg.seconds)}</td>
                  <td>
                    {run === undefined ? (
                      leg.run
                    ) : (
                      <button type="button" class="open" onClick={() => go({ kind: "run", id: run })}>
                        {leg.run}
                      </button>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {rows.length > MOST_ROWS && <p class="help">{`The first ${MOST_ROWS} of ${rows.length}.`}</p>}
    </section>
  );
}

function legIn(line: string): LegRow[] {
  const value = jsonIn(line);
  if (value === undefined) return [];
  const text = (name: string): string => valueText(value[name]).slice(0, 40);
  const number = (name: string): number => numberIn(value[name]);
  return [
    {
      run: text("id"),
      point: number("point"),
      stream: text("stream"),
      seed: number("seed"),
      rung: number("rung"),
      score: number("score"),
      end: text("end"),
      seconds: number("seconds"),
    },
  ];
}
