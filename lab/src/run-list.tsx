/** The runs on the page: each named by what it has otherwise than the one before. */

import { colourOf } from "./charts/palette.js";
import { nameOf } from "./sentence.js";
import { changes } from "./share/address.js";
import { type LabRun, runs, select, selected } from "./state/lab.js";

export function labelOf(run: LabRun): string {
  const link = run.begun.value?.link;
  if (link === undefined) return "…";
  const all = runs.value;
  const before = all[all.indexOf(run) - 1]?.begun.value?.link;
  const config = run.begun.value?.config;
  const plain = `${nameOf(config?.algorithm ?? "")} on ${config?.env}, seed ${config?.seed}`;
  if (before === undefined) return plain;
  const different = changes(before, link);
  return different.length === 0 ? "the same again" : different.join(", ");
}

export function RunList() {
  return (
    <ul class="runs" aria-label="Runs">
      {runs.value.map((run) => (
        <li key={run.id}>
          <button
            type="button"
            class={run === selected.value ? "run selected" : "run"}
            aria-pressed={run === selected.value}
            onClick={() => select(run)}
          >
            <span class="swatch" style={{ background: colourOf(run.colour) }} />
            <span class="name">{labelOf(run)}</span>
            <span class="state">{stateOf(run)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function stateOf(run: LabRun): string {
  const average = run.result.value?.averageReturn;
  const mean = average == null ? "" : ` · ${average.toFixed(1)}`;
  const verdict = run.status.value === "finished" ? (run.result.value?.verdict.kind ?? "finished") : run.status.value;
  return `${verdict}${mean}`;
}
