/** Starts, pauses and steps the training of a run. */

import { drop, type LabRun, setPace, step } from "../state/lab.js";

const SPEEDS = [
  ["full", "as fast as it can"],
  ["10", "10 updates a second"],
  ["2", "2 updates a second"],
] as const;

export function TrainingTransport({ run }: { readonly run: LabRun }) {
  const status = run.status.value;
  const active = status === "training" || status === "paused";
  const pace = run.pace.value;
  return (
    <fieldset class="transport" aria-label="Training">
      <button
        type="button"
        class="primary"
        disabled={!active}
        onClick={() => setPace(run, status === "paused" ? "full" : "paused")}
      >
        {status === "paused" ? "Go on" : "Pause"}
      </button>
      <button type="button" disabled={!active} onClick={() => step(run, "update")}>
        One update
      </button>
      <button
        type="button"
        disabled={!active}
        onClick={() => step(run, "gradient")}
        title="One gradient step; PPO takes many of them in an update"
      >
        One slice
      </button>
      <label class="inline">
        speed
        <select
          class="training-speed"
          disabled={!active}
          value={pace === "paused" ? "full" : String(pace)}
          onChange={({ currentTarget: { value } }) => setPace(run, value === "full" ? "full" : Number(value))}
        >
          {SPEEDS.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="quiet" onClick={() => drop(run)}>
        Remove
      </button>
    </fieldset>
  );
}
