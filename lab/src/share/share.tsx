/** Takes a run out of the page: its link, its command, its files. */

import { useSignal } from "@preact/signals";
import type { Download } from "../protocol.js";
import { type LabRun, save } from "../state/lab.js";

const FILES: readonly (readonly [as: Download, label: string])[] = [
  ["checkpoint", "Checkpoint"],
  ["policy.mjs", "Policy as a module"],
  ["policy.onnx", "Policy as ONNX"],
];

export function Share({ run }: { readonly run: LabRun }) {
  const begun = run.begun.value;
  const said = useSignal("");
  if (begun === undefined) return null;
  const address = `${location.href.replace(/#.*/, "")}#${begun.link}`;
  const copy = async (text: string, what: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      said.value = `${what} is copied.`;
    } catch {
      said.value = "This browser does not allow copying here: mark the text and copy it yourself.";
    }
  };
  const download = async (as: Download): Promise<void> => {
    const bytes = await save(run.id, as);
    const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
    const name = as === "checkpoint" ? "checkpoint.safetensors" : as;
    Object.assign(document.createElement("a"), { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <details class="card share">
      <summary>Share: the same run, to the same bits</summary>
      <p>Whoever opens this link trains the same run. The weights' hash that they reach is the one below.</p>
      <CopyRow label="Link" text={address} onCopy={() => void copy(address, "The link")} />
      <CopyRow label="Command" text={begun.command} onCopy={() => void copy(begun.command, "The command")} />
      <p class="hash">
        {`Weights after ${run.result.value?.updates ?? 0} updates: `}
        <code data-hash>{run.result.value?.weightsSha256 ?? "…"}</code>
      </p>
      <div class="actions">
        {FILES.map(([as, label]) => (
          <button type="button" key={as} onClick={() => void download(as)}>
            {label}
          </button>
        ))}
      </div>
      <p role="status">{said.value}</p>
    </details>
  );
}

function CopyRow({
  label,
  text,
  onCopy,
}: {
  readonly label: string;
  readonly text: string;
  readonly onCopy: () => void;
}) {
  return (
    <div class="copy">
      <label class="wide">
        {label}
        <input readOnly value={text} />
      </label>
      <button type="button" onClick={onCopy}>
        Copy
      </button>
    </div>
  );
}
