/** What a sweep has found so far: each cell over its seeds, and which setting mattered. */

import { type CellVerdict, cellVerdict } from "./cell-verdict.js";
import { reachedGoal } from "./ended.js";
import { type Importance, importanceOf } from "./importance.js";
import { interquartileMean } from "./interquartile-mean.js";
import { markOf } from "./mark.js";
import type { RunOutcome } from "./outcome.js";
import { type Cell, runsOf, type SweepPlan } from "./plan.js";
import type { Interval } from "./resampling.js";
import { scoreInterval, scoresOf } from "./scores.js";

/** A cell and what its runs have come to. */
export interface CellSummary extends Cell {
  /** Of the runs that are done, in the order of the seeds. */
  readonly outcomes: readonly RunOutcome[];
  /** Their scores, in the same order. */
  readonly scores: readonly number[];
  /** The interquartile mean of the scores; NaN before a run is done. */
  readonly score: number;
  /** The 95 % interval of `score`, by resampling seeds. Null under 5 seeds. */
  readonly interval: Interval | null;
  /** How many reached the mark. */
  readonly solved: number;
  readonly diverged: number;
  /** The return that counts as solved. */
  readonly mark: number | undefined;
  readonly verdict: CellVerdict;
}

/** All cells of a sweep, and what they say together. */
export interface SweepSummary {
  readonly plan: SweepPlan;
  /** One for each cell of the plan. */
  readonly cells: readonly CellSummary[];
  /** The cells that have a score, the highest first. Empty where environments differ: their returns don't compare. */
  readonly ranking: readonly CellSummary[];
  /** Which setting mattered, once every cell is complete. Undefined where nothing can be said. */
  readonly importance: Importance | undefined;
}

/**
 * Summarises the outcomes of a plan's runs. Outcomes of other runs are left out. Intervals take nearly all of the time, so a
 * view that is drawn often does without them.
 */
export function summarise(
  plan: SweepPlan,
  outcomes: Iterable<RunOutcome>,
  { intervals = true }: { readonly intervals?: boolean } = {},
): SweepSummary {
  const byId = new Map(Array.from(outcomes, (outcome) => [outcome.id, outcome]));
  const done = plan.cells.map((): RunOutcome[] => []);
  for (const { id, cell } of runsOf(plan)) done[cell].push(...(byId.has(id) ? [byId.get(id)!] : []));
  const cells = plan.cells.map((cell, i) => summaryOf(cell, done[i], plan, intervals));
  const comparable = new Set(cells.map(({ config }) => config.env)).size === 1;
  const scored = comparable ? cells.filter(({ score }) => !Number.isNaN(score)) : [];
  const complete =
    scored.length === cells.length && cells.every(({ outcomes }) => outcomes.length === plan.seeds.length);
  return {
    plan,
    cells,
    ranking: scored.sort((a, b) => b.score - a.score),
    importance: complete ? importanceOf(plan.varied, cells) : undefined,
  };
}

/** All cells: the ranked ones, and after them those without a score that compares. */
export function bestFirst({ ranking, cells }: SweepSummary): CellSummary[] {
  const ranked = new Set(ranking);
  return [...ranking, ...cells.filter((cell) => !ranked.has(cell))];
}

/** How many runs are done. */
export function runsDone({ cells }: SweepSummary): number {
  return cells.reduce((sum, { outcomes }) => sum + outcomes.length, 0);
}

function summaryOf(
  cell: Cell,
  outcomes: readonly RunOutcome[],
  { seeds, until }: SweepPlan,
  intervals: boolean,
): CellSummary {
  const scores = scoresOf(outcomes);
  const mark = markOf(cell.config, until);
  return {
    ...cell,
    outcomes,
    scores,
    score: interquartileMean(scores),
    interval: intervals ? scoreInterval(scores) : null,
    solved: outcomes.filter(reachedGoal).length,
    diverged: outcomes.filter(({ end }) => end === "diverged").length,
    mark,
    verdict: cellVerdict(outcomes, { seeds: seeds.length, mark }),
  };
}
