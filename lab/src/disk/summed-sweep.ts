import type { LabSweepDetails } from "ascent/node";
import { type RunOutcome, runsOf, type SweepPlan, summarise } from "ascent/sweeps";
import type { SweepView } from "./reader-protocol.js";

/** The digests of more runs would take minutes. */
const MOST_RUNS = 20_000;
const MOST_VARIED = 50;

/** A sweep from its record and the outcomes so far. @throws Error if they can't be read */
export function summed(details: Uint8Array, outcomes: Uint8Array): SweepView {
  const read = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));
  const { record } = read(details) as LabSweepDetails;
  if (record === null || !("plan" in record)) throw new Error("The record of this sweep can't be read.");
  const plan = record.plan as SweepPlan;
  const planned = plan.cells.length * plan.seeds.length;
  if (planned > MOST_RUNS) throw new Error(`The sweep has ${planned} runs, and the lab shows maps of ${MOST_RUNS}.`);
  const known = (read(outcomes) as unknown[]).filter(isOutcome);
  const { cells } = summarise(plan, known, { intervals: false });
  const folders = plan.cells.map((): string[] => []);
  for (const { id, cell } of runsOf(plan)) folders[cell].push(id);
  return {
    varied: plan.varied.slice(0, MOST_VARIED).map(String),
    seeds: plan.seeds.length,
    done: known.length,
    planned,
    cells: cells.map(({ settings, verdict, score, outcomes, solved }, i) => ({
      settings,
      kind: verdict.kind,
      text: verdict.text,
      score: Number.isFinite(score) ? score : null,
      done: outcomes.length,
      solved,
      runs: folders[i],
    })),
  };
}

function isOutcome(value: unknown): value is RunOutcome {
  if (typeof value !== "object" || value === null) return false;
  const { id, end, verdict, curve } = value as Partial<RunOutcome>;
  return (
    [id, end, verdict].every((text) => typeof text === "string") &&
    typeof curve === "object" &&
    Array.isArray(curve?.returns)
  );
}
