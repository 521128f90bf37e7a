/** The runs as a table. Only the rows that are in view are in the page, so thousands of them cost no more than thirty. */

import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { DiskRun, DiskSweep } from "./folders.js";
import type { ColumnId, Order, Row } from "./order.js";
import { go, MOST_TICKED, type Place, tick, ticked } from "./place.js";
import { agoText, meanText } from "./words.js";

const COLUMNS: readonly (readonly [id: ColumnId, label: string])[] = [
  ["state", "state"],
  ["name", "name"],
  ["algorithm", "algorithm"],
  ["env", "environment"],
  ["seed", "seed"],
  ["verdict", "verdict"],
  ["mean", "last mean"],
  ["when", "when"],
];
/** What a narrow page has room for; the rest stands under the name. */
const NARROW: ReadonlySet<ColumnId> = new Set(["state", "name", "mean"]);
/** Rows above and below those in view. */
const BEYOND = 8;
const narrow = matchMedia("(max-width: 56rem)");

const exactly = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "medium" });

/** Where the table was left, and the row that was opened from there. */
let leftAt = 0;
let leftRow: number | undefined;

function leave(row: number, to: Place): void {
  leftRow = row;
  go(to);
}

export interface RunTableProps {
  readonly rows: readonly Row[];
  readonly order: Order;
  readonly now: number;
  readonly onOrder: (by: ColumnId) => void;
  readonly onToggle: (sweep: string) => void;
}

export function RunTable({ rows, order, now, onOrder, onToggle }: RunTableProps) {
  const box = useRef<HTMLDivElement>(null);
  const top = useSignal(leftAt);
  const height = useSignal(600);
  const small = useSignal(narrow.matches);
  const wanted = useRef(leftRow);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    element.scrollTop = leftAt;
    const sized = new ResizeObserver(() => (height.value = element.clientHeight));
    sized.observe(element);
    leftRow = undefined;
    const turned = (): void => void (small.value = narrow.matches);
    narrow.addEventListener("change", turned);
    return () => {
      sized.disconnect();
      narrow.removeEventListener("change", turned);
    };
  }, []);
  const each = small.value ? 60 : 38;
  const first = Math.max(0, Math.floor(top.value / each) - BEYOND);
  const last = Math.min(rows.length, Math.ceil((top.value + height.value) / each) + BEYOND);
  const focusOn = (index: number): void => {
    const element = box.current;
    if (element === null || index < 0 || index >= rows.length) return;
    const [from, to] = [index * each, (index + 1) * each];
    const head = 40;
    if (from < element.scrollTop) element.scrollTop = from;
    else if (to > element.scrollTop + element.clientHeight - head) element.scrollTop = to - element.clientHeight + head;
    top.value = element.scrollTop;
    wanted.current = index;
    focusWanted();
  };
  const focusWanted = (): void => {
    const button = box.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`);
    if (button == null) return;
    wanted.current = undefined;
    button.focus({ preventScroll: true });
  };
  useEffect(() => {
    if (wanted.current !== undefined) focusWanted();
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = (event.target as HTMLElement).closest<HTMLElement>("[data-row]")?.dataset.row;
    if (at === undefined) return;
    const page = Math.max(1, Math.floor(height.value / each) - 2);
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    const ends: Readonly<Record<string, number>> = { Home: 0, End: rows.length - 1 };
    const to = ends[event.key] ?? (Object.hasOwn(steps, event.key) ? Number(at) + steps[event.key] : undefined);
    if (to === undefined) return;
    event.preventDefault();
    focusOn(Math.max(0, Math.min(rows.length - 1, to)));
  };
  return (
    <div
      class="run-rows"
      ref={box}
      onScroll={({ currentTarget }) => {
        leftAt = currentTarget.scrollTop;
        top.value = leftAt;
      }}
    >
      <table class="run-table" aria-rowcount={rows.length + 1} aria-label="Runs">
        <thead>
          <tr>
            <th class="tick">
              <span class="hidden">compare</span>
            </th>
            {COLUMNS.filter(([id]) => !small.value || NARROW.has(id)).map(([id, label]) => (
              <th
                key={id}
                class={id}
                scope="col"
                aria-sort={order.by === id ? (order.down ? "descending" : "ascending") : undefined}
              >
                <button type="button" class="quiet" onClick={() => onOrder(id)}>
                  {label}
                  <span aria-hidden="true">{order.by === id ? (order.down ? " ↓" : " ↑") : ""}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr class="spacer" style={{ height: `${first * each}px` }} />
          {rows
            .slice(first, last)
            .map((row, i) =>
              row.kind === "run" ? (
                <RunRow
                  key={row.run.id}
                  run={row.run}
                  title={row.title}
                  index={first + i}
                  small={small.value}
                  now={now}
                  onKeyDown={onKeyDown}
                />
              ) : (
                <GroupRow
                  key={row.sweep?.id ?? "single"}
                  sweep={row.sweep}
                  runs={row.runs}
                  open={row.open}
                  index={first + i}
                  small={small.value}
                  onToggle={onToggle}
                  onKeyDown={onKeyDown}
                />
              ),
            )}
          <tr class="spacer" style={{ height: `${(rows.length - last) * each}px` }} />
        </tbody>
      </table>
    </div>
  );
}

function RunRow({
  run,
  title,
  index,
  small,
  now,
  onKeyDown,
}: {
  readonly run: DiskRun;
  readonly title: string;
  readonly index: number;
  readonly small: boolean;
  readonly now: number;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}) {
  const chosen = ticked.value.includes(run.id);
  const damaged = run.state === "damaged";
  return (
    <tr class={`run-row ${chosen ? "chosen" : ""}`} aria-rowindex={index + 2}>
      <td class="tick">
        <input
          type="checkbox"
          aria-label={`Compare ${run.name}`}
          checked={chosen}
          disabled={damaged || (!chosen && ticked.value.length >= MOST_TICKED)}
          onChange={({ currentTarget }) => tick(run.id, currentTarget.checked)}
        />
      </td>
      <td class="state">
        <StateMark state={run.state} mark={small} />
      </td>
      <td class="name">
        <button
          type="button"
          class="open"
          data-row={index}
          onKeyDown={onKeyDown}
          onClick={() => leave(index, { kind: "run", id: run.id })}
          title={title}
        >
          {title}
        </button>
        {small && <span class="under">{run.problem ?? underText(run)}</span>}
      </td>
      {small ? (
        <td class="mean">{meanText(run.averageReturn)}</td>
      ) : (
        <>
          {damaged ? (
            <td class="problem" colSpan={5} title={run.problem ?? undefined}>
              {run.problem}
            </td>
          ) : (
            <>
              <td class="algorithm">{run.algorithm}</td>
              <td class="env">{run.env ?? "–"}</td>
              <td class="seed">{run.seed}</td>
              <td class={`verdict ${toneOf(run.verdict?.kind)}`} title={run.verdict?.text}>
                {run.verdict?.kind ?? "–"}
              </td>
              <td class="mean">{meanText(run.averageReturn)}</td>
            </>
          )}
          <td class="when" title={exactly.format(run.changed)}>
            {agoText(run.changed, now)}
          </td>
        </>
      )}
    </tr>
  );
}

function underText({ algorithm, env, seed, verdict, state }: DiskRun): string {
  return `${algorithm} · ${env ?? "–"} · seed ${seed} · ${verdict?.kind ?? state}`;
}

function GroupRow({
  sweep,
  runs,
  open,
  index,
  small,
  onToggle,
  onKeyDown,
}: {
  readonly sweep: DiskSweep | undefined;
  readonly runs: number;
  readonly open: boolean;
  readonly index: number;
  readonly small: boolean;
  readonly onToggle: (sweep: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}) {
  if (sweep === undefined)
    return (
      <tr class="group-row" aria-rowindex={index + 2}>
        <td colSpan={small ? 4 : 9}>{`Single runs (${runs})`}</td>
      </tr>
    );
  return (
    <tr class="group-row" aria-rowindex={index + 2}>
      <td class="tick">
        <button
          type="button"
          class="quiet fold"
          aria-expanded={open}
          aria-label={`Runs of ${sweep.name}`}
          onClick={() => onToggle(sweep.id)}
        >
          {open ? "▾" : "▸"}
        </button>
      </td>
      <td colSpan={small ? 3 : 8}>
        <button
          type="button"
          class="open"
          data-row={index}
          onKeyDown={onKeyDown}
          onClick={() => leave(index, { kind: "sweep", id: sweep.id })}
        >
          {sweep.name}
        </button>
        <span class="about">{sweep.problem ?? aboutSweep(sweep, runs)}</span>
      </td>
    </tr>
  );
}

function aboutSweep({ kind, planned, complete, varied }: DiskSweep, runs: number): string {
  const of = planned === null ? `${runs} runs` : `${runs} of ${planned} runs`;
  const over = varied.length === 0 ? "" : ` · ${varied.slice(0, 4).join(", ")}${varied.length > 4 ? " …" : ""}`;
  return `${kind} · ${of}${complete || kind === "study" ? "" : " · not complete"}${over}`;
}

/** `mark`: the word is for screen readers alone. */
export function StateMark({ state, mark = false }: { readonly state: DiskRun["state"]; readonly mark?: boolean }) {
  return (
    <span class={`state-mark ${state}`}>
      <span class="dot" aria-hidden="true" />
      <span class={mark ? "hidden" : ""}>{state}</span>
    </span>
  );
}

/** Of good and bad ends. */
export function toneOf(kind: string | undefined): string {
  if (kind === "solved") return "good";
  return kind !== undefined && ["collapsed", "no-gradient", "diverged", "failed"].includes(kind) ? "bad" : "";
}
