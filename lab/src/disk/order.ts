/** The rows of the table: runs in an order, under the sweeps that they belong to. */

import type { DiskRun, DiskSweep } from "./folders.js";

export type ColumnId = "state" | "name" | "algorithm" | "env" | "seed" | "verdict" | "mean" | "when";

export interface Order {
  readonly by: ColumnId;
  readonly down: boolean;
}

export type Row =
  /** `title` is its name, without that of the sweep that it stands under. */
  | { readonly kind: "run"; readonly run: DiskRun; readonly title: string }
  | {
      readonly kind: "group";
      /** Undefined for runs of no sweep. */
      readonly sweep: DiskSweep | undefined;
      readonly runs: number;
      readonly open: boolean;
    };

const VALUES: Readonly<Record<ColumnId, (run: DiskRun) => string | number | null>> = {
  state: (run) => run.state,
  name: (run) => run.name,
  algorithm: (run) => run.algorithm,
  env: (run) => run.env,
  seed: (run) => (run.seed === null ? null : Number(run.seed)),
  verdict: (run) => run.verdict?.kind ?? null,
  mean: (run) => run.averageReturn,
  when: (run) => run.changed,
};

const texts = new Intl.Collator("en", { numeric: true });

/** What is missing stands last in either direction. */
export function ordered(runs: readonly DiskRun[], { by, down }: Order): DiskRun[] {
  const read = VALUES[by];
  const compare = (a: DiskRun, b: DiskRun): number => {
    const [x, y] = [read(a), read(b)];
    if (x === y) return texts.compare(a.name, b.name);
    if (x === null || y === null) return x === null ? 1 : -1;
    const up = typeof x === "number" && typeof y === "number" ? x - y : texts.compare(String(x), String(y));
    return down ? -up : up;
  };
  return [...runs].sort(compare);
}

/** Sweeps, the last changed first, each with its runs if it is open; after them the runs of none. */
export function grouped(
  runs: readonly DiskRun[],
  sweeps: ReadonlyMap<string, DiskSweep>,
  isOpen: (sweep: string) => boolean,
  all: boolean,
): Row[] {
  const groups = new Map<string, DiskRun[]>();
  const single: DiskRun[] = [];
  for (const run of runs) {
    if (run.sweep === null || !sweeps.has(run.sweep)) single.push(run);
    else {
      const own = groups.get(run.sweep);
      if (own === undefined) groups.set(run.sweep, [run]);
      else own.push(run);
    }
  }
  const shown = [...sweeps.values()].filter(({ id }) => all || groups.has(id)).sort((a, b) => b.changed - a.changed);
  const rows = shown.flatMap((sweep): Row[] => {
    const own = groups.get(sweep.id) ?? [];
    const open = isOpen(sweep.id);
    return [{ kind: "group", sweep, runs: own.length, open }, ...(open ? rowsOf(own, `${sweep.name}/runs/`) : [])];
  });
  if (rows.length === 0) return rowsOf(single);
  if (single.length === 0) return rows;
  return [...rows, { kind: "group", sweep: undefined, runs: single.length, open: true }, ...rowsOf(single)];
}

/** `above` is what needs not be said again at the start of each name. */
export function rowsOf(runs: readonly DiskRun[], above = ""): Row[] {
  return runs.map((run) => ({
    kind: "run",
    run,
    title: run.name.startsWith(above) ? run.name.slice(above.length) : run.name,
  }));
}
