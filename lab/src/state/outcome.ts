/** What has come of a run, or of a group of seeds. */

import type { RunResult } from "../protocol.js";
import type { Status } from "./lab.js";

export interface Facts {
  readonly status: Status;
  readonly result: RunResult | undefined;
}

export interface Outcome {
  /** One word, or how many seeds are solved. */
  readonly verdict: string;
  /** At which the run was solved; the median where all seeds were. */
  readonly solvedAt: number | undefined;
  /** Mean return of the last 100 episodes; of a group, the mean of all its seeds'. */
  readonly mean: number | undefined;
}

export function outcomeOf(seeds: readonly Facts[]): Outcome {
  const means = seeds.flatMap(({ result }) => result?.averageReturn ?? []);
  const solved = seeds.flatMap(({ result }) => result?.solvedAtEpisode ?? []);
  return {
    verdict: seeds.length === 1 ? verdictOf(seeds[0]) : groupVerdict(seeds, solved.length),
    solvedAt: solved.length === seeds.length ? median(solved) : undefined,
    mean: means.length === 0 ? undefined : means.reduce((sum, x) => sum + x, 0) / means.length,
  };
}

function verdictOf({ status, result }: Facts): string {
  return status === "finished" ? (result?.verdict.kind ?? "finished") : status;
}

function groupVerdict(seeds: readonly Facts[], solved: number): string {
  const live = seeds.filter(({ status }) => status === "training" || status === "paused" || status === "starting");
  const failed = seeds.filter(({ status }) => status === "failed");
  const parts = [`${solved} of ${seeds.length} solved`];
  if (failed.length > 0) parts.push(`${failed.length} failed`);
  if (live.length > 0)
    parts.push(`${live.length} ${live.every(({ status }) => status === "paused") ? "paused" : "training"}`);
  return parts.join(", ");
}

function median(numbers: readonly number[]): number | undefined {
  if (numbers.length === 0) return undefined;
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}
