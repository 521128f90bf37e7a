/** The plan of a sweep: all its settings, resolved, and its seeds. It is plain data, and saved before anything runs. */

import { digestOf } from "../formats/digest.js";
import type { ResolvedConfig } from "../training/types.js";
import type { Settings } from "./sweep-config.js";

/** One combination of settings. It is trained once with each seed. */
export interface Cell {
  /** The settings in which the cells of this sweep differ. */
  readonly settings: Settings;
  readonly config: Omit<ResolvedConfig, "seed">;
}

/** All settings of a sweep, resolved, and its seeds. */
export interface SweepPlan {
  /** The names of the settings that differ, in the order in which they were given. */
  readonly varied: readonly string[];
  readonly cells: readonly Cell[];
  /** Decimal digits, as in a resolved config. */
  readonly seeds: readonly string[];
  readonly until: number | null;
}

/** One run of a plan. */
export interface PlannedRun {
  /** The digest of its config: two runs with one id are one run. Also the name of its folder. */
  readonly id: string;
  /** The index of its cell. */
  readonly cell: number;
  readonly config: ResolvedConfig;
  readonly until: number | null;
}

/** All runs, with the first seed of every cell first, so that the whole map fills in before any spot of it is exact. */
export function runsOf(plan: SweepPlan): readonly PlannedRun[] {
  const known = listed.get(plan);
  if (known !== undefined) return known;
  const { cells, seeds, until } = plan;
  const runs = seeds.flatMap((seed) =>
    cells.map(({ config }, cell) => {
      const seeded = { ...config, seed };
      return { id: runId(seeded, until), cell, config: seeded, until };
    }),
  );
  listed.set(plan, runs);
  return runs;
}

/** The same, each once: two cells of a plan that was made by hand may have the same settings. */
export function distinctRunsOf(plan: SweepPlan): PlannedRun[] {
  return [...new Map(runsOf(plan).map((run) => [run.id, run])).values()];
}

/** Views ask for the runs of a plan at every frame, and thousands of digests take seconds. */
const listed = new WeakMap<SweepPlan, readonly PlannedRun[]>();

/** The digest of everything that the bytes of a run follow from. */
export function runId(config: ResolvedConfig, until: number | null): string {
  return digestOf({ config, until });
}
