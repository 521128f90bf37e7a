/** What differs between runs: the settings and the results that not all of them share. */

import type { LabRunDetails } from "ascent/node";
import { settingEntries } from "../setting-entries.js";
import { meanText, valueText } from "./words.js";

export interface Difference {
  readonly name: string;
  /** One a run. */
  readonly values: readonly string[];
}

export function differences(runs: readonly LabRunDetails[]): { settings: Difference[]; results: Difference[] } {
  return { settings: rows(runs.map(settingsOf)), results: rows(runs.map(resultsOf)) };
}

function rows(columns: readonly ReadonlyMap<string, string>[]): Difference[] {
  const names = new Set(columns.flatMap((column) => [...column.keys()]));
  return [...names].flatMap((name) => {
    const values = columns.map((column) => column.get(name) ?? "–");
    return new Set(values).size > 1 ? [{ name, values }] : [];
  });
}

function settingsOf({ record }: LabRunDetails): Map<string, string> {
  if (record === null) return new Map();
  const entries = settingEntries({ ...record.config, until: record.until });
  return new Map(entries.map(([name, value]) => [name, valueText(value)]));
}

function resultsOf({ run, record }: LabRunDetails): Map<string, string> {
  return new Map([
    ["state", run.state],
    ["verdict", run.verdict?.kind ?? "–"],
    ["last mean", meanText(run.averageReturn)],
    ["best episode", meanText(record?.result?.bestEpisodeReturn)],
    ["solved at episode", valueText(run.solvedAtEpisode ?? undefined)],
    ["episodes done", valueText(run.episodes ?? undefined)],
    ["steps done", valueText(run.steps ?? undefined)],
    ["seconds", record === null ? "–" : String(Math.round(record.seconds))],
    ["weights", record?.result?.weightsSha256?.slice(0, 12) ?? "–"],
  ]);
}
