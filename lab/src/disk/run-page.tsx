/** One run from disk: how it stands, its curves, its settings, its command, and what its policy does. */

import { useSignal } from "@preact/signals";
import type { LabRunDetails } from "ascent/node";
import { useEffect } from "preact/hooks";
import type { ResolvedConfig } from "../protocol.js";
import { CopyRow } from "../share/copy-row.js";
import { askJson, reasonOf } from "./asking.js";
import { DiskCharts, type Subject, thresholdOf, useSubjects } from "./disk-charts.js";
import { complete, connection, type DiskRun, diskRuns, diskSweeps } from "./folders.js";
import { PageHead } from "./page-head.js";
import { go, MOST_TICKED, tick, ticked } from "./place.js";
import { PolicyCard } from "./policy-card.js";
import { reader } from "./reader.js";
import type { Description } from "./reader-protocol.js";
import { StateMark, toneOf } from "./run-table.js";
import { meanText, progressText, titleOf, valueText } from "./words.js";

type Details = { readonly record: LabRunDetails["record"] } | { readonly problem: string };

export function RunPage({ id }: { readonly id: string }) {
  const run = diskRuns.value.get(id);
  const details = useSignal<Details | undefined>(undefined);
  const state = run?.state;
  useEffect(() => {
    let current = true;
    askJson<LabRunDetails>(`runs/${id}`).then(
      ({ record }) => current && (details.value = { record }),
      (error: unknown) => current && (details.value = { problem: reasonOf(error) }),
    );
    return () => void (current = false);
    // The record is written again when the run ends, and again when it is resumed.
  }, [id, state, connection.value.kind === "live"]);
  const subjects = useSubjects(run === undefined || state === "damaged" ? [] : [id], true);
  // A page that was loaded anew asks before the run is listed.
  if (run === undefined && !complete.value) return <PageHead title="The folders are being read …" />;
  if (run === undefined)
    return (
      <>
        <PageHead title="This run is gone" />
        <p>Its folder was removed, or has another name now.</p>
      </>
    );
  const known = details.value;
  const record = known !== undefined && "record" in known ? known.record : null;
  return (
    <article class="run-page" aria-label={run.name}>
      <PageHead title={run.name}>
        <StateMark state={run.state} />
        {state !== "damaged" && <TickButton id={id} />}
      </PageHead>
      <Standing run={run} />
      {known !== undefined && "problem" in known && <p class="trouble">{known.problem}</p>}
      {state !== "damaged" && (
        <div class="grid">
          <div class="column">
            <Reading subjects={subjects} />
            <DiskCharts subjects={subjects} threshold={record?.until ?? thresholdOf(run.env)} />
          </div>
          <div class="column">
            {record !== null && <SettingsCard config={record.config} until={record.until} />}
            <PolicyCard run={run} log={subjects.at(0)?.log} />
            {subjects.length > 0 && <EvaluationsCard subject={subjects[0]} />}
          </div>
        </div>
      )}
    </article>
  );
}

function TickButton({ id }: { readonly id: string }) {
  const chosen = ticked.value.includes(id);
  return (
    <button
      type="button"
      aria-pressed={chosen}
      disabled={!chosen && ticked.value.length >= MOST_TICKED}
      onClick={() => tick(id, !chosen)}
    >
      {chosen ? "Ticked to compare" : "Tick to compare"}
    </button>
  );
}

/** How it stands, in a sentence or two. */
function Standing({ run }: { readonly run: DiskRun }) {
  const sweep = run.sweep === null ? undefined : diskSweeps.value.get(run.sweep);
  const mean = run.averageReturn === null ? "" : `, and the last ones average ${meanText(run.averageReturn)}`;
  return (
    <>
      {run.problem !== null && (
        <p class="trouble" role="alert">
          {run.problem}
        </p>
      )}
      {run.error !== null && <p class="trouble">{run.error}</p>}
      {run.state !== "damaged" && (
        <p class={`standing ${toneOf(run.verdict?.kind)}`} data-standing>
          {run.state === "running"
            ? `${titleOf(run)}, is training now: ${progressText(run)}${mean}.`
            : `${titleOf(run)}: ${run.verdict?.text ?? `${progressText(run)}${mean}.`}`}
        </p>
      )}
      {run.state === "killed" && <p>Its process ended without a word. What it had written is here.</p>}
      {sweep !== undefined && (
        <p>
          It belongs to{" "}
          <button type="button" class="open" onClick={() => go({ kind: "sweep", id: sweep.id })}>
            {sweep.name}
          </button>
        </p>
      )}
    </>
  );
}

/** What is still to be read of a long log, and what of it can't be read. */
export function Reading({ subjects }: { readonly subjects: readonly Subject[] }) {
  const left = subjects.reduce((sum, { log }) => sum + log.left, 0);
  const damaged = subjects.reduce((sum, { log }) => sum + log.damaged.value, 0);
  const problems = subjects.flatMap(({ log }) => log.problem ?? []);
  return (
    <>
      {left > 0 && <p class="help" role="status">{`Reading: ${(left / 1e6).toFixed(1)} MB to come`}</p>}
      {damaged > 0 && (
        <p class="trouble">{`${damaged} ${damaged === 1 ? "line" : "lines"} of the log can't be read, and are left out.`}</p>
      )}
      {problems.map((problem) => (
        <p class="trouble" key={problem}>
          {problem}
        </p>
      ))}
    </>
  );
}

function SettingsCard({ config, until }: { readonly config: ResolvedConfig; readonly until: number | null }) {
  const described = useSignal<Description | { readonly failed: string } | undefined>(undefined);
  const key = JSON.stringify(config).slice(0, 100_000);
  useEffect(() => {
    let current = true;
    reader.ask({ type: "describe", config, until }).then(
      (found) => current && (described.value = found),
      (error: Error) => current && (described.value = { failed: error.message }),
    );
    return () => void (current = false);
  }, [key, until]);
  const found = described.value;
  const everything: (readonly [string, unknown])[] = [
    ["preset", config.preset],
    ["episodes", config.episodes],
    ["steps", config.steps],
    ["stopWhenSolved", config.stopWhenSolved],
    ...Object.entries(config.options),
    ...Object.entries(config.envOptions).map(([name, value]) => [`env.${name}`, value] as const),
  ];
  return (
    <section class="card" aria-label="Settings">
      <h3>Settings that differ from the preset</h3>
      {found === undefined && <p class="help">…</p>}
      {found !== undefined && "failed" in found && <p class="help">{found.failed}</p>}
      {found !== undefined && "different" in found && (
        <>
          {found.different.length === 0 ? (
            <p>{`None: it is the preset “${valueText(config.preset)}”.`}</p>
          ) : (
            <SettingsTable
              head={["setting", "here", "preset"]}
              rows={found.different.map(([name, value, usual]) => [name, value, usual])}
            />
          )}
          <CopyRow label="Command" text={found.command} />
        </>
      )}
      <details>
        <summary>All settings</summary>
        <SettingsTable head={["setting", "value"]} rows={everything.slice(0, 200)} />
      </details>
    </section>
  );
}

function SettingsTable({
  head,
  rows,
}: {
  readonly head: readonly string[];
  readonly rows: readonly (readonly [name: string, ...values: unknown[]])[];
}) {
  return (
    <div class="wide">
      <table class="settings-table">
        <thead>
          <tr>
            {head.map((name, i) => (
              <th key={i} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...values], i) => (
            <tr key={i}>
              <th scope="row">{valueText(name)}</th>
              {values.map((value, j) => (
                <td key={j}>{valueText(value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Rows that a reader looks through. */
const MOST_EVALUATIONS = 200;

function EvaluationsCard({ subject }: { readonly subject: Subject }) {
  const evaluations = subject.log.evaluations.value;
  if (evaluations.length === 0) return null;
  const best = evaluations.reduce((a, b) => (b.mean > a.mean ? b : a));
  return (
    <section class="card" aria-label="Evaluations">
      <h3>Evaluations in the course of the run</h3>
      <p>{`Best mean: ${meanText(best.mean)}, after ${best.steps} steps.`}</p>
      <details>
        <summary>{`All ${evaluations.length}`}</summary>
        <SettingsTable
          head={["after steps", "mean return", "95 % interval"]}
          rows={evaluations
            .slice(-MOST_EVALUATIONS)
            .map(({ steps, mean, low, high }) => [
              String(steps),
              meanText(mean),
              `${meanText(low)} to ${meanText(high)}`,
            ])}
        />
      </details>
    </section>
  );
}
