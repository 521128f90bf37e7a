/** Takes a run out of the page: its link, its command, its files. */

import type { Download } from "../protocol.js";
import { type LabRun, report, save } from "../state/lab.js";
import { CopyRow } from "./copy-row.js";
import { download } from "./download.js";

/** The report is made of what this page has seen, and everything else by the engine alone. */
type File = Download | "report.html";

const FILES: readonly (readonly [as: File, label: string])[] = [
  ["report.html", "Report"],
  ["checkpoint", "Checkpoint"],
  ["policy.mjs", "Policy as a module"],
  ["policy.onnx", "Policy as ONNX"],
];

export function Share({ run }: { readonly run: LabRun }) {
  const begun = run.begun.value;
  if (begun === undefined) return null;
  const address = `${location.href.replace(/#.*/, "")}#${begun.link}`;
  const take = async (as: File): Promise<void> => {
    const bytes = await (as === "report.html" ? report(run.id, run.history.data()) : save(run.id, as));
    download(as === "checkpoint" ? "checkpoint.safetensors" : as, new Blob([bytes as Uint8Array<ArrayBuffer>]));
  };
  return (
    <details class="card share">
      <summary>Share: the same run, to the same bits</summary>
      <p>Anyone who opens this link trains the same run and ends with the hash below.</p>
      <CopyRow label="Link" text={address} />
      <CopyRow label="Command" text={begun.command} />
      <p class="hash">
        {`Weights after ${run.result.value?.updates ?? 0} updates: `}
        <code data-hash>{run.result.value?.weightsSha256 ?? "…"}</code>
      </p>
      <div class="actions">
        {FILES.map(([as, label]) => (
          <button type="button" key={as} onClick={() => void take(as)}>
            {label}
          </button>
        ))}
      </div>
    </details>
  );
}
