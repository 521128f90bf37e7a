/** The room of the runs on disk: a table of them, and whatever is opened from it. It is there where `ascent lab` serves. */

import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ComparePage } from "./compare-page.js";
import "./disk.css";
import { filterOf } from "./filter.js";
import { complete, connection, diskRuns, diskSweeps, folders, tryNow, watchFolders } from "./folders.js";
import { type ColumnId, grouped, type Order, ordered, type Row, rowsOf } from "./order.js";
import { go, MOST_TICKED, place, ticked } from "./place.js";
import { RunPage } from "./run-page.js";
import { RunTable } from "./run-table.js";
import { SweepPage } from "./sweep-page.js";
import { labToken } from "./token.js";

export function RunsRoom() {
  const served = labToken() !== undefined;
  useEffect(() => (served ? watchFolders() : undefined), [served]);
  if (!served)
    return (
      <p class="sentence">
        Runs from disk are shown where <code>npx ascent lab</code> serves this page. Open the address that it prints.
      </p>
    );
  const at = place.value;
  return (
    <div class="disk">
      <ConnectionLine />
      {at.kind === "list" && <ListPage />}
      {at.kind === "run" && <RunPage key={at.id} id={at.id} />}
      {at.kind === "compare" && <ComparePage key={at.ids.join()} {...at} />}
      {at.kind === "sweep" && <SweepPage key={at.id} id={at.id} />}
    </div>
  );
}

/** Says when what is seen may be old. */
function ConnectionLine() {
  const now = connection.value;
  const clock = useSignal(Date.now());
  useEffect(() => {
    if (now.kind !== "away") return undefined;
    clock.value = Date.now();
    const ticking = setInterval(() => (clock.value = Date.now()), 1000);
    return () => clearInterval(ticking);
  }, [now]);
  if (now.kind === "refused")
    return (
      <p class="trouble" role="alert">
        This page belongs to an earlier <code>ascent lab</code>. Open the address that the new one prints.
      </p>
    );
  if (now.kind !== "away") return null;
  const seconds = Math.max(0, Math.ceil((now.again - clock.value) / 1000));
  return (
    <div class="trouble away">
      <p role="alert">{`${now.why} What is shown is as it was then.`}</p>
      <p>{seconds === 0 ? "Trying again …" : `Trying again in ${seconds} s.`}</p>
      <button type="button" onClick={tryNow}>
        Try now
      </button>
    </div>
  );
}

/** The list as it was left. */
let layout: {
  readonly text: string;
  readonly order: Order;
  readonly grouping: boolean;
  readonly open: ReadonlySet<string>;
} = { text: "", order: { by: "when", down: true }, grouping: true, open: new Set() };

function ListPage() {
  const text = useSignal(layout.text);
  const order = useSignal(layout.order);
  const grouping = useSignal(layout.grouping);
  const open = useSignal(layout.open);
  const clock = useSignal(Date.now());
  useEffect(() => {
    const ticking = setInterval(() => (clock.value = Date.now()), 15_000);
    return () => {
      clearInterval(ticking);
      layout = { text: text.peek(), order: order.peek(), grouping: grouping.peek(), open: open.peek() };
    };
  }, []);
  const found = useComputed(() => [...diskRuns.value.values()].filter(filterOf(text.value)));
  const rows = useComputed((): readonly Row[] => {
    const sorted = ordered(found.value, order.value);
    if (!grouping.value || diskSweeps.value.size === 0) return rowsOf(sorted);
    const searching = text.value.trim() !== "";
    return grouped(sorted, diskSweeps.value, (id) => searching !== open.value.has(id), !searching);
  });
  const onOrder = (by: ColumnId): void => {
    const down = order.value.by === by ? !order.value.down : by === "mean" || by === "when";
    order.value = { by, down };
  };
  const onToggle = (sweep: string): void => {
    const next = new Set(open.value);
    if (!next.delete(sweep)) next.add(sweep);
    open.value = next;
  };
  const all = diskRuns.value.size;
  return (
    <>
      <div class="list-head">
        <label class="find">
          <span>Find</span>
          <input
            type="search"
            spellcheck={false}
            autocomplete="off"
            placeholder="env:CartPole algorithm:ppo solved"
            value={text.value}
            onInput={({ currentTarget }) => (text.value = currentTarget.value)}
          />
        </label>
        {diskSweeps.value.size > 0 && (
          <label class="inline">
            <input
              type="checkbox"
              checked={grouping.value}
              onChange={({ currentTarget }) => (grouping.value = currentTarget.checked)}
            />
            by sweep
          </label>
        )}
        <button
          type="button"
          class="primary"
          disabled={ticked.value.length < 2}
          onClick={() => go({ kind: "compare", ids: ticked.value, title: `${ticked.value.length} runs compared` })}
        >
          {ticked.value.length === 0 ? `Compare (tick up to ${MOST_TICKED})` : `Compare ${ticked.value.length}`}
        </button>
        {ticked.value.length > 0 && (
          <button type="button" class="quiet" onClick={() => (ticked.value = [])}>
            Untick
          </button>
        )}
      </div>
      <p class="count" role="status">
        {countText(found.value.length, all)}
      </p>
      {rows.value.length > 0 && (
        <RunTable rows={rows.value} order={order.value} now={clock.value} onOrder={onOrder} onToggle={onToggle} />
      )}
      <FolderProblems />
    </>
  );
}

function countText(found: number, all: number): string {
  if (connection.value.kind === "connecting") return "Asking for the runs …";
  const more = complete.value ? "" : ", and the folders are still being read";
  if (all === 0 && connection.value.kind !== "live") return "No runs are known yet.";
  if (all === 0) {
    const names = folders.value.map(({ name }) => name).join(", ");
    return complete.value
      ? `No runs in ${names} yet. A run of npx ascent train appears here as soon as it begins.`
      : "The folders are being read …";
  }
  return found === all ? `${all} ${all === 1 ? "run" : "runs"}${more}` : `${found} of ${all} runs${more}`;
}

function FolderProblems() {
  const problems = folders.value.flatMap((folder) => folder.problems);
  if (problems.length === 0) return null;
  return (
    <details class="card">
      <summary>{`Not shown: ${problems.length}`}</summary>
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </details>
  );
}
