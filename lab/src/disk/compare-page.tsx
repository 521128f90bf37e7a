/** Runs side by side: their curves one over another, and a table of only what differs. */

import { useSignal } from "@preact/signals";
import type { LabRunDetails } from "ascent/node";
import { useEffect } from "preact/hooks";
import { DASHES } from "../charts/colours.js";
import { colourOf } from "../charts/palette.js";
import { askJson, reasonOf } from "./asking.js";
import { type Difference, differences } from "./differences.js";
import { DiskCharts, thresholdOf, useSubjects } from "./disk-charts.js";
import { connection, diskRuns } from "./folders.js";
import { PageHead } from "./page-head.js";
import { go } from "./place.js";
import { Reading } from "./run-page.js";
import { StateMark } from "./run-table.js";
import { meanText } from "./words.js";

export interface Compared {
  readonly ids: readonly string[];
  readonly title: string;
  readonly note?: string | undefined;
}

export function ComparePage({ ids, title, note }: Compared) {
  const subjects = useSubjects(ids);
  const details = useSignal<readonly LabRunDetails[]>([]);
  const problem = useSignal<string | undefined>(undefined);
  const states = ids.map((id) => diskRuns.value.get(id)?.state).join();
  useEffect(() => {
    let current = true;
    const asked = ids.filter((id) => diskRuns.peek().has(id)).map((id) => askJson<LabRunDetails>(`runs/${id}`));
    Promise.all(asked).then(
      (found) => {
        if (!current) return;
        details.value = found;
        problem.value = undefined;
      },
      (error: unknown) => current && (problem.value = reasonOf(error)),
    );
    return () => void (current = false);
  }, [states, connection.value.kind === "live"]);
  const envs = new Set(ids.map((id) => diskRuns.value.get(id)?.env));
  const now = details.value.map((one) => ({ ...one, run: diskRuns.value.get(one.run.id) ?? one.run }));
  const { settings, results } = differences(now);
  return (
    <article class="compare-page" aria-label={title}>
      <PageHead title={title} />
      {note !== undefined && <p>{note}</p>}
      {problem.value !== undefined && <p class="trouble">{problem.value}</p>}
      <ul class="legend">
        {subjects.map(({ id, name }, i) => {
          const run = diskRuns.value.get(id);
          return (
            <li key={id}>
              <LineMark index={i} />
              <button type="button" class="open" onClick={() => go({ kind: "run", id })}>
                {name}
              </button>
              {run?.seed != null && <span class="seed">{`seed ${run.seed}`}</span>}
              {run === undefined ? "gone" : <StateMark state={run.state} />}
              <span class="mean">{meanText(run?.averageReturn)}</span>
            </li>
          );
        })}
      </ul>
      <Reading subjects={subjects} />
      <DiskCharts subjects={subjects} threshold={envs.size === 1 ? thresholdOf([...envs][0]) : undefined} />
      <section class="card" aria-label="What differs">
        <h3>What differs</h3>
        {now.length > 0 && settings.length === 0 && <p>No setting: the runs should have the same bits.</p>}
        <DifferenceTable runs={now} rows={[...settings, ...results]} cut={settings.length} />
      </section>
    </article>
  );
}

function DifferenceTable({
  runs,
  rows,
  cut,
}: {
  readonly runs: readonly LabRunDetails[];
  readonly rows: readonly Difference[];
  /** Settings come before this row, and results from it on. */
  readonly cut: number;
}) {
  return (
    <div class="wide">
      <table class="settings-table differences">
        <thead>
          <tr>
            <th scope="col">
              <span class="hidden">setting</span>
            </th>
            {runs.map(({ run }, i) => (
              <th key={run.id} scope="col" title={run.name}>
                <LineMark index={i} />
                <span class="short-name">{run.name.split("/").at(-1)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, values }, i) => (
            <tr key={i} class={i === cut ? "cut" : ""}>
              <th scope="row">{name}</th>
              {values.map((value, j) => (
                <td key={j}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A run's line, as the charts draw it. */
function LineMark({ index }: { readonly index: number }) {
  return (
    <svg class="line-mark" viewBox="0 0 28 8" aria-hidden="true">
      <line
        x1="0"
        x2="28"
        y1="4"
        y2="4"
        style={{ stroke: colourOf(index) }}
        stroke-dasharray={DASHES[index].join(" ")}
      />
    </svg>
  );
}
