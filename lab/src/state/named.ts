/** The places of all runs, with the names that they have beside each other. */

import { computed } from "@preact/signals";
import { namesOf, type Settings, settingsOfConfig } from "../compare/differences.js";
import { type LabRun, runs } from "./lab.js";
import { type Place, placesOf } from "./places.js";

export interface NamedPlace extends Place<LabRun> {
  readonly name: string;
  /** Undefined while its run is being made. */
  readonly settings: Settings | undefined;
}

export const places = computed((): readonly NamedPlace[] => {
  const all = placesOf(runs.value).map((place) => ({ ...place, settings: settingsOf(place) }));
  const begun = all.filter(({ settings }) => settings !== undefined);
  const names = namesOf(begun.map(({ settings }) => settings as Settings));
  return all.map((place) => ({ ...place, name: names[begun.indexOf(place)] ?? "…" }));
});

function settingsOf({ runs: own }: Place<LabRun>): Settings | undefined {
  const configs = own.flatMap(({ begun }) => begun.value?.config ?? []);
  return configs.length === 0
    ? undefined
    : settingsOfConfig(
        configs[0],
        configs.map(({ seed }) => seed),
      );
}

/** The name of one run: of its place, with its seed where there are several. */
export function runName({ name, runs: own }: NamedPlace, run: LabRun): string {
  return own.length === 1 ? name : `seed ${run.begun.value?.config.seed ?? "…"}`;
}
