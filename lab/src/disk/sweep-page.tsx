/** A sweep or a study: how far it is, its map, and the way to its runs. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { askBytes, reasonOf } from "./asking.js";
import { complete, connection, type DiskRun, type DiskSweep, diskRuns, diskSweeps } from "./folders.js";
import type { Spot } from "./heat.js";
import { HeatMap } from "./heat-map.js";
import { PageHead } from "./page-head.js";
import { go, MOST_TICKED } from "./place.js";
import { reader } from "./reader.js";
import type { SweepView } from "./reader-protocol.js";
import { StudyLegs } from "./study-legs.js";
import { valueText } from "./words.js";

export function SweepPage({ id }: { readonly id: string }) {
  const sweep = diskSweeps.value.get(id);
  if (sweep === undefined && !complete.value) return <PageHead title="The folders are being read …" />;
  if (sweep === undefined)
    return (
      <>
        <PageHead title="This sweep is gone" />
        <p>Its folder was removed, or has another name now.</p>
      </>
    );
  return (
    <article class="sweep-page" aria-label={sweep.name}>
      <PageHead title={sweep.name} />
      {sweep.problem !== null && (
        <p class="trouble" role="alert">
          {sweep.problem}
        </p>
      )}
      <p class="standing">{aboutSweep(sweep)}</p>
      <Progress sweep={sweep} />
      {sweep.problem === null && (sweep.kind === "sweep" ? <SweepMap sweep={sweep} /> : <StudyLegs sweep={sweep} />)}
    </article>
  );
}

function aboutSweep({ kind, algorithms, envs, varied }: DiskSweep): string {
  const over = varied.length === 0 ? "." : ` over ${varied.slice(0, 6).join(", ")}${varied.length > 6 ? " …" : "."}`;
  return `A ${kind} of ${algorithms.join(", ")} on ${envs.join(", ")}${over}`;
}

export function runsOfSweep(id: string): DiskRun[] {
  return [...diskRuns.value.values()].filter((run) => run.sweep === id);
}

function Progress({ sweep }: { readonly sweep: DiskSweep }) {
  const runs = runsOfSweep(sweep.id);
  const running = runs.filter(({ state }) => state === "running").length;
  const ended = runs.length - running;
  const of = sweep.planned === null ? "" : ` of ${sweep.planned}`;
  return (
    <div class="sweep-progress">
      {sweep.planned !== null && (
        <progress max={Math.max(1, sweep.planned)} value={ended} aria-label="Runs that have ended" />
      )}
      <span role="status" data-progress>
        {`${ended}${of} runs have ended${running > 0 ? `, and ${running} ${running === 1 ? "is" : "are"} training now` : ""}.`}
      </span>
    </div>
  );
}

/** Milliseconds between two readings of the results, at least: each reads all of them. */
const LEAST_MS = 2000;
const MOST_TRIES = 1000;

function SweepMap({ sweep }: { readonly sweep: DiskSweep }) {
  const view = useSignal<SweepView | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const ended = runsOfSweep(sweep.id).filter(({ state }) => state !== "running").length;
  const tick = useSignal(0);
  useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const start = performance.now();
    const read = async (): Promise<void> => {
      const [details, outcomes] = await Promise.all([
        askBytes(`sweeps/${sweep.id}`),
        askBytes(`sweeps/${sweep.id}/results`),
      ]);
      const found = await reader.ask({ type: "sweep", details, outcomes }, [details.buffer, outcomes.buffer]);
      if (!current) return;
      view.value = found;
      problem.value = undefined;
      // An outcome is written after the run has ended, so the last ones may be missing yet.
      if (found.done < ended && tick.value < MOST_TRIES)
        timer = setTimeout(() => current && tick.value++, Math.max(LEAST_MS, 5 * (performance.now() - start)));
    };
    const wait = view.peek() === undefined ? 0 : LEAST_MS / 4;
    const begun = setTimeout(() => {
      read().catch((error: unknown) => current && (problem.value = reasonOf(error)));
    }, wait);
    return () => {
      current = false;
      clearTimeout(begun);
      clearTimeout(timer);
    };
  }, [sweep.id, sweep.changed, ended, tick.value, connection.value.kind === "live"]);
  const open = ({ cells }: Spot, title: string): void => {
    const byName = new Map(runsOfSweep(sweep.id).map((run) => [run.name.split(/[/\\]/).at(-1) ?? "", run.id]));
    const ids = cells.flatMap(({ runs }) => runs.flatMap((name) => byName.get(name) ?? []));
    if (ids.length === 1) go({ kind: "run", id: ids[0] });
    else if (ids.length > 0)
      go({
        kind: "compare",
        ids: ids.slice(0, MOST_TICKED),
        title: titleOf(title, ids.length),
        note: cells.length === 1 ? cells[0].text : undefined,
      });
    else problem.value = `${title}: none of its runs has begun.`;
  };
  return (
    <>
      {problem.value !== undefined && (
        <p class="trouble" role="alert">
          {problem.value}
        </p>
      )}
      {view.value === undefined ? (
        problem.value === undefined && <p>Reading the results …</p>
      ) : (
        <section class="card" aria-label="Map">
          <Best view={view.value} />
          <HeatMap view={view.value} onOpen={open} />
        </section>
      )}
    </>
  );
}

function Best({ view }: { readonly view: SweepView }) {
  const scored = view.cells.filter(({ score }) => score !== null);
  if (scored.length === 0) return <p>No run is done yet.</p>;
  const best = scored.reduce((a, b) => ((b.score ?? 0) > (a.score ?? 0) ? b : a));
  const settings = view.varied.slice(0, 8).map((name) => `${name} ${valueText(best.settings[name])}`);
  return <p>{`${view.done < view.planned ? "Best so far" : "Best"}: ${settings.join(", ")}. ${best.text}`}</p>;
}

function titleOf(place: string, runs: number): string {
  return runs > MOST_TICKED ? `${place}: the first ${MOST_TICKED} of ${runs} runs` : `${place}: ${runs} runs`;
}
