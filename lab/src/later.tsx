import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import type { LabRun } from "./state/lab.js";

export type OfRun = ComponentType<{ readonly run: LabRun }>;

/** A part of the page that is loaded when somebody wants it. */
export function Later({ load, run }: { readonly load: () => Promise<OfRun>; readonly run: LabRun }) {
  const part = useSignal<{ readonly Part: OfRun } | "failed" | undefined>(undefined);
  useEffect(() => {
    load().then(
      (Part) => (part.value = { Part }),
      () => (part.value = "failed"),
    );
  }, []);
  const loaded = part.value;
  if (loaded === undefined) return <p class="help">Loading …</p>;
  if (loaded === "failed")
    return <p class="trouble">This part of the page could not be loaded. Is there a connection?</p>;
  return <loaded.Part run={run} />;
}
