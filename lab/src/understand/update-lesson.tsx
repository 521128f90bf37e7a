import { useSignal } from "@preact/signals";
import { Later } from "../later.js";
import type { LabRun } from "../state/lab.js";

const explained = () => import("./explained.js").then(({ Explained }) => Explained);

/** One update, explained. It is loaded when somebody opens it. */
export function UpdateLesson({ run }: { readonly run: LabRun }) {
  const open = useSignal(false);
  return (
    <details
      class="card lesson"
      open={open.value}
      onToggle={({ currentTarget }) => {
        open.value = currentTarget.open;
      }}
    >
      <summary>What did the last update learn?</summary>
      {open.value && <Later load={explained} run={run} />}
    </details>
  );
}
