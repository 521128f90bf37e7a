/** What the reader of a comparison has to know about its runs. */

import type { Comparison } from "./compare.js";
import type { RunOutcome } from "./outcome.js";

/** One sentence each, for everything that is not as it should be; none if all is well. */
export function comparisonNotes({ groups, unequal, unfinished, repeated, contradicting }: Comparison): string[] {
  const notes: string[] = [];
  if (unequal.length > 0) notes.push(`Not equal, so differences may be due to it: ${unequal.join("; ")}.`);
  if (unfinished.length > 0)
    notes.push(`Left out, since they have not ended: ${countOf(unfinished.length, "run")} (${few(unfinished)}).`);
  for (const end of ["diverged", "failed"] as const) {
    const ended = groups.flatMap(({ outcomes }) => outcomes.filter((one) => one.end === end));
    if (ended.length > 0)
      notes.push(
        `${countOf(ended.length, "run")} ${end} and ${ended.length === 1 ? "counts" : "count"} as untrained (${few(ended)}).`,
      );
  }
  if (repeated > 0)
    notes.push(`${countOf(repeated, "run")} occurred twice (the same settings and seed) and counted once.`);
  if (contradicting.length > 0)
    notes.push(
      `The same settings and seed gave other weights the second time: ${few(contradicting)}. Another version, or a damaged machine.`,
    );
  return notes;
}

const MOST_NAMED = 4;

function few(runs: readonly RunOutcome[]): string {
  const names = runs
    .slice(0, MOST_NAMED)
    .map(({ config }) => `${config.algorithm} on ${config.env ?? "an environment"}, seed ${config.seed}`);
  return names.join("; ") + (runs.length > MOST_NAMED ? "; …" : "");
}

function countOf(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
