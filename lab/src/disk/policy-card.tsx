/** A policy from disk: how good it is, what it does, and the way to train it on in this tab. */

import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { History } from "../state/history.js";
import { begin } from "../state/lab.js";
import { open } from "../views.js";
import { askBytes, reasonOf } from "./asking.js";
import type { DiskRun } from "./folders.js";
import { PolicyStage } from "./policy-stage.js";
import { Reader } from "./reader.js";
import type { Evaluated } from "./reader-protocol.js";
import type { RunLog } from "./run-log.js";

type Source = "best" | "checkpoint" | "weights";

const SOURCES: readonly (readonly [source: Source, label: string])[] = [
  ["best", "best policy"],
  ["checkpoint", "last checkpoint"],
  ["weights", "last weights"],
];

export interface PolicyCardProps {
  readonly run: DiskRun;
  /** What the run has shown so far. */
  readonly log: RunLog | undefined;
}

export function PolicyCard({ run, log }: PolicyCardProps) {
  const policies = useMemo(() => new Reader(), []);
  useEffect(() => () => policies.stop(), []);
  const source = useSignal<Source | undefined>(undefined);
  const greedy = useSignal(false);
  const episodes = useSignal(20);
  const seed = useSignal("0");
  const busy = useSignal(false);
  const result = useSignal<Evaluated | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  /** Which file the worker has: that of a run at work is another one after each save. */
  const loaded = useSignal<string | undefined>(undefined);

  const there = SOURCES.filter(([name]) => run.files.includes(name));
  const chosen = there.some(([name]) => name === source.value) ? source.value : there[0]?.[0];
  if (run.kind === "language")
    return (
      <section class="card" aria-label="Policy">
        <h3>Policy</h3>
        <p>This run is on a language task. Write with its model by npx ascent generate.</p>
      </section>
    );
  if (chosen === undefined)
    return (
      <section class="card" aria-label="Policy">
        <h3>Policy</h3>
        <p>There is no checkpoint yet, so nothing can be evaluated or trained on.</p>
      </section>
    );
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    busy.value = true;
    problem.value = undefined;
    try {
      await work();
    } catch (error) {
      problem.value = reasonOf(error);
    } finally {
      busy.value = false;
    }
  };
  const load = async (): Promise<void> => {
    loaded.value = undefined;
    const bytes = await askBytes(`runs/${run.id}/${chosen}`);
    await policies.ask({ type: "load", bytes }, [bytes.buffer]);
  };
  const evaluate = (): Promise<void> =>
    attempt(async () => {
      result.value = undefined;
      await load();
      const count = Math.round(Math.min(10_000, Math.max(1, episodes.value || 1)));
      if (!/^\d{1,39}$/.test(seed.value)) throw new Error("A seed is a whole number of at least 0.");
      result.value = await policies.ask({
        type: "evaluate",
        episodes: count,
        seed: seed.value,
        deterministic: greedy.value,
      });
      loaded.value = `${chosen} ${performance.now()}`;
    });
  const trainOn = (): Promise<void> =>
    attempt(async () => {
      const checkpoint = await askBytes(`runs/${run.id}/checkpoint`);
      begin({ checkpoint, goOn: true }, "full", log && History.from(log.history.data()));
      open("train");
    });
  return (
    <section class="card policy-card" aria-label="Policy">
      <h3>Evaluate its policy here</h3>
      <div class="actions">
        <label class="inline">
          policy
          <select value={chosen} onChange={({ currentTarget }) => (source.value = currentTarget.value as Source)}>
            {there.map(([name, label]) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label class="inline">
          actions
          <select
            value={greedy.value ? "greedy" : "sampled"}
            onChange={({ currentTarget }) => (greedy.value = currentTarget.value === "greedy")}
          >
            <option value="sampled">sampled, as in training</option>
            <option value="greedy">greedy: the likeliest</option>
          </select>
        </label>
        <label class="inline">
          episodes
          <input
            type="number"
            min={1}
            max={10_000}
            class="few"
            value={episodes.value}
            onChange={({ currentTarget }) => (episodes.value = currentTarget.valueAsNumber)}
          />
        </label>
        <label class="inline">
          seed
          <input
            class="few"
            inputMode="numeric"
            value={seed.value}
            onChange={({ currentTarget }) => (seed.value = currentTarget.value.trim())}
          />
        </label>
      </div>
      <div class="actions">
        <button type="button" class="primary" disabled={busy.value} onClick={() => void evaluate()}>
          {busy.value ? "Working …" : "Evaluate"}
        </button>
        {busy.value && (
          <button type="button" onClick={() => policies.stop()}>
            Stop
          </button>
        )}
        {run.files.includes("checkpoint") && (
          <button type="button" disabled={busy.value} onClick={() => void trainOn()}>
            Train on from here in the tab
          </button>
        )}
      </div>
      {problem.value !== undefined && (
        <p class="trouble" role="alert">
          {problem.value}
        </p>
      )}
      {result.value !== undefined && <Returns result={result.value} />}
      {loaded.value !== undefined && (
        <PolicyStage key={loaded.value} reader={policies} env={run.env ?? ""} greedy={greedy} />
      )}
    </section>
  );
}

function Returns({ result }: { readonly result: Evaluated }) {
  const { returns, mean, interval, min, max } = result;
  const place = (x: number): number => (max === min ? 150 : 6 + (288 * (x - min)) / (max - min));
  return (
    <>
      <p role="status">
        Mean return <strong data-mean={mean}>{figure(mean)}</strong>
        {` over ${returns.length} ${returns.length === 1 ? "episode" : "episodes"}; 95 % interval ${figure(interval[0])} to ${figure(interval[1])}; from ${figure(min)} to ${figure(max)}`}
      </p>
      <svg class="returns" viewBox="0 0 300 34" role="img" aria-label="The return of each episode">
        <line x1="0" x2="300" y1="17" y2="17" class="base" />
        <rect
          x={place(interval[0])}
          width={Math.max(1, place(interval[1]) - place(interval[0]))}
          y="7"
          height="20"
          class="span"
        />
        {returns.slice(0, 500).map((one, i) => (
          <circle key={i} cx={place(one)} cy={17 + ((i % 5) - 2) * 3} r="2.5" class="one" />
        ))}
        <line x1={place(mean)} x2={place(mean)} y1="3" y2="31" class="mean" />
      </svg>
    </>
  );
}

function figure(x: number): string {
  return x.toFixed(2).replace(/\.?0+$/, "");
}
